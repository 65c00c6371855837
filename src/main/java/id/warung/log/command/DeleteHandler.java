package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Permissions.Action;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.Fields;
import id.warung.protocol.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * Handles {@code delete}: erases a message, its edits and the reactions to it. Many reactions, and long edits or many as in older data,
 * are erased first, in parts; the last edit remains until then.
 */
final class DeleteHandler implements CommandHandler<Command.Delete> {
    private static final int ERASED_BYTES = 128 * 1024; // of edits at a time
    private static final int REACTIONS = 100; // at a time

    @Override
    public Command.Delete read(Fields fields) throws CommandRejectedException {
        return new Command.Delete(fields.room(), fields.commandId(), fields.seq());
    }

    @Override
    public void needs(Command.Delete delete, AppendRequest request, Needs needs) {
        needs.entry(delete.room(), delete.seq());
        needs.edits(delete.room(), delete.seq(), Limits.MAX_EDITS + 1);
        needs.reactionEntries(delete.room(), delete.seq(), REACTIONS + 1);
    }

    /** Needs no more than can be erased at once. */
    @Override
    public void needsAfterwards(Command.Delete delete, AppendRequest request, Facts facts, Needs needs) {
        facts.reactionEntries(delete.room(), delete.seq()).stream()
                .limit(REACTIONS)
                .forEach(seq -> needs.entry(delete.room(), seq));
        int count = 0;
        long bytes = 0;
        for (EditAt edit : facts.edits(delete.room(), delete.seq())) {
            if (count++ == Limits.MAX_EDITS || bytes >= ERASED_BYTES) {
                return;
            }
            bytes += edit.bytes();
            needs.entry(delete.room(), edit.seq());
        }
    }

    @Override
    public boolean erases() {
        return true;
    }

    @Override
    public AppendResult decide(Command.Delete delete, Decision decision) throws CommandRejectedException {
        decision.check(Action.DELETE);
        EditHandler.mayAmend(decision, delete.seq());
        Facts facts = decision.facts();
        List<Long> reactions = reactionsAtOnce(delete, facts);
        if (reactions.size()
                        < facts.reactionEntries(delete.room(), delete.seq()).size()
                || facts.hasMoreReactionEntries(delete.room(), delete.seq())) {
            eraseReactions(delete, reactions, decision);
            return decision.unfinished();
        }
        List<Long> edits = facts.edits(delete.room(), delete.seq()).stream()
                .map(EditAt::seq)
                .toList();
        List<Long> now = atOnce(delete, facts);
        if (now.size() < edits.size() || facts.hasMoreEdits(delete.room(), delete.seq())) {
            now.forEach(decision::erase);
            if (!now.isEmpty()) {
                decision.deleteEdits(delete.seq(), now.get(now.size() - 1) + 1);
            }
            return decision.unfinished();
        }
        Heading heading = decision.append(EntryKind.DELETED, its -> encoded(its, delete));
        decision.erase(delete.seq());
        edits.forEach(decision::erase);
        decision.deleteEdits(delete.seq(), heading.seq());
        eraseReactions(delete, reactions, decision);
        decision.addAmendment(delete.seq(), heading.seq());
        return decision.committed();
    }

    private static void eraseReactions(Command.Delete delete, List<Long> reactions, Decision decision) {
        if (!reactions.isEmpty()) {
            reactions.forEach(decision::erase);
            decision.deleteReactions(delete.seq(), reactions.get(reactions.size() - 1) + 1);
        }
    }

    /** The first reactions; fewer if another deletion in the group has erased some that were read for this one. */
    private static List<Long> reactionsAtOnce(Command.Delete delete, Facts facts) {
        return facts.reactionEntries(delete.room(), delete.seq()).stream()
                .limit(REACTIONS)
                .takeWhile(seq -> facts.knowsEntry(delete.room(), seq))
                .toList();
    }

    /** The first edits, likewise. */
    private static List<Long> atOnce(Command.Delete delete, Facts facts) {
        List<Long> some = new ArrayList<>();
        long bytes = 0;
        for (EditAt edit : facts.edits(delete.room(), delete.seq())) {
            if (some.size() == Limits.MAX_EDITS
                    || bytes >= ERASED_BYTES
                    || !facts.knowsEntry(delete.room(), edit.seq())) {
                return some;
            }
            bytes += edit.bytes();
            some.add(edit.seq());
        }
        return some;
    }

    static byte[] encoded(Heading heading, Command.Delete delete) {
        return heading.write("deleted").field("target", delete.seq()).toBytes();
    }
}
