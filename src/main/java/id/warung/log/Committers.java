package id.warung.log;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The committers of one log: each room has one of them, by its name, so that several groups are written at a time. A room that somebody else
 * has locked is written by one more, and delays no other. Thread-safe.
 */
public final class Committers {
    private final List<Committer> all;
    private final LockedRooms locked; // null: no room is ever locked by anybody else

    /**
     * Creates several committers.
     *
     * @param count how many; more than one only if the log may be written by several threads
     * @param listeners gives each committer its own
     * @param executor may block; it should have this many threads, and run nothing else
     */
    public Committers(int count, MessageLog log, Supplier<List<Committer.Listener>> listeners, Executor executor) {
        this.all = IntStream.range(0, count)
                .mapToObj(n -> new Committer(log, listeners.get(), executor))
                .toList();
        this.locked = null;
    }

    /**
     * Creates several committers of a log that others may write too.
     *
     * @param waiting one thread of its own, which waits for rooms that others have locked
     */
    public Committers(
            int count,
            MessageLog log,
            Supplier<List<Committer.Listener>> listeners,
            Executor executor,
            Executor waiting) {
        this.locked = new LockedRooms(new Committer(log, listeners.get(), waiting));
        this.all = IntStream.range(0, count)
                .mapToObj(n -> new Committer(log, listeners.get(), executor, locked))
                .toList();
    }

    /** Has one committer. */
    public Committers(Committer only) {
        this.all = List.of(only);
        this.locked = null;
    }

    /** Adds an append request. Those of a room are executed in this order. Callers limit how much may wait. */
    public void offer(AppendRequest request) {
        all.get(Math.floorMod(request.room().hashCode(), all.size())).offer(request);
    }

    /** In the order in which requests go from one to another. */
    private Stream<Committer> withWaiting() {
        return locked == null ? all.stream() : Stream.concat(all.stream(), Stream.of(locked.committer()));
    }

    /** Waits until everything offered has been settled, at most this long; returns whether it has. */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        boolean idle = true;
        for (Committer committer : withWaiting().toList()) {
            idle &= committer.awaitIdle(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        return idle;
    }

    /** Why something cannot be written now, as a sentence; null when writing works. */
    public String trouble() {
        return withWaiting()
                .map(Committer::trouble)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Checks whether failures are over. Returns at once. */
    public void checkTrouble() {
        withWaiting().forEach(Committer::checkTrouble);
    }
}
