package id.warung.app;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The database that several nodes share. Error messages contain no value: it could be a password. Immutable.
 *
 * @param pool the name of the server's own pool of connections; null: there is an address
 * @param address null: there is a pool
 * @param listen where to listen to the hints of other nodes
 * @param connections the most connections of this node's pool at a time, one more for listening
 */
record DatabaseSettings(String pool, Address address, Listen listen, int connections) {
    /**
     * Where PostgreSQL is.
     *
     * @param url {@code jdbc:postgresql://…}, without a user or a password
     * @param password null: none
     */
    record Address(String url, String user, String password) {
        @Override
        public String toString() {
            return url + " as " + user; // and no password
        }
    }

    /**
     * Where to listen.
     *
     * @param address null: where everything else is
     * @param polls whether to listen nowhere, and to ask once a second only
     */
    record Listen(Address address, boolean polls) {}

    private static final Pattern POOL = Pattern.compile("(java:|jdbc/)[\\w./:-]+");
    private static final String HOST = "(?:[\\w.-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?";
    private static final Pattern ADDRESS =
            Pattern.compile("postgres(?:ql)?://(?<user>[^\\s:@/?#]+)(?<password>:[^@/?#]*)?@" + "(?<hosts>" + HOST
                    + "(?:," + HOST + ")*)/(?<database>[^\\s/?#]+)(?:\\?(?<parameters>[^\\s#]*))?");
    private static final String SUCH_AS = "postgresql://warung@db.example.org:5432/warung";
    /** These have a setting, or would be secrets in sight. */
    private static final List<String> NOT_HERE = List.of("user", "password", "sslpassword");

    private static final int CONNECTIONS = 16;
    private static final int LEAST_CONNECTIONS = 4;
    private static final int MOST_WRITERS = 8;

    /**
     * Reads the settings.
     *
     * @return null: the data is in a folder of this node
     * @throws IllegalArgumentException with a sentence for the administrator
     */
    static DatabaseSettings read(UnaryOperator<String> lookup) {
        String db = lookup.apply("warung.db");
        String password = lookup.apply("warung.db-password");
        String listen = lookup.apply("warung.db-listen");
        int connections = (int) Settings.number(lookup, "warung.db-connections", CONNECTIONS, LEAST_CONNECTIONS);
        if (db == null) {
            Stream.of("warung.db-password", "warung.db-listen", "warung.db-connections")
                    .filter(name -> lookup.apply(name) != null)
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException("The setting " + name
                                + " has no effect without warung.db, which must be an address such as " + SUCH_AS
                                + ".");
                    });
            return null;
        }
        String value = db.strip();
        if (!POOL.matcher(value).matches()) {
            Address address = address("warung.db", value, password);
            return new DatabaseSettings(null, address, listen(listen, password), connections);
        }
        if (password != null && (listen == null || isNone(listen))) {
            throw new IllegalArgumentException("The setting warung.db-password has no effect with a pool of the server"
                    + " (warung.db): there must be only one password, in the server's own configuration.");
        }
        return new DatabaseSettings(value, null, listen(listen, password), connections);
    }

    private static Listen listen(String value, String password) {
        boolean polls = isNone(value);
        return new Listen(value == null || polls ? null : address("warung.db-listen", value.strip(), password), polls);
    }

    private static boolean isNone(String value) {
        return value != null && value.strip().equals("none");
    }

    private static Address address(String setting, String value, String password) {
        Matcher parts = ADDRESS.matcher(value);
        if (!parts.matches()) {
            throw new IllegalArgumentException("The setting " + setting + " must be an address such as " + SUCH_AS
                    + (setting.equals("warung.db")
                            ? ", or the JNDI name of a pool of the server such as java:/warung."
                            : ", or none."));
        }
        if (parts.group("password") != null) {
            throw hasPassword(setting, "a password in it");
        }
        String parameters = parts.group("parameters") == null ? "" : parts.group("parameters");
        for (String parameter : parameters.split("&", -1)) {
            String name = parameter.replaceFirst("=.*", "");
            if (NOT_HERE.contains(name.toLowerCase(Locale.ROOT))) {
                throw hasPassword(setting, "the parameter " + name);
            }
        }
        String hosts = parts.group("hosts");
        // of several servers, the one that takes writes, whichever it is now
        String primary =
                hosts.contains(",") && !parameters.contains("targetServerType") ? "targetServerType=primary" : "";
        String all = Stream.of(parameters, primary)
                .filter(some -> !some.isEmpty())
                .reduce((a, b) -> a + "&" + b)
                .orElse("");
        return new Address(
                "jdbc:postgresql://" + hosts + "/" + parts.group("database") + (all.isEmpty() ? "" : "?" + all),
                URLDecoder.decode(parts.group("user").replace("+", "%2B"), StandardCharsets.UTF_8),
                password);
    }

    private static IllegalArgumentException hasPassword(String setting, String what) {
        return new IllegalArgumentException("The setting " + setting + " has " + what
                + ", where others could see it: the user must be in front of the host, such as in " + SUCH_AS
                + ", and the password in warung.db-password or in the file that warung.db-password-file names.");
    }

    /** How many groups of messages are written at a time, each in a connection of its own. */
    int writers() {
        return Math.max(1, Math.min(MOST_WRITERS, connections / 4));
    }

    /** How many threads may read: four connections remain, two for locked rooms, for indexing, and for what nodes tell each other. */
    int readers() {
        return Math.max(1, connections - writers() - 4);
    }

    /** Where the data is, for a sentence. */
    String place() {
        return pool == null ? address.toString() : "the pool " + pool;
    }
}
