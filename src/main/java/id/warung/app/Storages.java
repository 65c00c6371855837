package id.warung.app;

import id.warung.log.MemoryStorage;
import id.warung.log.SqliteStorage;
import id.warung.log.Storage;
import id.warung.log.Trimmed;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** The storages that the settings ask for; nobody else knows which these are. Static, stateless. */
final class Storages {
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

    private static Duration trim(Settings settings) {
        return settings.trims() ? Duration.ofMillis(settings.trimIntervalMs()) : null;
    }
}
