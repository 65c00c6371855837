package id.warung.room;

import id.warung.cluster.Cluster;
import id.warung.kit.ManualExecutor;
import id.warung.log.AppendResult;
import id.warung.log.Committer;
import id.warung.log.Committers;
import id.warung.log.Hints;
import id.warung.log.MessageLog;
import id.warung.log.Posted;
import id.warung.log.ScriptedLog;
import id.warung.log.SharedStorage;
import id.warung.log.command.CommandHandlers;
import id.warung.protocol.Codec;
import id.warung.protocol.EntryCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Everything that rooms need on one node, run by hand: nothing happens until {@link #settle}. */
final class RoomNode {
    static final long PLENTY = 1_000_000_000;
    static final long GRACE = 50;
    static final long INTERVAL = 10;
    static final long TYPING = 60;

    final ManualExecutor writing = new ManualExecutor();
    final ManualExecutor fanOut = new ManualExecutor();
    final ManualExecutor reading = new ManualExecutor();
    final ScriptedLog log;
    long nanos = 1_000;
    final RoomRegistry registry;

    RoomNode() {
        this(new ScriptedLog(), PLENTY, PLENTY);
    }

    RoomNode(ScriptedLog log, long maxTailBytes, long maxLagEntries) {
        this.log = log;
        this.registry = registry(log, maxTailBytes, maxLagEntries);
        log.tellTrimmed(registry::trimmed);
        this.committers = new Committers(new Committer(log, registry.listener(), writing));
        this.cluster = null;
    }

    /** A node among others over one log. */
    RoomNode(ScriptedLog log, SharedStorage shared, Hints hints, long maxTailBytes) {
        this.log = log;
        this.registry = registry(log, maxTailBytes, PLENTY);
        this.cluster = new Cluster(
                hints,
                List.of(new Cluster.Shared(shared, room -> true)),
                registry,
                changedAccounts::addAll,
                reading,
                () -> nanos);
        this.committers = new Committers(3, log, () -> List.of(registry.listener(), cluster.listener()), writing);
        cluster.start(() -> {});
    }

    private final Committers committers;
    final Cluster cluster;
    final List<String> changedAccounts = new ArrayList<>();

    private RoomRegistry registry(MessageLog its, long maxTailBytes, long maxLagEntries) {
        TailBudget tails = new TailBudget(maxTailBytes);
        return new RoomRegistry(name -> parts(its, tails, maxLagEntries));
    }

    private Room.Dependencies parts(MessageLog its, TailBudget tails, long maxLagEntries) {
        Presence.Times times = new Presence.Times(GRACE, INTERVAL, TYPING, () -> nanos);
        return new Room.Dependencies(
                its,
                committers,
                new Codec(new CommandHandlers(), 4_000),
                new EntryCodec(),
                fanOut,
                reading,
                tails,
                Pacing.NONE,
                maxLagEntries,
                times);
    }

    /** Moves the clock, and the rooms publish their transient state. */
    void pass(long some) {
        nanos += some;
        registry.tick(nanos);
        settle();
    }

    /** A second later: looks for news of other nodes. */
    void poll() {
        nanos += TimeUnit.SECONDS.toNanos(1);
        registry.tick(nanos);
        cluster.tick();
    }

    /** Opens the room at once. */
    Room open(String name) {
        var opening = registry.open(name);
        reading.runAll();
        return opening.toCompletableFuture().join();
    }

    /** Posts; the messages are committed and received when this returns. */
    void say(Room room, String author, String... texts) {
        for (String text : texts) {
            post(room, author, null, text);
        }
        settle();
    }

    /** Offers a post, which waits for the log. */
    Posted post(Room room, String author, String id, String text) {
        Posted posted = Posted.by(author, room.name(), id, text);
        if (!room.post(posted.request())) {
            posted.settled(new AppendResult.Failed());
        }
        return posted;
    }

    /** Runs everything until nothing is left to do. */
    void settle() {
        while (writing.waiting() + fanOut.waiting() + reading.waiting() > 0) {
            writing.runAll();
            fanOut.runAll();
            reading.runAll();
        }
    }
}
