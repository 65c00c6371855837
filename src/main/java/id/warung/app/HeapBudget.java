package id.warung.app;

/**
 * What the parts of the application may take of the heap where no setting says so: shares of it, and on a large heap no more than
 * would be of use. Immutable.
 *
 * @param heapBytes the most the JVM will use
 */
record HeapBudget(long heapBytes) {
    private static final long MIB = 1024 * 1024;
    /** Below this {@code -Xmx} the classes and the server alone leave no room for messages. */
    private static final long LEAST_MIB = 48;
    /** Some collectors keep a space to themselves that the JVM does not count: 48 are 46.4 with the serial one. */
    private static final long LEAST_BYTES = 44 * MIB;

    /** A socket whose headers do not end has taken this much at most, a session in a room about as much. */
    private static final long SOCKET_BYTES = 24 * 1024;

    /** Of this JVM. */
    static HeapBudget ofThisJvm() {
        return new HeapBudget(Runtime.getRuntime().maxMemory());
    }

    /** @throws IllegalArgumentException with a sentence, when the heap is too small to run at all */
    void check() {
        if (heapBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("The JVM's heap is limited to " + heapBytes / MIB
                    + " MiB, but Warung needs about " + LEAST_MIB + " MiB: start it with java -Xmx" + LEAST_MIB + "m.");
        }
    }

    /** For the recent entries of all rooms. */
    long tailBytes() {
        return Math.min(64 * MIB, heapBytes / 8);
    }

    /** For all that waits to be written. A message is in memory some five times over while that happens. */
    long waitingBytes() {
        return Math.min(32 * MIB, heapBytes / 32);
    }

    /** For all ephemeral rooms. */
    long ephemeralBytes() {
        return Math.min(64 * MIB, heapBytes / 8);
    }

    /** Sockets that a third of the heap has room for. */
    int sockets() {
        return (int) Math.min(1_000_000, heapBytes / 3 / SOCKET_BYTES);
    }

    /**
     * What is wrong with budgets that were set, as a sentence; null when nothing is.
     *
     * @param ephemeralBytes 0 where no room is ephemeral
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
