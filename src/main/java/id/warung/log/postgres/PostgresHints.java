package id.warung.log.postgres;

import id.warung.log.Hints;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * Hints by {@code LISTEN} and {@code NOTIFY}. They carry the name of the node that sent them: a node passes on what others sent, and knows by
 * its own that it hears.
 */
public final class PostgresHints implements Hints {
    /** Opens a connection, within seconds; the caller closes it. */
    @FunctionalInterface
    public interface Connecting {
        Connection open() throws SQLException;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String node = UUID.randomUUID().toString().substring(0, 8);
    private final String channel;
    private final Connecting listening;
    private final Executor executor;
    private final Unheard unheard;
    private final HintSender sender;
    private volatile HintReceiver receiver;

    /**
     * Creates them; nothing is opened before {@link #start}.
     *
     * @param channel what {@code NOTIFY} calls it: a simple name in lower case
     * @param sending opens a connection for one statement, as from a pool
     * @param listening opens the connection that listens, and is kept open: not through a pooler that shares it. Null: this node does not
     *     listen, and only looks by itself
     * @param executor with two threads of its own, which block
     */
    public PostgresHints(String channel, Connecting sending, Connecting listening, Executor executor) {
        this(channel, sending, listening, executor, PATIENCE);
    }

    /** {@code patience} is how long its own hint may take. */
    PostgresHints(String channel, Connecting sending, Connecting listening, Executor executor, Duration patience) {
        this.unheard = new Unheard(patience.toNanos());
        this.channel = channel;
        this.listening = listening;
        this.executor = executor;
        this.sender = new HintSender(node, channel, sending, unheard, executor);
    }

    @Override
    public void start(Listener listener) {
        if (listening != null) {
            receiver = new HintReceiver(node, channel, listening, unheard, listener, executor);
            receiver.start();
        }
    }

    @Override
    public void send(Collection<String> rooms) {
        sender.send(rooms);
    }

    @Override
    public String trouble() {
        HintReceiver its = receiver;
        return its == null ? null : its.trouble();
    }

    @Override
    public void close() {
        sender.close();
        HintReceiver its = receiver;
        if (its != null) {
            its.close();
        }
    }

    /** The latest own hint, as far as this node has not heard it. Thread-safe. */
    static final class Unheard {
        private final long patienceNanos;
        private long number; // 0: none
        private long since;

        Unheard(long patienceNanos) {
            this.patienceNanos = patienceNanos;
        }

        synchronized void sent(long hint) {
            if (number == 0) {
                since = System.nanoTime();
            }
            number = hint;
        }

        synchronized void heard(long hint) {
            since = System.nanoTime();
            if (hint >= number) {
                number = 0;
            }
        }

        /** Begins anew, on a new connection. */
        synchronized void listening() {
            number = 0;
        }

        synchronized boolean isOverdue() {
            return number != 0 && System.nanoTime() - since > patienceNanos;
        }
    }
}
