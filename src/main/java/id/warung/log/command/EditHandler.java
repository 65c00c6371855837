package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Permissions.Action;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;
import id.warung.protocol.Limits;

/** Handles {@code edit}: a new text for a message. */
final class EditHandler implements CommandHandler<Command.Edit> {
    @Override
    public Command.Edit read(Fields fields) throws CommandRejectedException {
        return new Command.Edit(fields.room(), fields.commandId(), fields.seq(), fields.message());
    }

    @Override
    public void needs(Command.Edit edit, AppendRequest request, Needs needs) {
        needs.entry(edit.room(), edit.seq());
        needs.edits(edit.room(), edit.seq(), Limits.MAX_EDITS);
    }

    @Override
    public AppendResult decide(Command.Edit edit, Decision decision) throws CommandRejectedException {
        decision.check(Action.EDIT);
        mayAmend(decision, edit.seq());
        Facts facts = decision.facts();
        if (facts.hasMoreEdits(edit.room(), edit.seq())
                || facts.edits(edit.room(), edit.seq()).size() >= Limits.MAX_EDITS) {
            throw new CommandRejectedException(
                    ErrorCode.TOO_MANY_EDITS,
                    "This message has been edited " + Limits.MAX_EDITS + " times and cannot be edited again.");
        }
        Heading heading = decision.append(EntryKind.EDITED, its -> encoded(its, edit));
        decision.addAmendment(edit.seq(), heading.seq());
        return decision.committed();
    }

    static byte[] encoded(Heading heading, Command.Edit edit) {
        return heading.write("edited")
                .field("target", edit.seq())
                .field("text", edit.text())
                .toBytes();
    }

    /** Returns if the message exists and the author may change it. */
    static void mayAmend(Decision decision, long seq) throws CommandRejectedException {
        StoredEntry target = decision.facts().entry(decision.room().room(), seq);
        if (target == null || target.kind() != EntryKind.MESSAGE) {
            throw new CommandRejectedException(
                    ErrorCode.NO_SUCH_MESSAGE, "There is no such message, or it was deleted.");
        }
        if (!target.authorId().equals(decision.author().id())) {
            decision.check(Action.AMEND_OTHERS);
        }
    }
}
