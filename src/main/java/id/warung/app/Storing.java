package id.warung.app;

import id.warung.identity.SigningKey;
import id.warung.log.Committer;
import id.warung.log.Committers;
import id.warung.log.Storage;
import id.warung.protocol.Codec;
import id.warung.protocol.EntryCodec;
import id.warung.room.Pacing;
import id.warung.room.Presence;
import id.warung.room.Room;
import id.warung.room.RoomRegistry;
import id.warung.room.TailBudget;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Where everything is kept: both storages, their writers, and the rooms that read them. Thread-safe. */
final class Storing {
    private static final Logger LOG = System.getLogger(Storing.class.getName());
    private static final Duration LAST_WRITES = Duration.ofSeconds(3);

    private final Settings settings;
    private final ThreadPools pools;
    private final Map<Boolean, Room.Dependencies> parts = new HashMap<>(); // by whether they are ephemeral
    private final RoomRegistry rooms;
    private final SharedDatabase shared; // null: the data is in a folder
    private final Storage durable;
    private final Storage ephemeral;
    private final Committers committers;

    /**
     * Opens the storages; a database that several nodes share is opened later. If that is impossible, throws an IllegalStateException with a
     * sentence for the administrator.
     */
    Storing(Settings settings, ThreadPools pools, Codec codec) {
        this.settings = settings;
        this.pools = pools;
        EntryCodec entries = new EntryCodec();
        rooms = new RoomRegistry(name -> parts.get(settings.isEphemeral(name)));
        shared = settings.database() == null ? null : new SharedDatabase(settings, pools, entries, rooms);
        durable = shared == null
                ? Storages.durable(settings, entries, pools.writing(), rooms::trimmed)
                : shared.durable();
        ephemeral = shared == null ? Storages.ephemeral(settings, entries, rooms::trimmed) : shared.ephemeral();
        committers = committers(durable);
        Committers ephemeralOnes = shared == null
                ? new Committers(1, ephemeral.log(), () -> listeners(ephemeral), pools.conversing())
                : committers(ephemeral);
        TailBudget tails = new TailBudget(settings.maxTailBytes());
        parts.put(true, dependencies(ephemeral, ephemeralOnes, codec, entries, tails));
        parts.put(false, dependencies(durable, committers, codec, entries, tails));
    }

    /** How many groups of messages are written at a time. */
    static int writers(Settings settings) {
        return settings.database() == null ? 1 : settings.database().writers();
    }

    private Committers committers(Storage storage) {
        return shared == null
                ? new Committers(1, storage.log(), () -> listeners(storage), pools.writing())
                : new Committers(
                        writers(settings), storage.log(), () -> listeners(storage), pools.writing(), pools.waiting());
    }

    private Room.Dependencies dependencies(
            Storage storage, Committers its, Codec codec, EntryCodec entries, TailBudget tails) {
        return new Room.Dependencies(
                storage.log(),
                its,
                codec,
                entries,
                pools.fanOut(),
                pools.reading(),
                tails,
                new Pacing(TimeUnit.MILLISECONDS.toNanos(settings.maxPacingMs()), System::nanoTime, this::after),
                settings.maxLagEntries(),
                new Presence.Times(
                        TimeUnit.MILLISECONDS.toNanos(settings.presenceGraceMs()),
                        TimeUnit.MILLISECONDS.toNanos(settings.rosterIntervalMs()),
                        TimeUnit.MILLISECONDS.toNanos(settings.typingMs()),
                        System::nanoTime));
    }

    private void after(long nanos, Runnable task) {
        try {
            ScheduledFuture<?> unused = pools.timer().schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException theApplicationEnds) {
            task.run();
        }
    }

    /** Readers are notified first. */
    private List<Committer.Listener> listeners(Storage storage) {
        List<Committer.Listener> all = new ArrayList<>();
        all.add(rooms.listener());
        all.addAll(storage.listeners());
        if (shared != null) {
            all.add(shared.cluster().listener());
        }
        return all;
    }

    RoomRegistry rooms() {
        return rooms;
    }

    /** The storage of all rooms except the ephemeral ones. */
    Storage durable() {
        return durable;
    }

    /** The storage of ephemeral rooms. */
    Storage ephemeral() {
        return ephemeral;
    }

    /** Those who write to the durable storage. */
    Committers committers() {
        return committers;
    }

    /** The database that several nodes share; null when the data is in a folder. */
    SharedDatabase shared() {
        return shared;
    }

    /** The key that signs guests' tokens; a database that several nodes share must have been opened. */
    byte[] signingKey() {
        if (shared != null) {
            return shared.signingKey();
        }
        try {
            return SigningKey.in(settings.dataFolder());
        } catch (IOException e) {
            throw new IllegalStateException("The signing key of guest tokens cannot be used: " + e.getMessage(), e);
        }
    }

    /** Where the data is, for a sentence. */
    String place() {
        return shared == null
                ? settings.dataFolder().toString()
                : settings.database().place();
    }

    /** A sentence saying what does not work now; null when everything works. */
    String trouble() {
        String trouble = shared == null ? null : shared.trouble();
        if (trouble == null) {
            trouble = committers.trouble();
        }
        return trouble == null ? durable.damage() : trouble;
    }

    /** The committers ask their threads for another turn while they have more to write: these must still accept tasks. */
    void awaitWritten() {
        try {
            if (!committers.awaitIdle(LAST_WRITES)) {
                LOG.log(Logger.Level.WARNING, "Some posted messages could not be written before shutdown");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listens to no other node any more. */
    void endOfNews() {
        if (shared != null) {
            shared.cluster().close();
        }
    }

    /** The last call. Harmless when repeated. */
    void close() {
        if (shared != null) {
            shared.close();
        }
        try {
            durable.close();
        } catch (IOException e) {
            LOG.log(Logger.Level.WARNING, "The storage did not close cleanly", e);
        }
    }
}
