package id.warung.protocol;

/** What the server says to one session alone; what all in a room read are log entries. See docs/protocol.md. */
public sealed interface Reply {
    record Welcome(String version, long heartbeatSeconds, int maxFrameBytes, int maxTextChars) implements Reply {}

    record SignedIn(User user, String token) implements Reply {}

    record Joined(String room, String epoch, long head) implements Reply {}

    record Reset(String room, String epoch, long head) implements Reply {}

    record Gap(String room, long from, long to) implements Reply {}

    record Left(String room) implements Reply {}

    record Ack(String room, String id, long seq) implements Reply {}

    record Ping(long n) implements Reply {}

    /** {@code id} is the refused command's, or null; {@code retryAfterMs} 0 means: not worth a retry. */
    record Failure(ErrorCode code, String message, String id, long retryAfterMs) implements Reply {
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
