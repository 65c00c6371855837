package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.Permissions;
import id.warung.log.Permissions.Action;
import id.warung.protocol.Calls;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.RoomName;

/** The rules for calls: a reply calls its author, and a message may call everybody. */
final class CallRules {
    private CallRules() {}

    /** Whom the reply answers is known once this is read. */
    static void need(Command.Post post, Needs needs) {
        if (callsAuthor(post)) {
            needs.entry(post.room(), post.replyTo());
            needs.authorsInbox(post.room(), post.replyTo());
        }
    }

    static void needInbox(Command.Post post, AppendRequest request, Facts facts, Needs needs) {
        String called = author(post, facts);
        if (called != null && !called.equals(request.author().id())) {
            needs.room(RoomName.inboxOf(called));
        }
    }

    private static boolean callsAuthor(Command.Post post) {
        return post.replyTo() > 0 && post.callsAuthor();
    }

    /** The author whom the reply calls; null: nobody. */
    private static String author(Command.Post post, Facts facts) {
        StoredEntry target = callsAuthor(post) ? facts.entry(post.room(), post.replyTo()) : null;
        return target == null || target.kind() != EntryKind.MESSAGE ? null : target.authorId();
    }

    /** The author of the message that this one answers, unless it mentions them; if they may read the room. Null: nobody is called. */
    static String called(Command.Post post, Decision decision) {
        String called = author(post, decision.facts());
        return called != null
                        && !called.equals(decision.author().id())
                        && !post.mentions().contains(called)
                        && Permissions.isOpenTo(called, decision.room())
                ? called
                : null;
    }

    /** Calls this author by the entry {@code seq}. */
    static void callAuthor(String called, Command.Post post, Decision decision, long seq) {
        decision.mention(called, seq);
        decision.notifyUser(called, note -> replied(note, post.room(), seq, post.replyTo()));
    }

    static byte[] replied(Heading heading, String room, long seq, long to) {
        return heading.write("replied")
                .field("in", room)
                .field("message", seq)
                .field("to", to)
                .toBytes();
    }

    /** Returns if the author may call these; null: nobody. */
    static void check(Calls calls, Decision decision) throws CommandRejectedException {
        if (calls != null) {
            decision.check(Action.CALL);
        }
    }
}
