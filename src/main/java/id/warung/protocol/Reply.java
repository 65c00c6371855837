package id.warung.protocol;

import java.util.List;

/** What the server says to one session alone; what all in a room read are log entries. See docs/protocol.md. */
public sealed interface Reply {
    record Welcome(String version, long heartbeatSeconds, int maxFrameBytes, int maxTextChars) implements Reply {}

    record SignedIn(User user, String token) implements Reply {}

    /** The user of the session has this name from now on. */
    record Renamed(User user) implements Reply {}

    /** {@code n} is the number of messages up to the head. */
    record Joined(
            String room,
            String epoch,
            long head,
            long n,
            Access access,
            String topic,
            boolean archived,
            boolean moderator)
            implements Reply {}

    record Reset(String room, String epoch, long head) implements Reply {}

    record Gap(String room, long from, long to) implements Reply {}

    /** {@code reason} is null when the client wanted it. */
    record Left(String room, String reason) implements Reply {
        public static final String REMOVED = "removed";
    }

    record Direct(String room, User user) implements Reply {}

    /** How a room is now; the same for all who read it. {@code count} may be more than there are {@code here}. */
    record Roster(String room, int count, List<User> here) implements Reply {}

    record Typing(String room, List<User> users) implements Reply {}

    /** How far a user has read, for all his sessions. */
    record Reads(String inbox, List<Mark> rooms) implements Reply {
        /** In {@code room} the entry {@code seq} has been read, and with it {@code n} messages. */
        public record Mark(String room, long seq, long n) {}
    }

    record Ack(String room, String id, long seq) implements Reply {}

    record Ping(long n) implements Reply {}

    /**
     * {@code id} is the refused command's, or null; {@code room} that of a join that was refused, else null; {@code retryAfterMs} 0 means:
     * not worth a retry.
     */
    record Failure(ErrorCode code, String message, String id, String room, long retryAfterMs) implements Reply {
        public Failure(ErrorCode code, String message, String id, long retryAfterMs) {
            this(code, message, id, null, retryAfterMs);
        }

        /** The same, of a join. */
        public Failure toJoin(String joined) {
            return new Failure(code, message, null, joined, retryAfterMs);
        }

        private static final long BUSY_RETRY_AFTER_MS = 500;
        private static final long UNAVAILABLE_RETRY_AFTER_MS = 2_000;

        /** More is to be written than the server can hold. */
        public static Failure busy(String id) {
            String message = "The server has more to write than it can hold. Try again in a moment.";
            return new Failure(ErrorCode.BUSY, message, id, BUSY_RETRY_AFTER_MS);
        }

        /** Nothing can be written or read now. */
        public static Failure unavailable(String id) {
            String message = "The server cannot reach its storage. Try again in a moment.";
            return new Failure(ErrorCode.UNAVAILABLE, message, id, UNAVAILABLE_RETRY_AFTER_MS);
        }
    }

    /** {@code reconnectAfterMs} 0 means: not said. */
    record Bye(CloseCode code, long reconnectAfterMs) implements Reply {}
}
