package id.warung.app;

import jakarta.servlet.ServletContext;

/**
 * The memory budgets that apply when no setting gives one: shares of the heap, capped where a large heap would bring no
 * benefit. Immutable.
 *
 * @param heapBytes the most the JVM will use
 * @param tlsBytes what TLS adds to a socket of the server
 */
record HeapBudget(long heapBytes, int tlsBytes) {
    /** Set by a server whose sockets this budget limits: the bytes that TLS adds to one; 0: without TLS. */
    private static final String TLS_BYTES = "id.warung.tls-bytes";

    private static final long MIB = 1024 * 1024;
    /** Below this {@code -Xmx} the classes and the server alone leave no room for messages. */
    private static final long LEAST_MIB = 48;
    /** Some collectors reserve a space that the JVM does not count: with the serial one, 48 MiB are reported as 46.4. */
    private static final long LEAST_BYTES = 44 * MIB;

    /** A connection whose headers never end uses at most this much, and a session in a room about as much. */
    private static final long SOCKET_BYTES = 24 * 1024;

    /** The budget of this JVM. */
    static HeapBudget ofThisJvm(ServletContext context) {
        return new HeapBudget(
                Runtime.getRuntime().maxMemory(), context.getAttribute(TLS_BYTES) instanceof Integer bytes ? bytes : 0);
    }

    /** @throws IllegalArgumentException with a sentence for the administrator, when the heap is too small to run at all */
    void check() {
        if (heapBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("The JVM's heap is limited to " + heapBytes / MIB
                    + " MiB, but Warung needs about " + LEAST_MIB + " MiB: start it with java -Xmx" + LEAST_MIB + "m.");
        }
    }

    /** The budget for the recent entries of all rooms. */
    long tailBytes() {
        return Math.min(64 * MIB, heapBytes / 8);
    }

    /** The budget for everything that waits to be written. Meanwhile a message is in memory about five times. */
    long waitingBytes() {
        return Math.min(32 * MIB, heapBytes / 32);
    }

    /** The budget for all ephemeral rooms. */
    long ephemeralBytes() {
        return Math.min(64 * MIB, heapBytes / 8);
    }

    /** The number of sockets for which a third of the heap suffices. */
    int sockets() {
        return (int) Math.min(1_000_000, heapBytes / 3 / (SOCKET_BYTES + tlsBytes));
    }

    /**
     * A sentence saying what is wrong with the configured budgets; null when nothing is wrong.
     *
     * @param ephemeralBytes 0 when no room is ephemeral
     */
    String warning(long tailBytes, long waitingBytes, long ephemeralBytes) {
        return tailBytes + 5 * waitingBytes + ephemeralBytes <= heapBytes / 2
                ? null
                : "warung.max-tail-bytes (" + tailBytes + "), warung.max-waiting-bytes (" + waitingBytes
                        + ", counted five times) and warung.max-ephemeral-bytes (" + ephemeralBytes
                        + ") together exceed half of the heap (" + heapBytes
                        + " bytes): an OutOfMemoryError is possible. Enlarge the heap with -Xmx, or lower these settings.";
    }
}
