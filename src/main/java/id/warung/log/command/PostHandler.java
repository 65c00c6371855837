package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Permissions.Action;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;
import java.util.List;
import java.util.Map;

/** Handles {@code post}: a message, with an entry in the inbox of each mentioned user. */
final class PostHandler implements CommandHandler<Command.Post> {
    @Override
    public Command.Post read(Fields fields) throws CommandRejectedException {
        String room = fields.room();
        String id = fields.commandId();
        long replyTo = fields.has("replyTo") ? fields.integer("replyTo", 1, Long.MAX_VALUE) : 0;
        List<String> mentions = MentionRules.read(fields);
        return new Command.Post(room, id, fields.message(), replyTo, mentions);
    }

    @Override
    public void needs(Command.Post post, AppendRequest request, Needs needs) {
        post.mentions().forEach(needs::user);
    }

    /** Ids that nobody knows have no inbox. */
    @Override
    public void needsAfterwards(Command.Post post, AppendRequest request, Facts facts, Needs needs) {
        MentionRules.needInboxes(post.mentions(), facts, needs);
    }

    @Override
    public boolean beginsWithItsEntry() {
        return true;
    }

    @Override
    public AppendResult decide(Command.Post post, Decision decision) throws CommandRejectedException {
        decision.check(Action.POST);
        if (post.replyTo() > decision.room().head().seq()) {
            throw new CommandRejectedException(ErrorCode.NO_SUCH_MESSAGE, "The message to reply to does not exist.");
        }
        Map<String, String> names = decision.namesOf(post.mentions());
        Heading heading =
                decision.append(EntryKind.MESSAGE, its -> decision.codec().message(its, post, names));
        MentionRules.mention(
                post.mentions(), decision, heading.seq(), note -> mentioned(note, post.room(), heading.seq()));
        return decision.committed();
    }

    static byte[] mentioned(Heading heading, String room, long seq) {
        return heading.write("mentioned")
                .field("in", room)
                .field("message", seq)
                .toBytes();
    }
}
