package id.warung.log.postgres;

import id.warung.log.Hints;
import id.warung.pump.FatalErrors;
import id.warung.pump.Pump;
import java.lang.System.Logger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Listens to notifications, on a connection of its own, and connects again when that is lost, after a growing pause. Hints that were sent
 * meanwhile are lost: so there may be news anywhere.
 */
final class HintReceiver {
    private static final Logger LOG = System.getLogger(HintReceiver.class.getName());
    private static final int WAIT_MS = 1_000;
    private static final int PROBED_EVERY = 15; // silent waits
    private static final int PROBE_S = 5;
    private static final long SHORTEST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 10_000;

    private final String node;
    private final String channel;
    private final PostgresHints.Connecting connecting;
    private final PostgresHints.Unheard unheard;
    private final Hints.Listener listener;
    private final Pump pump;
    private volatile Connection connection; // written by the pump only
    private volatile boolean closed;
    private volatile String trouble;
    private Notifications notifications; // the pump's own, as are the next three
    private long pauseMs = SHORTEST_PAUSE_MS;
    private int silent;
    private boolean deaf; // it listens, and has not heard its own hint

    HintReceiver(
            String node,
            String channel,
            PostgresHints.Connecting connecting,
            PostgresHints.Unheard unheard,
            Hints.Listener listener,
            Executor executor) {
        this.node = node;
        this.channel = channel;
        this.connecting = connecting;
        this.unheard = unheard;
        this.listener = listener;
        this.pump = new Pump("receiver of hints", this::step, executor, 1);
    }

    void start() {
        pump.wake();
    }

    /** Why it does not listen now; null when it does. */
    String trouble() {
        return trouble;
    }

    void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        disconnect();
    }

    private Pump.Step step() {
        if (closed) {
            disconnect();
            return Pump.Step.IDLE;
        }
        try {
            if (connection == null) {
                connect();
            }
            receive();
        } catch (SQLException e) {
            lost(e);
        } catch (RuntimeException | Error e) {
            FatalErrors.report(e);
            lost(e);
        }
        return Pump.Step.AGAIN;
    }

    private void connect() throws SQLException {
        Connection made = connecting.open();
        connection = made;
        made.setAutoCommit(true);
        notifications = Notifications.of(made);
        try (Statement statement = made.createStatement()) {
            statement.execute("LISTEN " + channel);
        }
        silent = 0;
        unheard.listening();
        if (!deaf) {
            recovered();
        }
        listener.newsAnywhere();
    }

    private void recovered() {
        deaf = false;
        if (trouble != null) {
            LOG.log(Logger.Level.INFO, "Hints of other nodes arrive again");
            trouble = null;
        }
    }

    private void receive() throws SQLException {
        List<String> heard = notifications.await(WAIT_MS);
        if (!heard.isEmpty()) {
            silent = 0;
            pauseMs = SHORTEST_PAUSE_MS;
            recovered();
            heard.forEach(text -> take(HintText.decoded(text)));
        } else if (++silent % PROBED_EVERY == 0 && !connection.isValid(PROBE_S)) {
            throw new SQLException("The connection no longer answers.");
        }
        if (unheard.isOverdue()) {
            deaf = true;
            throw new SQLException(
                    "This node does not hear its own. If a pooler is in between, set WARUNG_DB_LISTEN to the database itself, or to none.");
        }
    }

    private void take(HintText hint) {
        if (hint.node().equals(node)) {
            unheard.heard(hint.number());
        } else if (hint.rooms().isEmpty()) {
            listener.newsAnywhere();
        } else {
            listener.news(hint.rooms());
        }
    }

    private void lost(Throwable failure) {
        disconnect();
        if (closed) {
            return;
        }
        if (trouble == null) {
            LOG.log(
                    Logger.Level.WARNING,
                    "Hints of other nodes do not arrive; their news comes a second later",
                    failure);
        }
        trouble = "Hints of other nodes do not arrive, and their news comes a second later: " + failure.getMessage();
        pause();
    }

    private synchronized void pause() {
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMs);
            for (long left = end - System.nanoTime(); left > 0 && !closed; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }

    /** Also ends a wait for notifications on another thread. */
    private void disconnect() {
        Connection its = connection;
        connection = null;
        if (its == null) {
            return;
        }
        try {
            its.abort(Runnable::run);
            its.close(); // for a pool, which only then takes it back
        } catch (SQLException e) {
            LOG.log(Logger.Level.DEBUG, "A connection for hints could not be closed", e);
        }
    }
}
