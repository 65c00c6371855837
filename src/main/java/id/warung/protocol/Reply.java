package id.warung.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A message from the server to one session; what everybody in a room reads are log entries. See docs/protocol.md. */
public sealed interface Reply {
    /** The event as JSON, without the surrounding array. */
    EventWriter event();

    record Welcome(String version, long heartbeatSeconds, int maxFrameBytes, int maxTextChars) implements Reply {
        @Override
        public EventWriter event() {
            return new EventWriter("welcome")
                    .field("version", version)
                    .field("heartbeatSeconds", heartbeatSeconds)
                    .field("maxFrameBytes", maxFrameBytes)
                    .field("maxTextChars", maxTextChars);
        }
    }

    /**
     * {@code id} is the command's, or null; so it is in the other answers to a command. {@code token} is null where the client keeps its
     * own; {@code expiresAt} is null when the sign-in does not end by itself.
     */
    record SignedIn(User user, Set<Role> roles, String token, Instant expiresAt, String id) implements Reply {
        @Override
        public EventWriter event() {
            return new EventWriter("signed-in")
                    .markedUser("user", user)
                    .field("inbox", RoomName.inboxOf(user.id()))
                    .field("roles", roles.stream().map(Role::wire).toList())
                    .optional("token", token)
                    .optional("expiresAt", expiresAt == null ? null : expiresAt.toString())
                    .optional("id", id);
        }
    }

    /** The session's user has a new name. */
    record Renamed(User user) implements Reply {
        @Override
        public EventWriter event() {
            return new EventWriter("renamed").markedUser("user", user);
        }
    }

    /**
     * {@code n} is the number of messages up to the head.
     *
     * @param title empty when there is none
     * @param mayCall whether the user may call all users of the room at once
     */
    record Joined(
            String room,
            String epoch,
            long head,
            long n,
            Access access,
            String topic,
            String title,
            CallPolicy calls,
            boolean archived,
            boolean moderator,
            boolean mayCall,
            boolean readOnly,
            String id)
            implements Reply {
        @Override
        public EventWriter event() {
            EventWriter event = new EventWriter("joined")
                    .field("room", room)
                    .field("epoch", epoch)
                    .field("head", head)
                    .field("n", n)
                    .field("access", access.wire())
                    .field("topic", topic)
                    .optional("title", title.isEmpty() ? null : title)
                    .optional("calls", calls == CallPolicy.MODERATORS ? null : calls.wire());
            if (archived) {
                event.field("archived", true);
            }
            if (moderator) {
                event.field("moderator", true);
            }
            if (mayCall) {
                event.field("mayCall", true);
            }
            if (readOnly) {
                event.field("readOnly", true);
            }
            return event.optional("id", id);
        }
    }

    record Reset(String room, String epoch, long head) implements Reply {
        @Override
        public EventWriter event() {
            return new EventWriter("reset")
                    .field("room", room)
                    .field("epoch", epoch)
                    .field("head", head);
        }
    }

    record Gap(String room, long from, long to) implements Reply {
        @Override
        public EventWriter event() {
            return new EventWriter("gap")
                    .field("room", room)
                    .field("from", from)
                    .field("to", to);
        }
    }

    /** {@code reason} is null when the client asked to leave. */
    record Left(String room, String reason, String id) implements Reply {
        @Override
        public EventWriter event() {
            return new EventWriter("left")
                    .field("room", room)
                    .optional("reason", reason)
                    .optional("id", id);
        }

        public static final String REMOVED = "removed";
    }

    record Direct(String room, User user, String id) implements Reply {
        @Override
        public EventWriter event() {
            return new EventWriter("direct")
                    .field("room", room)
                    .markedUser("user", user)
                    .optional("id", id);
        }
    }

    /** The users in a room now; the same for all its readers. {@code count} may be larger than the number of users in {@code here}. */
    record Roster(String room, int count, List<User> here) implements Reply {
        @Override
        public EventWriter event() {
            return new EventWriter("roster")
                    .field("room", room)
                    .field("count", count)
                    .users("here", here);
        }
    }

