package id.warung.log.command;

import id.warung.log.Draft;
import id.warung.log.Outcome;
import id.warung.log.Permissions.Action;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.Fields;
import id.warung.protocol.Limits;
import id.warung.protocol.Refused;
import java.util.List;

/** A message is no more, and nothing of its edits. Many edits, as older data may have, or long ones go first, a part at a time; the last one stands until then. */
final class DeleteHandler implements CommandHandler<Command.Delete> {
    private static final int ERASED_BYTES = 128 * 1024; // of edits at a time

    @Override
    public Command.Delete read(Fields fields) throws Refused {
        return new Command.Delete(fields.room(), fields.commandId(), fields.seq());
    }

    @Override
    public void needs(Command.Delete delete, Draft draft, Needs needs) {
        needs.entry(delete.room(), delete.seq());
        needs.edits(delete.room(), delete.seq(), Limits.MAX_EDITS + 1);
    }

    @Override
    public void needsThen(Command.Delete delete, Draft draft, Facts facts, Needs needs) {
        facts.edits(delete.room(), delete.seq()).forEach(edit -> needs.entry(delete.room(), edit));
    }

    @Override
    public Outcome decide(Command.Delete delete, Decision decision) throws Refused {
        decision.check(Action.DELETE);
        EditHandler.mayAmend(decision, delete.seq());
        List<Long> edits = List.copyOf(decision.facts().edits(delete.room(), delete.seq()));
        int atOnce = erasedAtOnce(delete.room(), edits, decision.facts());
        if (atOnce < edits.size()) {
            edits.subList(0, atOnce).forEach(decision::erase);
            decision.forgetEdits(delete.seq(), edits.get(atOnce));
            return decision.unfinished();
        }
        Heading heading = decision.append(EntryKind.DELETED, its -> encoded(its, delete));
        decision.erase(delete.seq());
        edits.forEach(decision::erase);
        decision.forgetEdits(delete.seq(), heading.seq());
        decision.amend(delete.seq(), heading.seq());
        return decision.committed();
    }

    private static int erasedAtOnce(String room, List<Long> edits, Facts facts) {
        int count = 0;
        for (long bytes = 0; count < Math.min(edits.size(), Limits.MAX_EDITS) && bytes < ERASED_BYTES; count++) {
            Kept edit = facts.entry(room, edits.get(count));
            bytes += edit == null ? 0 : edit.json().length;
        }
        return count;
    }

    static byte[] encoded(Heading heading, Command.Delete delete) {
        return heading.write("deleted").field("target", delete.seq()).toBytes();
    }
}
