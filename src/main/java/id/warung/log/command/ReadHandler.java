package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Permissions.Action;
import id.warung.log.RoomState;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.Fields;

/** Handles {@code read}: how far the user has read; 0 means that they were never in the room. */
final class ReadHandler implements CommandHandler<Command.Read> {
    @Override
    public Command.Read read(Fields fields) throws CommandRejectedException {
        return new Command.Read(fields.room(), fields.commandId(), fields.integer("seq", 0, Long.MAX_VALUE));
    }

    @Override
    public void needs(Command.Read read, AppendRequest request, Needs needs) {
        needs.mark(read.room(), request.author().id());
        needs.mentions(read.room(), request.author().id(), upTo(read), Decider.MENTIONS_AT_ONCE);
    }

    @Override
    public void needsAfterwards(Command.Read read, AppendRequest request, Facts facts, Needs needs) {
        if (read.seq() < facts.roomBefore(read.room()).head().seq()) {
            needs.firstFrom(read.room(), read.seq());
        }
    }

    private static long upTo(Command.Read read) {
        return read.seq() == 0 ? Long.MAX_VALUE : read.seq();
    }

    @Override
    public AppendResult decide(Command.Read read, Decision decision) throws CommandRejectedException {
        decision.check(Action.READ);
        String user = decision.author().id();
        if (!decision.deleteMentions(user, upTo(read))) {
            return decision.unfinished();
        }
        if (read.seq() == 0) {
            decision.deleteReadMark(user);
            return new AppendResult.ReadMarked(0, 0);
        }
        long seq = Math.min(read.seq(), decision.room().head().seq());
        AppendResult.ReadMarked now = new AppendResult.ReadMarked(seq, nAt(seq, decision));
        AppendResult.ReadMarked before = decision.facts().mark(read.room(), user);
        AppendResult.ReadMarked furthest = before == null
                ? now
                : new AppendResult.ReadMarked(Math.max(before.seq(), now.seq()), Math.max(before.n(), now.n()));
        if (decision.room().exists() && !furthest.equals(before)) {
            decision.mark(user, furthest);
        }
        return furthest;
    }

    /** The number of messages up to this entry. Trimmed messages count as read: nobody can read them any more. */
    private static long nAt(long seq, Decision decision) {
        RoomState room = decision.room();
        RoomState before = decision.facts().roomBefore(room.room());
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
