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
 */
record Options(Action action, String host, int port, Path data) {
    static final int DEFAULT_PORT = 8080;
    static final String HELP = """
            Usage: java -jar warung.war [options]

              --port N     listen on this port (environment WARUNG_PORT; 8080 without; 0 takes any free one)
              --host H     listen on this address only (every address without)
              --data DIR   keep everything here (environment WARUNG_DATA; ~/.warung without)
              --version    say which version this is
              --help       say this
            """;

    enum Action {
        RUN,
        HELP,
        VERSION
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
        String data = null; // the application reads WARUNG_DATA itself
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            String name = argument.startsWith("--") && equals > 0 ? argument.substring(0, equals) : argument;
            switch (name) {
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
        return new Options(
                action,
                host,
                isMissing(port) ? DEFAULT_PORT : port(port, portFrom),
                isMissing(data) ? null : Path.of(data));
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
