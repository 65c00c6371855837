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
import id.warung.protocol.RoomName;
import java.util.List;
import java.util.Map;

/** Handles {@code post}: a message, with an entry in the inbox of each mentioned user and of the author whom it answers. */
final class PostHandler implements CommandHandler<Command.Post> {
    @Override
    public Command.Post read(Fields fields) throws CommandRejectedException {
        String room = fields.room();
        String id = fields.commandId();
        long replyTo = fields.has("replyTo") ? fields.integer("replyTo", 1, Long.MAX_VALUE) : 0;
        List<String> mentions = MentionRules.read(fields);
        boolean callsAuthor = !Boolean.FALSE.equals(fields.optionalBoolean("call"));
        return new Command.Post(room, id, fields.message(), replyTo, mentions, callsAuthor, fields.optionalCalls());
    }

    @Override
    public void needs(Command.Post post, AppendRequest request, Needs needs) {
        post.mentions().forEach(needs::user);
        CallRules.need(post, needs);
    }

    /** Ids that nobody knows have no inbox. */
    @Override
    public void needsAfterwards(Command.Post post, AppendRequest request, Facts facts, Needs needs) {
        MentionRules.needInboxes(post.mentions(), facts, needs);
        CallRules.needInbox(post, request, facts, needs);
    }

    @Override
    public boolean beginsWithItsEntry() {
        return true;
    }

    @Override
    public AppendResult decide(Command.Post post, Decision decision) throws CommandRejectedException {
        decision.check(Action.POST);
        CallRules.check(post.calls(), decision);
        if (post.replyTo() > decision.room().head().seq()) {
            throw new CommandRejectedException(ErrorCode.NO_SUCH_MESSAGE, "The message to reply to does not exist.");
        }
        String called = CallRules.called(post, decision);
        if (called != null && !decision.facts().knowsRoom(RoomName.inboxOf(called))) {
            return decision.unfinished(); // it answers a message of this very group, whose author was not known before
        }
        Map<String, String> names = decision.namesOf(post.mentions());
        Heading heading =
                decision.append(EntryKind.MESSAGE, its -> decision.codec().message(its, post, names));
        MentionRules.mention(
                post.mentions(), decision, heading.seq(), note -> mentioned(note, post.room(), heading.seq()));
        if (called != null) {
            CallRules.callAuthor(called, post, decision, heading.seq());
        }
        if (post.calls() == Calls.ALL) {
            decision.callAll(heading.seq());
        }
        return decision.committed();
    }

    static byte[] mentioned(Heading heading, String room, long seq) {
        return heading.write("mentioned")
                .field("in", room)
                .field("message", seq)
                .toBytes();
    }
}
