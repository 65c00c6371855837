package id.warung.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.SocketException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code java -jar warung.war}: unpacks the WAR and runs it in the server inside {@code WEB-INF/server}, where other
 * servers do not look. This package needs the JDK only; it is in {@code META-INF}, which no server serves.
 */
public final class Main {
    private static final String SERVER = "id.warung.launch.tomcat.EmbeddedTomcat";
    private static final String STORAGES = "id.warung.app.Storages";
    private static final long STOP_MILLIS = 8_000;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Logging logging = Logging.of(System.getProperties(), System.getenv());
        Options options;
        ListenAddress host;
        try {
            options = Options.parse(List.of(arguments), System.getenv());
            host = ListenAddress.of(options.host());
        } catch (UsageException problem) {
            logging.complain(problem.getMessage());
            System.exit(2);
            return;
        }
        switch (options.action()) {
            case HELP -> System.out.print(Options.HELP);
            case VERSION ->
                System.out.println("Warung " + Main.class.getPackage().getImplementationVersion());
            case RUN -> run(options, host, logging);
            case BACKUP, NEW_EPOCH -> maintain(options);
        }
    }

    /** Runs a command of the application without a server: loads the application's classes from the unpacked WAR. */
    private static void maintain(Options options) throws Exception {
        Path work = workFolder();
        try {
            Path webInf = UnpackedWar.in(System.getenv(), ownFile(), work).resolve("WEB-INF");
            Path data = dataFolder(options);
            Class<?> storages = loader("application", webInf.resolve("classes"), webInf.resolve("lib"))
                    .loadClass(STORAGES);
            Object done = options.action() == Options.Action.BACKUP
                    ? storages.getMethod("backup", Path.class, Path.class).invoke(null, data, options.to())
                    : storages.getMethod("newEpoch", Path.class).invoke(null, data);
            System.out.println(done);
        } catch (InvocationTargetException e) {
            System.err.println(e.getCause().getMessage());
            System.exit(1);
        } finally {
            delete(work);
        }
    }

    private static Path dataFolder(Options options) {
        if (options.data() != null) {
            return options.data();
        }
        return Stream.of(System.getProperty("warung.data"), System.getenv("WARUNG_DATA"))
                .filter(given -> given != null && !given.isBlank())
                .findFirst()
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".warung"));
    }

    private static void run(Options options, ListenAddress host, Logging logging) throws Exception {
        logging.install();
        if (options.data() != null) {
            System.setProperty("warung.data", options.data().toAbsolutePath().toString());
        }
        FatalErrorGuard.install(logging);
        Path work = workFolder();
        String sources = System.getProperty(EmbeddedServer.SOURCES);
        Path webRoot = sources == null || sources.isBlank()
                ? UnpackedWar.in(System.getenv(), ownFile(), work)
                : Path.of(sources);
        EmbeddedServer server = server(webRoot);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, work, logging), "warung-stop"));
        try {
            int port = server.start(webRoot, host.address(), options.port(), work);
            System.out.println("Warung is open at http://" + host.shown() + ":" + port + "/ (Ctrl-C ends it)");
        } catch (SocketException refused) {
            logging.complain(host.sentence(refused, options.port()));
            System.exit(1);
        } catch (EmbeddedServer.ApplicationFailed failed) {
            logging.complain("Warung cannot start. " + failed.getMessage());
            System.exit(1);
        }
    }

    private static Path ownFile() throws URISyntaxException {
        return Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The process's own folder for temporary files, closed to others; SQLite's library is unpacked there too. */
    private static Path workFolder() throws IOException {
        Path work = Files.createTempDirectory("warung-");
        if (System.getProperty("org.sqlite.tmpdir") == null) {
            System.setProperty("org.sqlite.tmpdir", work.toString());
        }
        return work;
    }

    private static EmbeddedServer server(Path webRoot) throws Exception {
        Path home = webRoot.resolve("WEB-INF/server");
        ClassLoader loader = loader("server", home.resolve("classes"), home.resolve("lib"));
        Thread.currentThread().setContextClassLoader(loader);
        return (EmbeddedServer)
                loader.loadClass(SERVER).getDeclaredConstructor().newInstance();
    }

    private static ClassLoader loader(String name, Path classes, Path lib) throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(classes.toUri().toURL());
        try (Stream<Path> jars = Files.list(lib)) {
            for (Path jar : jars.sorted().toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        return new URLClassLoader(name, urls.toArray(URL[]::new), Main.class.getClassLoader());
    }

    /** Stops in a separate thread, so that an application that hangs cannot keep the process alive. */
    private static void stop(EmbeddedServer server, Path work, Logging logging) {
        Thread stopping = new Thread(
                () -> {
                    try {
                        server.stop();
                    } catch (IOException e) {
                        logging.complain("Warung did not stop cleanly: " + e.getMessage());
                    }
                },
                "warung-stopping");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(STOP_MILLIS);
            delete(work);
        } catch (InterruptedException | IOException e) {
            logging.complain("Warung left its temporary files in " + work + ": " + e.getMessage());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
