package id.warung.room;

import id.warung.kit.ManualExecutor;
import id.warung.log.Committer;
import id.warung.log.MessageLog;
import id.warung.log.Outcome;
import id.warung.log.Posted;
import id.warung.log.ScriptedLog;
import id.warung.protocol.Codec;

/** All that rooms need on one node, run by hand: nothing happens until {@link #settle}. */
final class RoomNode {
    static final long PLENTY = 1_000_000_000;

    final ManualExecutor writing = new ManualExecutor();
    final ManualExecutor fanOut = new ManualExecutor();
    final ManualExecutor reading = new ManualExecutor();
    final ScriptedLog log;
    final RoomRegistry registry;

    RoomNode() {
        this(new ScriptedLog(), PLENTY, PLENTY);
    }

    RoomNode(ScriptedLog log, long maxTailBytes, long maxLagEntries) {
        this.log = log;
        TailBudget tails = new TailBudget(maxTailBytes);
        this.registry = new RoomRegistry(name -> parts(log, tails, maxLagEntries));
        this.committer = new Committer(log, PLENTY, writing);
    }

    private final Committer committer;

    private Room.Parts parts(MessageLog its, TailBudget tails, long maxLagEntries) {
        return new Room.Parts(its, committer, new Codec(4_000), fanOut, reading, tails, maxLagEntries);
    }

    /** The room, at once. */
    Room open(String name) {
        var opening = registry.open(name);
        reading.runAll();
        return opening.toCompletableFuture().join();
    }

    /** Somebody says something; it is committed and told when this returns. */
    void say(Room room, String author, String... texts) {
        for (String text : texts) {
            post(room, author, null, text);
        }
        settle();
    }

    /** Offers a post, which waits for the log. */
    Posted post(Room room, String author, String id, String text) {
        Posted posted = Posted.by(author, room.name(), id, text);
        if (!room.post(Posted.user(author), id, text, posted)) {
            posted.settled(new Outcome.Failed());
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
