package id.warung.log.postgres;

import id.warung.pump.Pump;
import java.lang.System.Logger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Sends a node's hints as notifications, in no transaction of the log: a commit with a notification waits for all others that have one.
 * While a hint is being sent, and for {@value #PAUSE_MS} ms after it, the next one gathers. A hint that cannot be sent is lost.
 */
final class HintSender {
    private static final Logger LOG = System.getLogger(HintSender.class.getName());
    private static final long PAUSE_MS = 10;

    private final String node;
    private final String channel;
    private final PostgresHints.Connecting connecting;
    private final PostgresHints.Unheard unheard;
    private final Pump pump;
    private Set<String> waiting = new LinkedHashSet<>(); // under the lock
    private boolean closed; // under the lock
    private long sentAt =
            System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PAUSE_MS); // the pump's own, as are the next two
    private long number;
    private boolean failing;

    HintSender(
            String node,
            String channel,
            PostgresHints.Connecting connecting,
            PostgresHints.Unheard unheard,
            Executor executor) {
        this.node = node;
        this.channel = channel;
        this.connecting = connecting;
        this.unheard = unheard;
        this.pump = new Pump("sender of hints", this::step, executor, 1);
    }

    void send(Collection<String> rooms) {
        if (rooms.isEmpty()) {
            return;
        }
        synchronized (this) {
            waiting.addAll(rooms);
        }
        pump.wake();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private Pump.Step step() {
        Set<String> rooms = next();
        if (rooms.isEmpty()) {
            return Pump.Step.IDLE;
        }
        String payload = HintText.of(node, ++number, rooms).encoded();
        try (Connection connection = connecting.open();
                PreparedStatement statement = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
            statement.setString(1, channel);
            statement.setString(2, payload);
            unheard.sent(number);
            statement.execute();
            failing = false;
        } catch (SQLException e) {
            unheard.heard(number); // nobody can hear it
            if (!failing) {
                LOG.log(Logger.Level.WARNING, "Hints cannot be sent; other nodes see news a second later", e);
            }
            failing = true;
        }
        sentAt = System.nanoTime();
        return Pump.Step.AGAIN;
    }

    /** Takes what waits, after the pause; nothing once it is closed. */
    private synchronized Set<String> next() {
        try {
            long end = sentAt + TimeUnit.MILLISECONDS.toNanos(PAUSE_MS);
            for (long left = end - System.nanoTime();
                    left > 0 && !closed && !waiting.isEmpty();
                    left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
        if (closed) {
            return Set.of();
        }
        Set<String> now = waiting;
        waiting = new LinkedHashSet<>();
        return now;
    }
}
