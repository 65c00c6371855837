package id.warung.log.command;

import id.warung.log.Permissions;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;
import id.warung.protocol.Limits;
import id.warung.protocol.RoomName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/** The rules for mentions, which posts and edits share. */
final class MentionRules {
    private MentionRules() {}

    static List<String> read(Fields fields) throws CommandRejectedException {
        List<String> mentions = fields.users("mentions");
        if (mentions.size() > Limits.MAX_MENTIONS) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_COMMAND, "A message may mention at most " + Limits.MAX_MENTIONS + " users.");
        }
        return mentions;
    }

    /** Ids that nobody knows have no inbox. */
    static void needInboxes(Collection<String> mentions, Facts facts, Needs needs) {
        for (String userId : mentions) {
            if (facts.isKnown(userId)) {
                needs.room(RoomName.inboxOf(userId));
            }
        }
    }

    /** Mentions those of these users who may read the room, each once: by the entry {@code seq}, and with an entry in their inbox. */
    static void mention(
            Collection<String> mentions, Decision decision, long seq, Function<Heading, byte[]> inboxEntry) {
        for (String userId : new LinkedHashSet<>(mentions)) {
            if (!userId.equals(decision.author().id())
                    && Permissions.isOpenTo(userId, decision.room())
                    && decision.user(userId) != null) {
                decision.mention(userId, seq);
                decision.notifyUser(userId, inboxEntry);
            }
        }
    }
}
