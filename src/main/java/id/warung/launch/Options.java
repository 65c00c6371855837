package id.warung.launch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The options from the command line and the environment; the command line wins.
 *
 * @param host null: all addresses of this machine
 * @param data null: the application uses its own default
 * @param to where a backup goes; null for other actions
 */
record Options(Action action, String host, int port, Path data, Path to) {
    static final int DEFAULT_PORT = 8080;
    static final String HELP = """
            Usage: java -jar warung.war [options]
                   java -jar warung.war backup --to DIR [--data DIR]
                   java -jar warung.war new-epoch [--data DIR]

              --port N     port to listen on (environment variable WARUNG_PORT; default 8080; 0 takes any free port)
              --host H     address to listen on (default: all addresses)
              --data DIR   directory for all data (environment variable WARUNG_DATA; default ~/.warung)
              --version    print the version and exit
              --help       print this help and exit

              backup       copy all messages and the signing key to a new directory, even while Warung runs;
                           to restore, stop Warung and put the copied files into its data directory
              new-epoch    after restoring other copies, while Warung is stopped:
                           clients discard what they have and reload
            """;

    enum Action {
        RUN,
        HELP,
        VERSION,
        BACKUP,
        NEW_EPOCH
    }

    static Options parse(List<String> arguments, Map<String, String> environment) throws UsageException {
        Action action = Action.RUN;
        Map<String, String> given = new HashMap<>(); // by option
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            String name = argument.startsWith("--") && equals > 0 ? argument.substring(0, equals) : argument;
            switch (name) {
                case "backup", "new-epoch", "--help", "-h", "--version" -> action = action(action, argument);
                case "--to", "--host", "--data", "--port" -> {
                    if (given.put(name, value(name, argument, rest)) != null) {
                        throw new UsageException(name + " is given twice.");
                    }
                }
                default -> throw new UsageException("There is no option " + argument + " (--help lists all options).");
            }
        }
        if (action == Action.HELP || action == Action.VERSION) {
            return new Options(action, null, DEFAULT_PORT, null, null);
        }
        if ((action == Action.BACKUP) != given.containsKey("--to")) {
            throw new UsageException("backup and --to DIR belong together (--help shows how).");
        }
        if (action != Action.RUN && (given.containsKey("--host") || given.containsKey("--port"))) {
            throw new UsageException(
                    "--host and --port only apply when Warung starts as a server; leave them out here.");
        }
        String data = given.get("--data"); // the application reads WARUNG_DATA itself
        String to = given.get("--to");
        return new Options(
                action,
                given.get("--host"),
                action == Action.RUN ? port(given.get("--port"), environment.get("WARUNG_PORT")) : DEFAULT_PORT,
                data == null ? null : PathText.parse("--data", data),
                to == null ? null : PathText.parse("--to", to));
    }

    /** Help wins over everything; only one of the others may be given. */
    private static Action action(Action before, String argument) throws UsageException {
        Action action =
                switch (argument) {
                    case "backup" -> Action.BACKUP;
                    case "new-epoch" -> Action.NEW_EPOCH;
                    case "--version" -> Action.VERSION;
                    default -> Action.HELP;
                };
        if (before == Action.HELP || action == Action.HELP) {
            return Action.HELP;
        }
        if (before != Action.RUN) {
            throw new UsageException("Only one of backup, new-epoch and --version can be given (--help shows how).");
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

    private static int portNumber(String from, String text) throws UsageException {
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
