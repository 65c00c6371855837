package id.warung.room;

import id.warung.kit.ManualExecutor;
import id.warung.log.AppendResult;
import id.warung.log.Committer;
import id.warung.log.MessageLog;
import id.warung.log.Posted;
import id.warung.log.ScriptedLog;
import id.warung.log.command.CommandHandlers;
import id.warung.protocol.Codec;
import id.warung.protocol.EntryCodec;

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
        TailBudget tails = new TailBudget(maxTailBytes);
        this.registry = new RoomRegistry(name -> parts(log, tails, maxLagEntries));
        log.tellTrimmed(registry::trimmed);
        this.committer = new Committer(log, registry.listener(), writing);
    }

    private final Committer committer;

    private Room.Dependencies parts(MessageLog its, TailBudget tails, long maxLagEntries) {
        Presence.Times times = new Presence.Times(GRACE, INTERVAL, TYPING, () -> nanos);
        return new Room.Dependencies(
                its,
                committer,
                new Codec(new CommandHandlers(), 4_000),
                new EntryCodec(),
                fanOut,
                reading,
                tails,
                maxLagEntries,
                times);
    }

    /** Moves the clock, and the rooms publish their transient state. */
    void pass(long some) {
        nanos += some;
        registry.tick(nanos);
        settle();
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
