package id.warung.app;

import id.warung.log.Storage;
import id.warung.log.Trimmed;
import id.warung.log.memory.MemoryStorage;
import id.warung.log.sqlite.Maintenance;
import id.warung.log.sqlite.SqliteStorage;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Creates the storages that the settings ask for; the only class that knows them. Static, stateless, thread-safe. */
public final class Storages {
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

    private static Duration trim(Settings settings) {
        return settings.hasRetention() ? Duration.ofMillis(settings.trimIntervalMs()) : null;
    }
}
