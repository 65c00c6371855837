package id.warung.session;

/**
 * The settings of sessions. Times are in milliseconds.
 *
 * @param heartbeatMs the interval of pings
 * @param pongTimeoutMs a session that is silent for this long after a ping is dead
 * @param helloTimeoutMs a client that has not signed in by then is closed
 * @param sendTimeoutMs a send that the container has not completed by then ends the session
 * @param maxFrameBytes the most bytes of a client frame, as UTF-8
 * @param maxTextChars the most characters of a message, in code points
 * @param maxRoomsPerSession the most rooms that one session may join at a time
 * @param maxConnectionsPerAddress the most sessions of one address at a time; 0: any number
 * @param maxWaitingBytes how much memory the unfinished commands of one JSON session may take; a single command may exceed it
 */
public record SessionSettings(
        long heartbeatMs,
        long pongTimeoutMs,
        long helloTimeoutMs,
        long sendTimeoutMs,
        int maxFrameBytes,
        int maxTextChars,
        int maxRoomsPerSession,
        int maxConnectionsPerAddress,
        long maxWaitingBytes) {
    /** The shortest of these times: the clock must tick at least as often. */
    public long shortestMs() {
        return Math.min(Math.min(heartbeatMs, pongTimeoutMs), Math.min(helloTimeoutMs, sendTimeoutMs));
    }
}
