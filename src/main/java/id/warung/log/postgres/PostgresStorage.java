package id.warung.log.postgres;

import id.warung.log.Committer;
import id.warung.log.Directory;
import id.warung.log.Follower;
import id.warung.log.Hints;
import id.warung.log.Job;
import id.warung.log.Leases;
import id.warung.log.MessageLog;
import id.warung.log.RetentionPolicy;
import id.warung.log.SharedStorage;
import id.warung.log.Storage;
import id.warung.log.Trimmed;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Reply;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A storage of several nodes, in a schema of PostgreSQL: of all rooms except the ephemeral ones, or of these. */
public final class PostgresStorage implements Storage, SharedStorage {
    private static final Duration EPOCH = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FORGET = Duration.ofSeconds(20);
    private static final String CHANNEL = "warung";

    private final Connections connections; // null: another storage closes them
    private final Connections listening; // null: nobody listens
    private final PostgresEpoch epoch;
    private final PostgresLog log;
    private final PostgresDirectory directory;
    private final PostgresHints hints;
    private final PostgresLeases leases;
    private final List<Committer.Listener> listeners = new ArrayList<>();
    private final List<Job> jobs = new ArrayList<>();

    /**
     * The background work.
     *
     * @param index how long a new entry may wait for indexing
     * @param sweep how long deleted data may stay in the files
     * @param trim how often retention runs; null: never
     * @param hinting two threads of its own, which block
     */
    public record Background(
            Duration index,
            Duration sweep,
            Duration trim,
            Function<String, RetentionPolicy> kept,
            Trimmed trimmed,
            Executor hinting) {}

    private PostgresStorage(
            Connections connections,
            Connections listening,
            PostgresStorage durable,
            Schema schema,
            EntryCodec codec,
            Clock clock,
            Background background) {
        this.connections = connections;
        this.listening = listening;
        Connections its = connections == null ? durable.connections : connections;
        Transactions transactions = new Transactions(its, schema);
        this.epoch = durable == null ? new PostgresEpoch(schema) : durable.epoch;
        this.log = new PostgresLog(its, schema, epoch, codec, clock);
        this.directory = new PostgresDirectory(transactions);
        PostgresHints.Connecting listens = listening == null ? null : listening::get;
        this.hints =
                durable == null ? new PostgresHints(CHANNEL, its::get, listens, background.hinting()) : durable.hints;
        this.leases = durable == null ? new PostgresLeases(its::get, schema.name()) : durable.leases;
        PostgresIndexer indexer = new PostgresIndexer(transactions, codec, clock);
        this.listeners.add(indexer);
        jobs.add(new Job(
                "Messages could not be indexed for search; the next run tries again",
                background.index(),
                indexer::work));
        jobs.add(new Job(
                "Deleted messages may still be in the files; the next run tries again",
                background.sweep(),
                new PostgresErasure(transactions)::work));
    }

    /**
     * The storage over a database that need not be there yet: {@link #prepare} it before anything else. Closing it closes the connections.
     *
     * @param listening opens the connection for hints; null: this node only looks by itself
     */
    public static PostgresStorage over(
            Connections connections, Connections listening, EntryCodec codec, Clock clock, Background background) {
        PostgresStorage storage =
                new PostgresStorage(connections, listening, null, Schema.DURABLE, codec, clock, background);
        Transactions transactions = new Transactions(connections, Schema.DURABLE);
        if (background.trim() != null) {
            PostgresRetention retention =
                    new PostgresRetention(transactions, clock, background.kept(), background.trimmed());
            storage.jobs.add(new Job(
                    "Old messages could not be trimmed; the next run tries again", background.trim(), retention::work));
        }
        storage.jobs.add(new Job(
                "The database could not be asked whether it is the same; the next run tries again", EPOCH, () -> {
                    storage.log.checkEpoch();
                    return false;
                }));
        return storage;
    }

    /**
     * Makes or changes the tables if necessary. Call it until it succeeds. Blocks.
     *
     * @throws IOException with a sentence for the administrator
     */
    public void prepare() throws IOException {
        PostgresMigrations.run(connections);
        log.checkEpoch(); // it is known from here on
    }

    /** The storage over a database that is there; its tables are made or changed if necessary. */
    public static PostgresStorage open(
            Connections connections, Connections listening, EntryCodec codec, Clock clock, Background background)
            throws IOException {
        PostgresStorage storage = over(connections, listening, codec, clock, background);
        storage.prepare();
        return storage;
    }

    /** The same with neither hints nor retention, and with little work in the background. */
    public static PostgresStorage open(Connections connections, EntryCodec codec, Clock clock) throws IOException {
        Background little = new Background(
                SECOND, SECOND, null, room -> RetentionPolicy.EVERYTHING, (room, first) -> {}, Runnable::run);
        return open(connections, null, codec, clock, little);
    }

    /**
     * The storage of ephemeral rooms in the same database, over the same connections.
     *
     * @param maxEntries the most entries a room keeps
     * @param maxBytes about how many bytes all rooms together may have
     * @param often how often rooms are cut, and forgotten
     */
    public PostgresStorage ephemeral(
            EntryCodec codec, Clock clock, int maxEntries, long maxBytes, Duration often, Background background) {
        PostgresStorage storage = new PostgresStorage(null, null, this, Schema.EPHEMERAL, codec, clock, background);
        PostgresEphemeral limits = new PostgresEphemeral(
                new Transactions(connections, Schema.EPHEMERAL),
                clock,
                maxEntries,
                maxBytes,
                background.kept(),
                background.trimmed());
        Follower news = new Follower();
        storage.listeners.add(news);
        storage.jobs.add(new Job(
                "Ephemeral rooms could not be cut to their limits; the next run tries again",
                often,
                news.whenNotified(limits::trim)));
        storage.jobs.add(new Job(
                "Empty ephemeral rooms could not be forgotten; the next run tries again", FORGET, limits::forget));
        return storage;
    }

    /** The key that signs guests' tokens, the same on all nodes. Blocks. */
    public byte[] signingKey() throws IOException {
        try (Connection connection = connections.get()) {
            return PostgresMigrations.key(connection);
        } catch (SQLException e) {
            throw PostgresFailure.of(e);
        }
    }

    @Override
    public MessageLog log() {
        return log;
    }

    @Override
    public Directory directory() {
        return directory;
    }

    @Override
    public List<Committer.Listener> listeners() {
        return List.copyOf(listeners);
    }

    @Override
    public List<Job> jobs() {
        return List.copyOf(jobs);
    }

    @Override
    public Optional<SharedStorage> shared() {
        return Optional.of(this);
    }

    @Override
    public Map<String, Version> versions(Collection<String> rooms) throws IOException {
        return log.versions(rooms);
    }

    @Override
    public Map<String, List<Reply.Reads.Mark>> readsSince(Map<String, Long> versions) throws IOException {
        return log.readsSince(versions);
    }

    @Override
    public Hints hints() {
        return hints;
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public void onNewEpoch(Runnable listener) {
        epoch.onChange(listener);
    }

    @Override
    public String damage() {
        return null;
    }

    @Override
    public void close() {
        if (connections != null) {
            hints.close();
            connections.close();
        }
        if (listening != null) {
            listening.close();
        }
    }
}
