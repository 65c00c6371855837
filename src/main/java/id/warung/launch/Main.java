package id.warung.launch;

import id.warung.launch.EmbeddedServer.Listening;
import id.warung.launch.EmbeddedServer.Ports;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.SocketException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
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
        UserFolders folders = new UserFolders(System.getProperties(), System.getenv());
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
        try {
            act(options, host, folders, logging);
        } catch (UsageException problem) {
            logging.complain(problem.getMessage());
            System.exit(2);
        } catch (IOException problem) {
            logging.complain("Warung cannot start. " + problem.getMessage());
            System.exit(1);
        }
    }

    private static void act(Options options, ListenAddress host, UserFolders folders, Logging logging)
            throws Exception {
        switch (options.action()) {
            case HELP -> System.out.print(Options.HELP);
            case VERSION ->
                System.out.println("Warung " + Main.class.getPackage().getImplementationVersion());
            case RUN -> run(options, host, folders, logging);
            case BACKUP, NEW_EPOCH, MIGRATE -> {
                logging.install();
                maintain(options, folders);
            }
        }
    }

    /** Runs a command of the application without a server: loads the application's classes from the unpacked WAR. */
    private static void maintain(Options options, UserFolders folders) throws Exception {
        Path data = options.data() != null ? options.data() : folders.data();
        WorkFolder work = workFolder(folders, null);
        try {
            Path webInf =
                    UnpackedWar.in(folders.cache(), ownFile(), work.path()).resolve("WEB-INF");
            Class<?> storages = loader("application", webInf.resolve("classes"), webInf.resolve("lib"))
                    .loadClass(STORAGES);
            System.out.println(run(options, data, storages));
        } catch (InvocationTargetException e) {
            System.err.println(e.getCause().getMessage());
            System.exit(1);
        } finally {
            work.delete();
        }
    }

    private static Object run(Options options, Path data, Class<?> storages) throws ReflectiveOperationException {
        return switch (options.action()) {
            case BACKUP -> storages.getMethod("backup", Path.class, Path.class).invoke(null, data, options.to());
            case MIGRATE ->
                storages.getMethod("migrate", Path.class, String.class)
                        .invoke(null, options.from(), options.database());
            default ->
                options.database() == null
                        ? storages.getMethod("newEpoch", Path.class).invoke(null, data)
                        : storages.getMethod("newEpoch", String.class).invoke(null, options.database());
        };
    }

    private static void run(Options options, ListenAddress host, UserFolders folders, Logging logging)
            throws Exception {
        logging.install();
        if (options.data() != null) {
            System.setProperty("warung.data", options.data().toAbsolutePath().toString());
        }
        FatalErrorGuard.install(logging);
        TlsOptions tls = options.tls();
        ReloadingTls context = tls == null ? null : new ReloadingTls(tls.files(), Clock.systemUTC());
        Integer redirectPort = tls == null ? null : tls.redirectPort();
        WorkFolder work = workFolder(folders, folders.data());
        String sources = System.getProperty(EmbeddedServer.SOURCES);
        Path webRoot = sources == null || sources.isBlank()
                ? UnpackedWar.in(folders.cache(), ownFile(), work.path())
                : Path.of(sources);
        EmbeddedServer server = server(webRoot);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, work, logging), "warung-stop"));
        try {
            Ports ports = server.start(
                    webRoot, new Listening(host.address(), options.port(), context, redirectPort), work.path());
            System.out.println(host.greeting(context != null, ports));
            if (context != null) {
                context.watch();
            }
        } catch (SocketException refused) {
            logging.complain(host.sentence(refused, "--port", options.port()));
            System.exit(1);
        } catch (EmbeddedServer.RedirectPortRefused refused) {
            logging.complain(host.sentence(refused.getCause(), "--redirect-port", redirectPort));
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

    /** The process's own folder for temporary files; SQLite's library is unpacked there too. */
    private static WorkFolder workFolder(UserFolders folders, Path data) throws IOException {
        WorkFolder work = WorkFolder.in(folders.places(data));
        if (System.getProperty("org.sqlite.tmpdir") == null) {
            System.setProperty("org.sqlite.tmpdir", work.path().toString());
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
    private static void stop(EmbeddedServer server, WorkFolder work, Logging logging) {
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
            work.delete();
        } catch (InterruptedException | IOException e) {
            logging.complain("Warung left its temporary files in " + work.path() + ": " + e.getMessage());
        }
    }
}
