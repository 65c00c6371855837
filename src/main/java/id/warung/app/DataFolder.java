package id.warung.app;

import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;

/** The default data folder: in the server's own data directory, one folder for each web application. */
final class DataFolder {
    private DataFolder() {}

    /** The folder for the web application at a context path such as {@code /warung}; empty at the root. */
    static Path byDefault(Properties system, String contextPath) {
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
                .map(directory -> Path.of(directory, "warung", name))
                .orElseGet(() -> Path.of(system.getProperty("user.home"), ".warung"))
                .toAbsolutePath();
    }
}