    record Typing(String room, List<User> users) implements Reply {
        @Override
        public EventWriter event() {
            return new EventWriter("typing").field("room", room).users("users", users);
        }
    }

    /** How far a user has read, for all of their sessions. */
    record Reads(String inbox, List<Mark> rooms) implements Reply {
        @Override
        public EventWriter event() {
            EventWriter event = new EventWriter("reads").field("room", inbox);
            return event.list("rooms", rooms, event::append);
        }

        /**
         * The user has read {@code room} up to the entry {@code seq}, which is {@code n} messages.
         *
         * @param back whether they have said last that what is beyond is unread again
         */
        public record Mark(String room, long seq, long n, boolean back) {
            public Mark(String room, long seq, long n) {
                this(room, seq, n, false);
            }
        }
    }

    /** What a user has not read in rooms that they are in without reading them now, for all of their sessions. */
    record Unread(String inbox, List<Count> rooms) implements Reply {
        @Override
        public EventWriter event() {
            EventWriter event = new EventWriter("unread").field("room", inbox);
            return event.list("rooms", rooms, event::append);
        }

        /**
         * A room as lists of rooms have it.
         *
         * @param at when its head was written
         * @param read how far the user has read
         * @param unread how many messages of others are beyond, of which {@code mentions} concern the user
         */
        public record Count(String room, long head, long n, Instant at, Reads.Mark read, long unread, long mentions) {}
    }

    record Ack(String room, String id, long seq) implements Reply {
        @Override
        public EventWriter event() {
            return new EventWriter("ack").field("room", room).field("id", id).field("seq", seq);
        }
    }

    record Ping(long n) implements Reply {
        @Override
        public EventWriter event() {
            return new EventWriter("ping").field("n", n);
        }
    }

    /**
     * A rejected command: its type, its room and its id, as far as they are known and it has them, otherwise null;
     * {@code retryAfterMs} 0 means that a retry does not help.
     */
    record Failure(ErrorCode code, String message, String command, String room, String id, long retryAfterMs)
            implements Reply {
        @Override
        public EventWriter event() {
            EventWriter event = new EventWriter("error")
                    .field("code", code.wire())
                    .field("message", message)
                    .optional("command", command)
                    .optional("room", room)
                    .optional("id", id);
            return retryAfterMs > 0 ? event.field("retryAfterMs", retryAfterMs) : event;
        }

        public Failure(ErrorCode code, String message) {
            this(code, message, 0);
        }

        public Failure(ErrorCode code, String message, long retryAfterMs) {
            this(code, message, null, null, null, retryAfterMs);
        }

        /** The same failure as the reply to this command. */
        public Failure to(Command rejected) {
            return new Failure(code, message, rejected.type(), rejected.room(), rejected.id(), retryAfterMs);
        }

        private static final long BUSY_RETRY_AFTER_MS = 500;
        private static final long UNAVAILABLE_RETRY_AFTER_MS = 2_000;

        /** The server has reached its limit of unfinished work. */
        public static Failure busy() {
            String message = "The server is overloaded. Try again in a moment.";
            return new Failure(ErrorCode.BUSY, message, BUSY_RETRY_AFTER_MS);
        }

        /** The storage cannot be written or read now. */
        public static Failure unavailable() {
            String message = "The server cannot reach its storage. Try again in a moment.";
            return new Failure(ErrorCode.UNAVAILABLE, message, UNAVAILABLE_RETRY_AFTER_MS);
        }
    }

    /** {@code reconnectAfterMs} 0 means: not given. */
    record Bye(CloseCode code, long reconnectAfterMs) implements Reply {
        @Override
        public EventWriter event() {
            EventWriter event =
                    new EventWriter("bye").field("code", code.number()).field("reason", code.reason());
            return reconnectAfterMs > 0 ? event.field("reconnectAfterMs", reconnectAfterMs) : event;
        }
    }
}
