package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Permissions.Action;
import id.warung.protocol.Calls;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;
import id.warung.protocol.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Handles {@code edit}: a new text for a message. */
final class EditHandler implements CommandHandler<Command.Edit> {
    @Override
    public Command.Edit read(Fields fields) throws CommandRejectedException {
        return new Command.Edit(
                fields.room(),
                fields.commandId(),
                fields.seq(),
                fields.message(),
                MentionRules.read(fields),
                fields.optionalCalls());
    }

    @Override
    public void needs(Command.Edit edit, AppendRequest request, Needs needs) {
        needs.entry(edit.room(), edit.seq());
        needs.edits(edit.room(), edit.seq(), Limits.MAX_EDITS);
        edit.mentions().forEach(needs::user);
    }

    @Override
    public void needsAfterwards(Command.Edit edit, AppendRequest request, Facts facts, Needs needs) {
        MentionRules.needInboxes(edit.mentions(), facts, needs);
        List<EditAt> edits = facts.edits(edit.room(), edit.seq());
        if (calls(edit) && !edits.isEmpty()) {
            needs.entry(edit.room(), edits.get(edits.size() - 1).seq());
        }
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
        CallRules.check(edit.calls(), decision);
        List<String> added = new ArrayList<>(edit.mentions());
        List<StoredEntry> before = before(edit, decision.facts());
        before.forEach(entry -> added.removeAll(decision.codec().mentionsOf(entry.json())));
        boolean calledBefore =
                before.stream().anyMatch(entry -> decision.codec().callsOf(entry.json()) == Calls.ALL);
        Map<String, String> names = decision.namesOf(edit.mentions());
        Heading heading =
                decision.append(EntryKind.EDITED, its -> decision.codec().edited(its, edit, names));
        decision.addAmendment(edit.seq(), heading.seq());
        MentionRules.mention(added, decision, heading.seq(), note -> mentioned(note, edit, heading.seq()));
        if (edit.calls() == Calls.ALL && !calledBefore) {
            decision.callAll(heading.seq());
        }
        return decision.committed();
    }

    /** Whether anybody is called who may not have been called before. */
    private static boolean calls(Command.Edit edit) {
        return !edit.mentions().isEmpty() || edit.calls() != null;
    }

    /** The message as it was written and as its last edit has left it, if they matter. */
    private static List<StoredEntry> before(Command.Edit edit, Facts facts) {
        if (!calls(edit)) {
            return List.of();
        }
        List<EditAt> edits = facts.edits(edit.room(), edit.seq());
        long last = edits.isEmpty() ? edit.seq() : edits.get(edits.size() - 1).seq();
        return Stream.of(facts.entry(edit.room(), edit.seq()), facts.entry(edit.room(), last))
                .filter(Objects::nonNull) // an ephemeral room may have dropped the edit
                .toList();
    }

    private static byte[] mentioned(Heading heading, Command.Edit edit, long seq) {
        return heading.write("mentioned")
                .field("in", edit.room())
                .field("message", edit.seq())
                .field("edit", seq)
                .toBytes();
    }

    static CommandRejectedException noSuchMessage() {
        return new CommandRejectedException(ErrorCode.NO_SUCH_MESSAGE, "There is no such message, or it was deleted.");
    }

    /** Returns if the message exists and the author may change it. */
    static void mayAmend(Decision decision, long seq) throws CommandRejectedException {
        StoredEntry target = decision.facts().entry(decision.room().room(), seq);
        if (target == null || target.kind() != EntryKind.MESSAGE) {
            throw noSuchMessage();
        }
        if (!target.authorId().equals(decision.author().id())) {
            decision.check(Action.AMEND_OTHERS);
        }
    }
}
