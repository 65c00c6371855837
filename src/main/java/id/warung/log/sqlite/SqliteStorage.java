package id.warung.log.sqlite;

import id.warung.log.Committer;
import id.warung.log.Directory;
import id.warung.log.Follower;
import id.warung.log.Job;
import id.warung.log.Keep;
import id.warung.log.MessageLog;
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

/** The embedded database of one node, in a folder. */
public final class SqliteStorage implements Storage {
    private final SqliteLog log;
    private final Directory directory;
    private final Follower index = new Follower();
    private final List<Job> jobs;

    /**
     * What it does in the background.
     *
     * @param writing runs what is written: the log's own thread
     * @param index between what is said and that it can be found
     * @param sweep between what is deleted and that it is gone from the files
     * @param trim between two looks at what need not be kept; null: everything is
     */
    public record Background(
            Executor writing,
            Duration index,
            Duration sweep,
            Duration trim,
            Function<String, Keep> kept,
            Trimmed trimmed) {}

    private SqliteStorage(SqliteLog log, Background background) {
        this.log = log;
        this.directory = log.directory();
        List<Job> all = new ArrayList<>();
        all.add(new Job(
                "Messages could not be indexed for search; the next run tries again",
                background.index(),
                index.when(() -> log.index(background.writing()))));
        all.add(new Job("Deleted messages may still be in the files; the next run tries again", background.sweep(), () -> {
            log.sweep(background.writing());
            return false; // where somebody still reads it, that is for the next time
        }));
        if (background.trim() != null) {
            all.add(new Job("Old messages could not be trimmed; the next run tries again", background.trim(), () -> {
                boolean more = log.trim(background.kept(), background.writing(), background.trimmed()) > 0;
                index.wake(); // what has gone is taken out of it
                return more;
            }));
        }
        this.jobs = List.copyOf(all);
    }

    /**
     * Opens the database in a folder, or makes it.
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
