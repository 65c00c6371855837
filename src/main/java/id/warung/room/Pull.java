package id.warung.room;

import id.warung.log.MessageLog;
import id.warung.logging.LogContext;
import id.warung.pump.FatalErrors;
import id.warung.pump.Pump;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Reads what a room lacks from its log, in order, a page at a time: what other nodes have written, and what this node has written
 * without knowing. Any thread may ask; one at a time reads, on an executor that may block. If the log cannot be read, the room's next
 * tick asks again.
 */
final class Pull {
    private static final Logger LOG = System.getLogger(Pull.class.getName());
    private static final int PAGE_BYTES = 1024 * 1024;

    private final Room room;
    private final MessageLog log;
    private final Pump pump;
    private boolean asked; // whether there may be more; under the lock
    private long known; // the log goes at least so far; under the lock
    private List<CompletableFuture<Room>> waiting = List.of(); // under the lock
    private boolean failing; // the pump's own

    Pull(Room room, MessageLog log, Executor blocking) {
        this.room = room;
        this.log = log;
        this.pump = new Pump(this, this::step, blocking, 1);
    }

    /** There may be more in the log. */
    void ask() {
        synchronized (this) {
            asked = true;
        }
        pump.wake();
    }

    /** The log goes at least as far as this seq. */
    void reaches(long seq) {
        synchronized (this) {
            known = Math.max(known, seq);
        }
        retry();
    }

    /** Completes once the room has everything that is in the log now; fails when the log cannot be read. */
    CompletionStage<Room> whole() {
        CompletableFuture<Room> whole = new CompletableFuture<>();
        await(List.of(whole));
        pump.wake();
        return whole;
    }

    /** Whether there is more to read, or may be. */
    synchronized boolean isBehind() {
        return asked || known > room.head();
    }

    /** Reads if there is more, also after a failure. */
    void retry() {
        if (isBehind()) {
            pump.wake();
        }
    }

    private synchronized void await(List<CompletableFuture<Room>> more) {
        List<CompletableFuture<Room>> all = new ArrayList<>(waiting);
        all.addAll(more);
        waiting = all;
        asked = true;
    }

    private synchronized List<CompletableFuture<Room>> begin() {
        List<CompletableFuture<Room>> now = waiting;
        waiting = List.of();
        asked = false;
        return now;
    }

    private Pump.Step step() {
        if (!isBehind()) {
            return Pump.Step.IDLE;
        }
        List<CompletableFuture<Room>> forThese = begin();
        try {
            long before = room.head();
            MessageLog.Page page = log.read(room.name(), before, Block.ENTRIES, PAGE_BYTES);
            room.onRead(before, page);
            failing = false;
            if (before < room.head() && room.head() < page.head().seq()) {
                await(forThese);
                return Pump.Step.AGAIN;
            }
            forThese.forEach(whole -> whole.complete(room));
        } catch (IOException | RuntimeException | Error e) {
            FatalErrors.report(e);
            failed(e);
            forThese.forEach(whole -> whole.completeExceptionally(e));
        }
        return Pump.Step.IDLE;
    }

    private void failed(Throwable failure) {
        if (!failing) {
            LOG.log(
                    Logger.Level.ERROR,
                    LogContext.NONE.withRoom(room.name()).line("A room could not be read"),
                    failure);
        }
        failing = true;
        await(List.of());
        room.tickLater();
    }

    /** Identifies this pump in the log. */
    @Override
    public String toString() {
        return LogContext.NONE.withRoom(room.name()).line("pull");
    }
}
