package id.warung.kit;

import static id.warung.kit.WarungProcess.patiently;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL that keeps what it says it has kept, and that can be killed, stopped for a while, started again, and followed by a standby.
 * It listens on loopback, and trusts everybody. For one thread.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Path BINARIES = Path.of("target/postgres").toAbsolutePath();
    private static final String DATABASE = "warung";

    private final Path folder;
    private final int port;
    private Child process; // null: never started

    private PostgresServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** A running server with an empty database. */
    public static PostgresServer startedIn(Path folder) {
        PostgresServer server = new PostgresServer(folder, FreePort.ofAServer());
        server.program(
                "initdb",
                "--no-sync",
                "-A",
                "trust",
                "-U",
                "postgres",
                "-E",
                "UTF8",
                "--locale=C",
                "-D",
                server.data());
        server.configure(
                "listen_addresses = '127.0.0.1'",
                "unix_socket_directories = ''",
                "fsync = on",
                "synchronous_commit = on",
                "full_page_writes = on",
                "max_connections = 100",
                "shared_buffers = 64MB",
                "wal_level = replica",
                "log_line_prefix = '%m [%p] '",
                "port = " + server.port);
        server.start();
        server.query("postgres", "CREATE DATABASE " + DATABASE);
        return server;
    }

    /** Starts it, and waits until it answers. */
    public PostgresServer start() {
        process = Child.of(folder.resolve("postgres.log"), under(binary("postgres"), "-D", data()));
        patiently().ignoreExceptionsInstanceOf(SQLException.class).until(() -> {
            try (Connection connection = open("postgres")) {
                return connection.isValid(1);
            }
        });
        return this;
    }

    /** Ends it in order. */
    public void stop() {
        process.end("INT");
    }

    /** Ends it and all its processes with SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** Stops all its processes for a while: they do nothing, and their connections stay open. */
    public void freeze() {
        process.signalAll("STOP");
    }

    public void thaw() {
        process.signalAll("CONT");
    }

    /** Sets options, which it reads when it starts the next time or when it is told to. */
    public void configure(String... lines) {
        add("data/postgresql.conf", lines);
    }

    private void add(String file, String... lines) {
        try {
            Files.write(folder.resolve(file), List.of(lines), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets everybody of this network in too; starts it again. */
    public PostgresServer reachableFrom(String network) {
        configure("listen_addresses = '*'");
        add("data/pg_hba.conf", "host all all " + network + " trust");
        stop();
        return start();
    }

    /**
     * A running standby, which has everything that this has. While there is one that is synchronous, nothing is acknowledged that it does not
     * have. This is stopped for a moment, to be copied.
     */
    public PostgresServer startStandby(Path itsFolder, boolean synchronous) {
        stop();
        PostgresServer standby = new PostgresServer(itsFolder, FreePort.ofAServer());
        try {
            Files.createDirectories(itsFolder);
            Child.run(folder.resolve("copy.log"), "cp", "-a", data(), standby.data());
            Files.createFile(itsFolder.resolve("data/standby.signal"));
            standby.configure(
                    "port = " + standby.port,
                    "primary_conninfo = 'host=127.0.0.1 port=" + port + " user=postgres application_name=standby'");
            configure("synchronous_standby_names = '" + (synchronous ? "standby" : "") + "'");
            start();
            standby.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        patiently()
                .until(() -> query("postgres", "SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'")
                        .equals(synchronous ? "sync" : "async"));
        return standby;
    }

    /** Makes a standby the primary. */
    public void promote() {
        query("postgres", "SELECT pg_promote(true, 30)");
    }

    /** Its processes. */
    public List<Long> pids() {
        return process.pids();
    }

    public int port() {
        return port;
    }

    /** The database as a value of {@code WARUNG_DB}, through something that listens on this port. */
    public static String url(int through) {
        return url("127.0.0.1", through);
    }

    static String url(String host, int through) {
        return "postgresql://postgres@" + host + ":" + through + "/" + DATABASE + "?sslmode=disable";
    }

    public String url() {
        return url(port);
    }

    /** Runs a statement in Warung's database; returns the first value of the first row as text, or {@code ""}. */
    public String query(String sql) {
        return query(DATABASE, sql);
    }

    private String query(String database, String sql) {
        try (Connection connection = open(database);
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            ResultSet result = statement.getResultSet();
            return result.next() ? String.valueOf(result.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A connection to Warung's database. */
    public Connection open() throws SQLException {
        return open(DATABASE);
    }

    private Connection open(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database
                + "?user=postgres&sslmode=disable&connectTimeout=5&socketTimeout=60");
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void program(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(binary(name)));
        command.addAll(List.of(arguments));
        Child.run(folder.resolve(name + ".log"), under(command.toArray(String[]::new)));
    }

    /** PostgreSQL refuses to run as root, so it runs where there is none. */
    private static String[] under(String... command) {
        List<String> whole = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            whole.addAll(List.of("unshare", "-U"));
        }
        whole.addAll(List.of(command));
        return whole.toArray(String[]::new);
    }

    /** Unpacks PostgreSQL, once. */
    private static synchronized String binary(String name) {
        if (!Files.exists(BINARIES)) {
            try {
                Path part = Files.createTempDirectory(BINARIES.getParent(), "postgres-");
                try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                        System.getProperty("os.name"), System.getProperty("os.arch"))) {
                    Files.copy(packed, part.resolve("postgres.txz"));
                }
                Child.run(part.resolve("tar.log"), "tar", "-C", part.toString(), "-xJf", part + "/postgres.txz");
                Files.move(part, BINARIES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return BINARIES.resolve("bin").resolve(name).toString();
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            process.kill();
        }
    }
}
