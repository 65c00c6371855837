package id.warung.launch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The options from the command line and the environment; the command line wins.
 *
 * @param host null: all addresses of this machine
 * @param data null: the application uses its own default
 * @param to where a backup goes; null for other actions
 * @param from the folder that is moved into a database; null for other actions
 * @param database where everything is moved to, or what a new epoch is for; null: none, or for other actions
 * @param tls null: plain http
 */
record Options(Action action, String host, int port, Path data, Path to, Path from, String database, TlsOptions tls) {
    static final int DEFAULT_PORT = 8080;
    private static final Set<String> OF_A_SERVER =
            Set.of("--host", "--port", "--tls-cert", "--tls-key", "--tls-key-password-file", "--redirect-port");
    private static final Set<String> WITH_VALUES = Stream.concat(
                    OF_A_SERVER.stream(), Stream.of("--data", "--to", "--from", "--db"))
            .collect(Collectors.toUnmodifiableSet());
    static final String HELP = """
            Usage: java -jar warung.war [options]
                   java -jar warung.war backup --to DIR [--data DIR]
                   java -jar warung.war new-epoch [--data DIR | --db postgresql://USER@HOST:PORT/DATABASE]
                   java -jar warung.war migrate --from DIR --to postgresql://USER@HOST:PORT/DATABASE

              --port N     port to listen on (environment variable WARUNG_PORT; default 8080; 0 takes any free port)
              --host H     address to listen on (default: all addresses)
              --data DIR   directory for all data (environment variable WARUNG_DATA; default ~/.warung)

              --tls-cert FILE  PEM file with the server's certificate and those of its issuers: https instead of http
                               (environment variable WARUNG_TLS_CERT); new files are used as soon as they are there
              --tls-key FILE   PEM file with the certificate's private key (WARUNG_TLS_KEY)
              --tls-key-password-file FILE
                               file with the password of an encrypted key (WARUNG_TLS_KEY_PASSWORD_FILE; or the
                               password itself in WARUNG_TLS_KEY_PASSWORD)
              --redirect-port N
                               also listen here for http, and send browsers to https (WARUNG_REDIRECT_PORT)

              --version    print the version and exit
              --help       print this help and exit

              backup       copy all messages and the signing key to a new directory, even while Warung runs;
                           to restore, stop Warung and put the copied files into its data directory
              new-epoch    after restoring other copies, while Warung is stopped:
                           clients discard what they have and reload; of a database (--db or WARUNG_DB) at any time
              migrate      move all messages and the signing key of a data directory into an empty database, for
                           several nodes, while Warung is stopped; the database's password is in WARUNG_DB_PASSWORD
                           or in the file that WARUNG_DB_PASSWORD_FILE names
            """;

    enum Action {
        RUN,
        HELP,
        VERSION,
        BACKUP,
        NEW_EPOCH,
        MIGRATE
    }

    static Options parse(List<String> arguments, Map<String, String> environment) throws UsageException {
        Action action = Action.RUN;
        Map<String, String> given = new HashMap<>(); // by option
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            String name = argument.startsWith("--") && equals > 0 ? argument.substring(0, equals) : argument;
            switch (name) {
                case "backup", "new-epoch", "migrate", "--help", "-h", "--version" -> action = action(action, argument);
                default -> {
                    if (!WITH_VALUES.contains(name)) {
                        throw new UsageException("There is no option " + argument + " (--help lists all options).");
                    }
                    if (given.put(name, value(name, argument, rest)) != null) {
                        throw new UsageException(name + " is given twice.");
                    }
                }
            }
        }
        if (action == Action.HELP || action == Action.VERSION) {
            return new Options(action, null, DEFAULT_PORT, null, null, null, null, null);
        }
        check(action, given, environment);
        if (action != Action.RUN && OF_A_SERVER.stream().anyMatch(given::containsKey)) {
            throw new UsageException(
                    "--host and --port only apply when Warung starts as a server, like all options about"
                            + " TLS; leave them out here.");
        }
        String data = given.get("--data"); // the application reads WARUNG_DATA itself
        String to = given.get("--to");
        return new Options(
                action,
                given.get("--host"),
                action == Action.RUN ? port(given.get("--port"), environment.get("WARUNG_PORT")) : DEFAULT_PORT,
                data == null ? null : PathText.parse("--data", data),
                to == null || action != Action.BACKUP ? null : PathText.parse("--to", to),
                given.containsKey("--from") ? PathText.parse("--from", given.get("--from")) : null,
                database(action, given, environment),
                action == Action.RUN ? TlsOptions.of(given, environment) : null);
    }

    private static void check(Action action, Map<String, String> given, Map<String, String> environment)
            throws UsageException {
        if ((action == Action.BACKUP || action == Action.MIGRATE) != given.containsKey("--to")) {
            throw new UsageException("backup and --to DIR belong together (--help shows how).");
        }
        if ((action == Action.MIGRATE) != given.containsKey("--from")) {
            throw new UsageException("migrate and --from DIR belong together (--help shows how).");
        }
        if (action == Action.MIGRATE && given.containsKey("--data")) {
            throw new UsageException("migrate takes --from DIR, not --data.");
        }
        if (given.containsKey("--db") && (action != Action.NEW_EPOCH || given.containsKey("--data"))) {
            throw new UsageException(
                    "--db is for new-epoch only, and not together with --data. A server takes WARUNG_DB.");
        }
        if (action == Action.BACKUP && !given.containsKey("--data") && isSet(environment.get("WARUNG_DB"))) {
            throw new UsageException(
                    "With WARUNG_DB there is no data directory to back up: back up the database, such as"
                            + " with pg_dump. For a data directory, add --data DIR.");
        }
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }

    private static String database(Action action, Map<String, String> given, Map<String, String> environment) {
        return switch (action) {
            case MIGRATE -> given.get("--to");
            case NEW_EPOCH ->
                given.containsKey("--db") || given.containsKey("--data") || !isSet(environment.get("WARUNG_DB"))
                        ? given.get("--db")
                        : environment.get("WARUNG_DB");
            default -> null;
        };
    }

    /** Help wins over everything; only one of the others may be given. */
    private static Action action(Action before, String argument) throws UsageException {
        Action action =
                switch (argument) {
                    case "backup" -> Action.BACKUP;
                    case "new-epoch" -> Action.NEW_EPOCH;
                    case "migrate" -> Action.MIGRATE;
                    case "--version" -> Action.VERSION;
                    default -> Action.HELP;
                };
        if (before == Action.HELP || action == Action.HELP) {
            return Action.HELP;
        }
        if (before != Action.RUN) {
            throw new UsageException(
                    "Only one of backup, new-epoch, migrate and --version can be given (--help shows how).");
        }
        return action;
    }

    private static String value(String name, String argument, Iterator<String> rest) throws UsageException {
        String value = argument.length() > name.length()
                ? argument.substring(name.length() + 1)
                : rest.hasNext() ? rest.next() : "";
        if (value.isBlank() || (value.startsWith("--") && argument.equals(name))) {
            throw new UsageException(name + " needs a value (--help shows how).");
        }
        return value;
    }

    private static int port(String option, String variable) throws UsageException {
        if (option != null) {
            return portNumber("--port", option);
        }
        return variable == null || variable.isBlank() ? DEFAULT_PORT : portNumber("WARUNG_PORT", variable);
    }

    static int portNumber(String from, String text) throws UsageException {
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // rejected below, like a number out of range
        }
        throw new UsageException(from + " must be a number from 0 to 65535, not \"" + text + "\".");
    }
}
