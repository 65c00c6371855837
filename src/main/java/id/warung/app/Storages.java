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

/** The storages that the settings ask for; nobody else knows which these are. Static, stateless, thread-safe. */
public final class Storages {
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private Storages() {}

    /** For all rooms but the ephemeral ones. Where it cannot be had, an IllegalStateException says why, for the administrator. */
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
                            settings::keep,
                            trimmed));
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** For the ephemeral ones. */
    static Storage ephemeral(Settings settings, EntryCodec codec, Trimmed trimmed) {
        return new MemoryStorage(
                codec,
                Clock.systemUTC(),
                settings.maxEphemeralEntries(),
                settings.maxEphemeralBytes(),
                trim(settings),
                settings::keep,
                trimmed);
    }

    /**
     * Copies the data folder of a Warung that may be running. The copy is as private as what it is a copy of. Blocks until it is made;
     * {@code launch} calls it by name.
     *
     * @param target a directory that does not exist
     * @return a sentence for the administrator, as is the message of the exception
     */
    public static String backup(Path dataFolder, Path target) throws IOException {
        return Maintenance.backup(dataFolder, target);
    }

    /**
     * Has clients begin anew: for a folder that was put back from a copy made by other means. Warung must not be running. Blocks;
     * {@code launch} calls it by name.
     *
     * @return a sentence for the administrator, as is the message of the exception
     */
    public static String newEpoch(Path dataFolder) throws IOException {
        return Maintenance.newEpoch(dataFolder);
    }

    private static Duration trim(Settings settings) {
        return settings.trims() ? Duration.ofMillis(settings.trimIntervalMs()) : null;
    }
}
