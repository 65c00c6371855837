package id.warung.launch;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What the command line and the environment ask for; the command line wins.
 *
 * @param host null: every address of this machine
 * @param data null: what the application finds elsewhere
 * @param to where a backup goes; null for other actions
 */
record Options(Action action, String host, int port, Path data, Path to) {
    static final int DEFAULT_PORT = 8080;
    static final String HELP = """
            Usage: java -jar warung.war [options]
                   java -jar warung.war backup --to DIR [--data DIR]
                   java -jar warung.war new-epoch [--data DIR]

              --port N     listen on this port (environment WARUNG_PORT; 8080 without; 0 takes any free one)
              --host H     listen on this address only (every address without)
              --data DIR   keep everything here (environment WARUNG_DATA; ~/.warung without)
              --version    say which version this is
              --help       say this

              backup       copy all messages and the signing key to a new directory, also while Warung runs;
                           to restore, stop Warung and put the copied files into its data directory
              new-epoch    after putting back files that were copied by other means, while Warung does not run:
                           has everybody's page begin anew instead of mixing what it has with what is there
            """;

    enum Action {
        RUN,
        HELP,
        VERSION,
        BACKUP,
        NEW_EPOCH
    }

    /** Its message is one sentence for the person at the keyboard. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    static Options parse(List<String> arguments, Map<String, String> environment) throws Unusable {
        Action action = Action.RUN;
        String host = null;
        String port = environment.get("WARUNG_PORT");
        String portFrom = "WARUNG_PORT";
        String to = null;
        String data = null; // the application reads WARUNG_DATA itself
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            String name = argument.startsWith("--") && equals > 0 ? argument.substring(0, equals) : argument;
            switch (name) {
                case "backup" -> action = Action.BACKUP;
                case "new-epoch" -> action = Action.NEW_EPOCH;
                case "--to" -> to = value(name, argument, rest);
                case "--help", "-h" -> action = Action.HELP;
                case "--version" -> action = Action.VERSION;
                case "--host" -> host = value(name, argument, rest);
                case "--data" -> data = value(name, argument, rest);
                case "--port" -> {
                    port = value(name, argument, rest);
                    portFrom = name;
                }
                default -> throw new Unusable("There is no option " + argument + " (--help lists those there are).");
            }
        }
        if ((action == Action.BACKUP) != (to != null)) {
            throw new Unusable("backup and --to DIR belong together (--help shows how).");
        }
        return new Options(
                action,
                host,
                isMissing(port) ? DEFAULT_PORT : port(port, portFrom),
                isMissing(data) ? null : Path.of(data),
                to == null ? null : Path.of(to));
    }

    private static String value(String name, String argument, Iterator<String> rest) throws Unusable {
        String value = argument.length() > name.length()
                ? argument.substring(name.length() + 1)
                : rest.hasNext() ? rest.next() : "";
        if (value.isBlank()) {
            throw new Unusable(name + " needs a value (--help shows how).");
        }
        return value;
    }

    private static boolean isMissing(String value) {
        return value == null || value.isBlank();
    }

    private static int port(String text, String from) throws Unusable {
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // answered below, as a number out of range is
        }
        throw new Unusable(from + " must be a number from 0 to 65535, not \"" + text + "\".");
    }
}
