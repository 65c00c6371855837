package id.warung.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** The default data folder: in the server's own data directory, one folder for each web application. */
final class DataFolder {
    /** Instead of a letter that the locale does not have. */
    static final char UNREADABLE = '\uFFFD';

    private DataFolder() {}

    /**
     * The folder for the web application at a context path such as {@code /warung}; empty at the root. Null when neither the server nor
     * the system tells a folder: Java does not know the home folder of a user without an entry among the users.
     */
    static Path byDefault(Properties system, Map<String, String> environment, String contextPath) {
        String name = contextPath.isEmpty() ? "ROOT" : contextPath.substring(1).replace('/', '#');
        return Stream.of(
                        "jboss.server.data.dir",
                        "com.sun.aas.instanceRoot",
                        "catalina.base",
                        "server.output.dir", // Open Liberty
                        "jetty.base")
                .map(system::getProperty)
                .filter(directory -> directory != null && !directory.isBlank())
                .findFirst()
                .map(directory -> Path.of(directory, "warung", name).toAbsolutePath())
                .or(() -> Stream.of(system.getProperty("user.home"), environment.get("HOME"))
                        .filter(DataFolder::isAbsolute)
                        .findFirst()
                        .map(home -> Path.of(home, ".warung")))
                .orElse(null);
    }

    private static boolean isAbsolute(String path) {
        try {
            return path != null && path.indexOf(UNREADABLE) < 0 && Path.of(path).isAbsolute();
        } catch (InvalidPathException noPath) {
            return false;
        }
    }
}
