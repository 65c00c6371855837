package id.warung.app;

import id.warung.log.Storage;
import id.warung.log.Trimmed;
import id.warung.log.memory.MemoryStorage;
import id.warung.log.postgres.Connections;
import id.warung.log.postgres.PostgresImport;
import id.warung.log.postgres.PostgresStorage;
import id.warung.log.sqlite.Maintenance;
import id.warung.log.sqlite.SqliteExport;
import id.warung.log.sqlite.SqliteStorage;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Creates the storages that the settings ask for; the only class that knows them. Static, stateless, thread-safe. */
public final class Storages {
    private static final int COMMAND_CONNECTIONS = 3;
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private Storages() {}

    /**
     * The storage of all rooms except the ephemeral ones. If it cannot be opened, throws an IllegalStateException with a sentence for the
     * administrator.
     */
    static Storage durable(Settings settings, EntryCodec codec, Executor writing, Trimmed trimmed) {
        try {
            return SqliteStorage.open(
                    settings.dataFolder(),
                    codec,
                    Clock.systemUTC(),
                    new SqliteStorage.Background(
                            writing,
                            Duration.ofMillis(settings.indexIntervalMs()),
                            SWEEP,
                            trim(settings),
                            settings::retention,
                            trimmed));
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Connections to the database of the settings; null when the data is in a folder. A pool of the server must be looked up on its own thread. */
    static Connections connections(DatabaseSettings database) {
        try {
            return database == null
                    ? null
                    : database.pool() != null
                            ? Connections.of(database.pool())
                            : connections(database.address(), database.connections());
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static Connections connections(DatabaseSettings.Address address, int most) {
        return Connections.to(address.url(), address.user(), address.password(), most);
    }

    /** Another connection than the others, to find out whether the database is there. */
    static Connections watching(DatabaseSettings database, Connections others) {
        return database.pool() != null ? others : connections(database.address(), 1);
    }

    /** The storage of all rooms except the ephemeral ones, which several nodes share. It need not be there yet. */
    static PostgresStorage shared(
            Settings settings, EntryCodec codec, Connections connections, Executor hinting, Trimmed trimmed) {
        DatabaseSettings database = settings.database();
        DatabaseSettings.Address listen = database.listen().address();
        Connections listening = database.listen().polls()
                ? null
                : listen != null ? connections(listen, 1) : watching(database, connections);
        return PostgresStorage.over(
                connections, listening, codec, Clock.systemUTC(), background(settings, hinting, trimmed));
    }

    /** The storage of ephemeral rooms in the same database. */
    static Storage sharedEphemeral(
            Settings settings, EntryCodec codec, PostgresStorage durable, Executor hinting, Trimmed trimmed) {
        return durable.ephemeral(
                codec,
                Clock.systemUTC(),
                settings.maxEphemeralEntries(),
                settings.maxEphemeralBytes(),
                SWEEP,
                background(settings, hinting, trimmed));
    }

    private static PostgresStorage.Background background(Settings settings, Executor hinting, Trimmed trimmed) {
        return new PostgresStorage.Background(
                Duration.ofMillis(settings.indexIntervalMs()),
                SWEEP,
                trim(settings),
                settings::retention,
                trimmed,
                hinting);
    }

    /** The storage of ephemeral rooms. */
    static Storage ephemeral(Settings settings, EntryCodec codec, Trimmed trimmed) {
        return new MemoryStorage(
                codec,
                Clock.systemUTC(),
                settings.maxEphemeralEntries(),
                settings.maxEphemeralBytes(),
                trim(settings),
                settings::retention,
                trimmed);
    }

    /**
     * Copies the data folder, even of a running Warung. The copy is as private as the original. Blocks until it is
     * complete; {@code launch} calls it by name.
     *
     * @param target a directory that does not exist
     * @return a sentence for the administrator, as is the message of the exception
     */
    public static String backup(Path dataFolder, Path target) throws IOException {
        return Maintenance.backup(dataFolder, target);
    }

    /**
     * Begins a new epoch, so that clients discard what they have: for a folder restored from a copy made by other
     * means. Warung must not be running. Blocks; {@code launch} calls it by name.
     *
     * @return a sentence for the administrator, as is the message of the exception
     */
    public static String newEpoch(Path dataFolder) throws IOException {
        return Maintenance.newEpoch(dataFolder);
    }

    /**
     * The same for the database that several nodes share, at any time: they notice. Blocks; {@code launch} calls it by name.
     *
     * @param address as in the setting {@code warung.db}
     * @return a sentence for the administrator, as is the message of the exception
     */
    public static String newEpoch(String address) throws IOException {
        try (Connections connections = connections(address)) {
            return PostgresImport.newEpoch(connections);
        }
    }

    /**
     * Moves everything from a data folder into an empty database. Blocks; {@code launch} calls it by name.
     *
     * @param address as in the setting {@code warung.db}
     * @return a sentence for the administrator, as is the message of the exception
     */
    public static String migrate(Path dataFolder, String address) throws IOException {
        try (Connections connections = connections(address);
                SqliteExport source = SqliteExport.of(dataFolder, new EntryCodec())) {
            return PostgresImport.run(source, connections);
        }
    }

    /** Connections of a command; the password is where the server's would be. */
    private static Connections connections(String address) throws IOException {
        try {
            SettingsSource source = new SettingsSource(System.getProperties(), System.getenv(), null);
            DatabaseSettings database = DatabaseSettings.read(name -> switch (name) {
                case "warung.db" -> address;
                case "warung.db-password" -> source.get(name);
                default -> null;
            });
            if (database.address() == null) {
                throw new IOException("A pool of a server is known only there: give the address of the database.");
            }
            String url = database.address().url();
            return Connections.to(
                    url + (url.contains("?") ? "&" : "?") + "ApplicationName=warung-command",
                    database.address().user(),
                    database.address().password(),
                    COMMAND_CONNECTIONS);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Duration trim(Settings settings) {
        return settings.hasRetention() ? Duration.ofMillis(settings.trimIntervalMs()) : null;
    }
}
