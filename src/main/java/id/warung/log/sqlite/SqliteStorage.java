package id.warung.log.sqlite;

import id.warung.log.Committer;
import id.warung.log.Directory;
import id.warung.log.Follower;
import id.warung.log.Job;
import id.warung.log.MessageLog;
import id.warung.log.RetentionPolicy;
import id.warung.log.Storage;
import id.warung.log.Trimmed;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The storage of one node in an embedded database, in a folder. */
public final class SqliteStorage implements Storage {
    private final SqliteLog log;
    private final Directory directory;
    private final Follower index = new Follower();
    private final List<Job> jobs;

    /**
     * The background work of the storage.
     *
     * @param writing the executor of the log's writing thread
     * @param index how long a new entry may wait for indexing
     * @param sweep how long deleted data may stay in the files
     * @param trim how often retention runs; null: never
     */
    public record Background(
            Executor writing,
            Duration index,
            Duration sweep,
            Duration trim,
            Function<String, RetentionPolicy> kept,
            Trimmed trimmed) {}

    private SqliteStorage(SqliteLog log, Background background) {
        this.log = log;
        this.directory = log.directory();
        List<Job> all = new ArrayList<>();
        all.add(new Job(
                "Messages could not be indexed for search; the next run tries again",
                background.index(),
                index.whenNotified(() -> log.index(background.writing()))));
        all.add(new Job(
                "Deleted messages may still be in the files; the next run tries again", background.sweep(), () -> {
                    log.sweep(background.writing());
                    return false; // what a reader still uses is left for the next run
                }));
        if (background.trim() != null) {
            all.add(new Job("Old messages could not be trimmed; the next run tries again", background.trim(), () -> {
                boolean more = log.trim(background.kept(), background.writing(), background.trimmed()) > 0;
                index.wake(); // trimmed entries are removed from the index
                return more;
            }));
        }
        this.jobs = List.copyOf(all);
    }

    /**
     * Opens the database in a folder, creating it if necessary.
     *
     * @throws IOException with a sentence for the administrator
     */
    public static SqliteStorage open(Path folder, EntryCodec codec, Clock clock, Background background)
            throws IOException {
        return new SqliteStorage(SqliteLog.open(folder, codec, clock), background);
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
        return List.of(index);
    }

    @Override
    public List<Job> jobs() {
        return jobs;
    }

    @Override
    public String damage() {
        return log.damage();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
