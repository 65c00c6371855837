package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Permissions.Action;
import id.warung.log.RoomState;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.Fields;
import id.warung.protocol.Read;

/** Handles {@code read}: how far the user has read; 0 means that they were never in the room, unless they go back to it. */
final class ReadHandler implements CommandHandler<Read> {
    @Override
    public Read read(Fields fields) throws CommandRejectedException {
        return new Read(
                fields.room(),
                fields.commandId(),
                fields.integer("seq", 0, Long.MAX_VALUE),
                Boolean.TRUE.equals(fields.optionalBoolean("back")));
    }

    @Override
    public void needs(Read read, AppendRequest request, Needs needs) {
        needs.mark(read.room(), request.author().id());
        needs.mentions(read.room(), request.author().id(), upTo(read), Decider.MENTIONS_AT_ONCE);
    }

    @Override
    public void needsAfterwards(Read read, AppendRequest request, Facts facts, Needs needs) {
        if (read.seq() < facts.roomBefore(read.room()).head().seq()) {
            needs.firstFrom(read.room(), read.seq());
        }
    }

    private static long upTo(Read read) {
        return forgets(read) ? Long.MAX_VALUE : read.seq();
    }

    private static boolean forgets(Read read) {
        return read.seq() == 0 && !read.back();
    }

    @Override
    public AppendResult decide(Read read, Decision decision) throws CommandRejectedException {
        decision.check(Action.READ);
        String user = decision.author().id();
        if (!decision.deleteMentions(user, upTo(read))) {
            return decision.unfinished();
        }
        if (forgets(read)) {
            if (decision.facts().mark(read.room(), user) != null) {
                decision.deleteReadMark(user);
            }
            return new AppendResult.ReadMarked(0, 0);
        }
        long seq = Math.min(read.seq(), decision.room().head().seq());
        AppendResult.ReadMarked now = new AppendResult.ReadMarked(seq, nAt(seq, decision), read.back());
        AppendResult.ReadMarked before = decision.facts().mark(read.room(), user);
        AppendResult.ReadMarked furthest = before == null || read.back()
                ? now
                : new AppendResult.ReadMarked(Math.max(before.seq(), now.seq()), Math.max(before.n(), now.n()));
        boolean stays = before != null
                && before.seq() == furthest.seq()
                && before.n() == furthest.n()
                && (!read.back() || before.back());
        if (decision.room().exists() && !stays) {
            decision.mark(user, furthest);
        }
        return furthest;
    }

    /** The number of messages up to this entry. Trimmed messages count as read: nobody can read them any more. */
    private static long nAt(long seq, Decision decision) {
        RoomState room = decision.room();
        RoomState before = decision.facts().roomBefore(room.room());
        if (seq == 0) {
            return 0;
        }
        if (seq == room.head().seq()) {
            return room.n();
        }
        if (seq == before.head().seq()) {
            return before.n();
        }
        StoredEntry first = decision.facts().firstFrom(room.room(), seq);
        return first == null ? room.n() : decision.codec().header(first.json()).n();
    }
}
