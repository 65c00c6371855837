package id.warung.log;

import id.warung.logging.LogContext;
import id.warung.pump.FatalErrors;
import id.warung.pump.Pump;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Writes append requests in groups: while one group is being written the next gathers, so the batch size follows the load and nobody
 * waits for a timer. All sources take turns. Any thread may call {@link #offer}; callbacks run on the executor's threads.
 */
public final class Committer {
    /** Receives what was committed, to pass it to the readers. Called on the committer's thread; must not block or throw. */
    public interface Listener {
        /** An entry was committed. Called in the order of seq in each room, and before the callback of its request. */
        void onCommitted(CommittedEntry written);

        /** The group is complete: time to notify the readers, once. */
        void onGroupCommitted();
    }

    private static final Logger LOG = System.getLogger(Committer.class.getName());
    private static final int MAX_GROUP = 200;
    // of one source per group, while other sources write too: newcomers wait for the whole group
    private static final int MAX_TURNS = 8;
    private static final int MAX_GROUP_BYTES = 256 * 1024; // newcomers wait for the group that is being written

    private final MessageLog log;
    private final List<Listener> listeners;
    private final LockedRooms locked; // null: this one waits for locked rooms
    private final Pump pump;
    private final FairQueue waiting = new FairQueue();
    private long unsettled; // waiting, or being written
    private volatile String trouble;

    /**
     * Creates a committer. The listeners receive each group one after the other. The executor may block: it runs the
     * log's writing, and should run nothing else.
     */
    public Committer(MessageLog log, List<Listener> listeners, Executor executor) {
        this(log, listeners, executor, null);
    }

    /** Creates a committer that leaves requests of locked rooms to another. */
    Committer(MessageLog log, List<Listener> listeners, Executor executor, LockedRooms locked) {
        this.locked = locked;
        this.log = log;
        this.listeners = List.copyOf(listeners);
        this.pump = new Pump("committer of " + log.getClass().getSimpleName(), this::commit, executor);
    }

    /** Creates a committer with one listener. */
    public Committer(MessageLog log, Listener listener, Executor executor) {
        this(log, List.of(listener), executor);
    }

    /** Adds an append request. Callers limit how much may wait. */
    public void offer(AppendRequest request) {
        synchronized (waiting) {
            unsettled++;
            waiting.add(request);
        }
        pump.wake();
    }

    /** Whether everything offered has been settled. */
    public boolean isIdle() {
        synchronized (waiting) {
            return unsettled == 0;
        }
    }

    /** Waits until everything offered has been settled, at most this long; returns whether it has. */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (waiting) {
            for (long left = atMost.toNanos(); unsettled > 0 && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(waiting, left);
            }
            return unsettled == 0;
        }
    }

    /** Why nothing can be written now, as a sentence; null when writing works. */
    public String trouble() {
        return trouble;
    }

    /** Checks whether a failure is over. Returns at once. */
    public void checkTrouble() {
        if (trouble != null) {
            pump.wake();
        }
    }

    private Pump.Step commit() {
        List<AppendRequest> group = nextGroup();
        if (group.isEmpty()) {
            synchronized (waiting) {
                if (!waiting.isEmpty()) { // all turns of this group went to locked rooms
                    return Pump.Step.AGAIN;
                }
            }
            if (trouble != null) {
                check();
            }
            return Pump.Step.IDLE;
        }
        List<AppendResult> results = append(group);
        settle(group, results);
        for (int i = 0; i < group.size(); i++) {
            if (results.get(i) instanceof AppendResult.Locked) {
                locked.add(group.get(i));
            }
        }
        synchronized (waiting) {
            for (int i = group.size() - 1; i >= 0; i--) {
                if (results.get(i) instanceof AppendResult.Unfinished) {
                    waiting.putBack(group.get(i));
                } else {
                    unsettled--;
                }
            }
            if (unsettled == 0) {
                waiting.notifyAll();
            }
        }
        return Pump.Step.AGAIN;
    }

    private List<AppendRequest> nextGroup() {
        synchronized (waiting) {
            List<AppendRequest> group = new ArrayList<>((int) Math.min(MAX_GROUP, unsettled));
            int costBytes = 0;
            waiting.beginGroup();
            int maxTurns = waiting.isShared() ? MAX_TURNS : MAX_GROUP;
            while (group.size() < MAX_GROUP && costBytes < MAX_GROUP_BYTES) {
                AppendRequest request = waiting.poll(maxTurns);
                if (request == null) {
                    break;
                }
                if (locked != null && locked.takes(request)) {
                    unsettled--;
                    waiting.notifyAll();
                } else {
                    costBytes += request.costBytes();
                    group.add(request);
                }
            }
            return group;
        }
    }

    /**
     * Writes a group. If the storage fails, the whole group fails, to be sent again; if the group itself is to blame,
     * it is split, so that one bad request fails alone.
     */
    private List<AppendResult> append(List<AppendRequest> group) {
        try {
            List<AppendResult> results = locked == null ? log.append(group) : log.appendUnlocked(group);
            recovered();
            return results;
        } catch (IOException e) {
            failed(e);
            return Collections.nCopies(group.size(), new AppendResult.Failed());
        } catch (RuntimeException | Error e) { // whatever it is, later requests must be written
            FatalErrors.report(e);
            if (group.size() == 1) {
                LOG.log(Logger.Level.ERROR, group.get(0).context().line("A message could not be written"), e);
                return List.of(new AppendResult.Failed());
            }
            int half = group.size() / 2;
            return inTwo(group.subList(0, half), group.subList(half, group.size()));
        }
    }

    /**
     * Writes the group in two halves. Requests of an author after an unfinished one wait for it, also across the halves; and so do requests
     * of a room after it was found locked.
     */
    private List<AppendResult> inTwo(List<AppendRequest> former, List<AppendRequest> latter) {
        List<AppendResult> results = new ArrayList<>(append(former));
        Set<String> unfinished = new HashSet<>();
        Set<String> lockedRooms = new HashSet<>();
        for (int i = 0; i < former.size(); i++) {
            if (results.get(i) instanceof AppendResult.Unfinished) {
                unfinished.add(former.get(i).author().id());
            } else if (results.get(i) instanceof AppendResult.Locked) {
                lockedRooms.add(former.get(i).room());
            }
        }
        List<AppendResult> later = new ArrayList<>(); // null: to be written now
        for (AppendRequest request : latter) {
            later.add(
                    lockedRooms.contains(request.room())
                            ? new AppendResult.Locked()
                            : unfinished.contains(request.author().id())
                                    ? new AppendResult.Unfinished(List.of())
                                    : null);
        }
        List<AppendRequest> now = IntStream.range(0, latter.size())
                .filter(i -> later.get(i) == null)
                .mapToObj(latter::get)
                .toList();
        Iterator<AppendResult> next = (now.isEmpty() ? List.<AppendResult>of() : append(now)).iterator();
        later.replaceAll(result -> result == null ? next.next() : result);
        results.addAll(later);
        return results;
    }

    private void check() {
        try {
            log.check();
            recovered();
        } catch (IOException e) {
            failed(e);
        } catch (RuntimeException | Error e) {
            FatalErrors.report(e);
            LOG.log(Logger.Level.ERROR, "The storage could not be probed; it is probed again in a moment", e);
        }
    }

    private void failed(IOException failure) {
        if (trouble == null) {
            LOG.log(Logger.Level.ERROR, "Messages cannot be written now; acknowledged ones are safe", failure);
        }
        trouble = failure.getMessage();
    }

    private void recovered() {
        if (trouble != null) {
            LOG.log(Logger.Level.INFO, "Messages can be written again");
            trouble = null;
        }
    }

    private void settle(List<AppendRequest> group, List<AppendResult> results) {
        Runnable[] afterwards = new Runnable[group.size()];
        for (int i = 0; i < group.size(); i++) {
            int index = i;
            AppendRequest request = group.get(i);
            AppendResult result = results.get(i);
            afterwards[i] = AppendCallback.NOTHING; // for requests that are not settled, and callbacks that threw
            if (result instanceof AppendResult.Committed committed) {
                notifyAboutOne(request, committed.written());
            }
            if (result instanceof AppendResult.Unfinished unfinished) {
                notifyAboutOne(request, unfinished.written());
            } else if (!(result instanceof AppendResult.Locked)) {
                notifyAboutOne(
                        request, () -> afterwards[index] = request.callback().settled(result));
            }
        }
        listeners.forEach(listener -> notifyAboutOne(null, listener::onGroupCommitted));
        for (int i = 0; i < group.size(); i++) {
            notifyAboutOne(group.get(i), afterwards[i]);
        }
    }

    private void notifyAboutOne(AppendRequest request, List<CommittedEntry> news) {
        for (CommittedEntry written : news) {
            listeners.forEach(listener -> notifyAboutOne(request, () -> listener.onCommitted(written)));
        }
    }

    /** Runs a callback; a failure must not keep the others from being called. */
    private static void notifyAboutOne(AppendRequest request, Runnable news) {
        try {
            news.run();
        } catch (RuntimeException | Error e) {
            FatalErrors.report(e);
            LOG.log(
                    Logger.Level.ERROR,
                    (request == null ? LogContext.NONE : request.context()).line("A commit callback failed"),
                    e);
        }
    }
}
