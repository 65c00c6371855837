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
    record Failure(ErrorCode code, String message, String id, long retryAfterMs) implements Reply {}

    /** {@code reconnectAfterMs} 0 means: not said. */
    record Bye(CloseCode code, long reconnectAfterMs) implements Reply {}
}
