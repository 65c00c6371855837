package id.warung.app;

import id.warung.log.Job;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Opens the database that several nodes share as soon as it can be reached, and watches whether it still can. A node without it asks its
 * clients to leave, once in each outage, as another node may reach it. Run by one thread at a time; {@link #trouble} by any.
 */
final class DatabaseWatch implements Job.Work {
    /** How often to look. */
    static final Duration INTERVAL = Duration.ofSeconds(1);
    /** A shorter outage is none of the clients' business: a database that fails over is back by then. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(DatabaseWatch.class.getName());

    /** What is watched; both may block, for seconds. */
    interface Database {
        /** Makes everything ready; called until it succeeds. */
        void open() throws IOException;

        /** Succeeds when it can be used. */
        void check() throws IOException;
    }

    /** What follows from it; never blocks. */
    interface Node {
        /** It is there for the first time. */
        void opened();

        /** It has been away for a while. */
        void clientsShouldLeave();

        /** It is there again, after {@link #clientsShouldLeave}. */
        void clientsMayStay();
    }

    private final Database database;
    private final Node node;
    private final LongSupplier nanoTime;
    private volatile String trouble; // null: it is there
    private boolean opened;
    private boolean asked; // in this outage
    private long since;

    DatabaseWatch(Database database, Node node, LongSupplier nanoTime) {
        this.database = database;
        this.node = node;
        this.nanoTime = nanoTime;
    }

    /** The job that does it. */
    Job job() {
        return new Job("The database could not be watched; the next run tries again", INTERVAL, this);
    }

    /** Why the database cannot be used now, as a sentence; null when it can, as far as is known. */
    String trouble() {
        return trouble;
    }

    @Override
    public boolean runSlice() {
        try {
            if (opened) {
                database.check();
            } else {
                database.open();
            }
        } catch (IOException e) {
            away(e);
            return false;
        }
        there();
        return false;
    }

    private void away(IOException failure) {
        if (trouble == null) {
            since = nanoTime.getAsLong();
            LOG.log(
                    Logger.Level.ERROR,
                    opened
                            ? "The database is away: nothing can be written or read; acknowledged messages are safe"
                            : "Warung waits for its database",
                    failure);
        }
        trouble = failure.getMessage();
        if (opened && !asked && nanoTime.getAsLong() - since >= PATIENCE.toNanos()) {
            asked = true;
            node.clientsShouldLeave();
        }
    }

    private void there() {
        if (trouble != null) {
            trouble = null;
            LOG.log(Logger.Level.INFO, "The database is there" + (opened ? " again" : ""));
        }
        if (asked) {
            asked = false;
            node.clientsMayStay();
        }
        if (!opened) {
            opened = true;
            node.opened();
        }
    }
}
