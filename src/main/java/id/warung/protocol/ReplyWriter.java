package id.warung.protocol;

import java.util.List;

/** Writes what the server says to one session alone, and how a room is now. Static, stateless. */
final class ReplyWriter {
    private ReplyWriter() {}

    /** The event as JSON, without the array around it. */
    static byte[] write(Reply reply) {
        return written(reply).toBytes();
    }

    private static EventWriter written(Reply reply) {
        if (reply instanceof Reply.Ack ack) {
            return new EventWriter("ack")
                    .field("room", ack.room())
                    .field("id", ack.id())
                    .field("seq", ack.seq());
        }
        if (reply instanceof Reply.Ping ping) {
            return new EventWriter("ping").field("n", ping.n());
        }
        if (reply instanceof Reply.Joined joined) {
            return written(joined);
        }
        if (reply instanceof Reply.Roster roster) {
            return new EventWriter("roster")
                    .field("room", roster.room())
                    .field("count", roster.count())
                    .users("here", roster.here());
        }
        if (reply instanceof Reply.Typing typing) {
            return new EventWriter("typing").field("room", typing.room()).users("users", typing.users());
        }
        if (reply instanceof Reply.Reads reads) {
            return written(reads);
        }
        if (reply instanceof Reply.Failure failure) {
            return written(failure);
        }
        return ofSession(reply);
    }

    private static EventWriter ofSession(Reply reply) {
        if (reply instanceof Reply.Welcome welcome) {
            return new EventWriter("welcome")
                    .field("version", welcome.version())
                    .field("heartbeatSeconds", welcome.heartbeatSeconds())
                    .field("maxFrameBytes", welcome.maxFrameBytes())
                    .field("maxTextChars", welcome.maxTextChars());
        }
        if (reply instanceof Reply.SignedIn signedIn) {
            return new EventWriter("signed-in")
                    .field("user", signedIn.user())
                    .field("inbox", RoomName.inboxOf(signedIn.user().id()))
                    .field("token", signedIn.token());
        }
        if (reply instanceof Reply.Renamed renamed) {
            return new EventWriter("renamed").field("user", renamed.user());
        }
        if (reply instanceof Reply.Reset reset) {
            return new EventWriter("reset")
                    .field("room", reset.room())
                    .field("epoch", reset.epoch())
                    .field("head", reset.head());
        }
        if (reply instanceof Reply.Gap gap) {
            return new EventWriter("gap")
                    .field("room", gap.room())
                    .field("from", gap.from())
                    .field("to", gap.to());
        }
        if (reply instanceof Reply.Left left) {
            EventWriter event = new EventWriter("left").field("room", left.room());
            return left.reason() == null ? event : event.field("reason", left.reason());
        }
        if (reply instanceof Reply.Direct direct) {
            return new EventWriter("direct").field("room", direct.room()).field("user", direct.user());
        }
        return written((Reply.Bye) reply);
    }

    private static EventWriter written(Reply.Joined joined) {
        EventWriter event = new EventWriter("joined")
                .field("room", joined.room())
                .field("epoch", joined.epoch())
                .field("head", joined.head())
                .field("n", joined.n())
                .field("access", joined.access().wire())
                .field("topic", joined.topic());
        if (joined.archived()) {
            event.field("archived", true);
        }
        return joined.moderator() ? event.field("moderator", true) : event;
    }

    private static EventWriter written(Reply.Reads reads) {
        EventWriter event = new EventWriter("reads").field("room", reads.inbox());
        List<Reply.Reads.Mark> marks = reads.rooms();
        return event.list("rooms", marks, mark -> event.append(mark.room(), mark.seq(), mark.n()));
    }

    private static EventWriter written(Reply.Failure failure) {
        EventWriter event =
                new EventWriter("error").field("code", failure.code().wire()).field("message", failure.message());
        if (failure.id() != null) {
            event.field("id", failure.id());
        }
        if (failure.room() != null) {
            event.field("room", failure.room());
        }
        return failure.retryAfterMs() > 0 ? event.field("retryAfterMs", failure.retryAfterMs()) : event;
    }

    private static EventWriter written(Reply.Bye bye) {
        EventWriter event = new EventWriter("bye")
                .field("code", bye.code().number())
                .field("reason", bye.code().reason());
        return bye.reconnectAfterMs() > 0 ? event.field("reconnectAfterMs", bye.reconnectAfterMs()) : event;
    }
}
