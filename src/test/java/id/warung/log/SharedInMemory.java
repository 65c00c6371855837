package id.warung.log;

import id.warung.protocol.Reply;
import id.warung.protocol.RoomName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Offers several nodes of a test one log. Not thread-safe. */
public final class SharedInMemory implements SharedStorage {
    private final MessageLog log;
    private final List<Runnable> onNewEpoch = new ArrayList<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, List<Reply.Reads.Mark>> reads = new HashMap<>(); // by inbox; the n-th has version n
    private final List<Collection<String>> asked = new ArrayList<>();
    private Runnable beforeQuery = () -> {};
    private boolean failsNext;

    public SharedInMemory(MessageLog log) {
        this.log = log;
    }

    /** Marks how far a user has read, as another node would. */
    public void mark(String userId, Reply.Reads.Mark mark) {
        reads.computeIfAbsent(RoomName.inboxOf(userId), inbox -> new ArrayList<>())
                .add(mark);
        change(RoomName.inboxOf(userId));
    }

    /** Something of the room has changed. */
    public void change(String room) {
        versions.merge(room, 1L, Long::sum);
    }

    /** Begins a new epoch, as if the database had been restored. */
    public void beginEpoch() {
        onNewEpoch.forEach(Runnable::run);
    }

    /** The rooms of each query. */
    public List<Collection<String>> asked() {
        return asked;
    }

    /** Runs before each query; may throw. */
    public void beforeQuery(Runnable script) {
        beforeQuery = script;
    }

    /** The next query for read marks fails. */
    public void failNextReads() {
        failsNext = true;
    }

    @Override
    public Map<String, Version> versions(Collection<String> rooms) throws IOException {
        asked.add(rooms);
        beforeQuery.run();
        Map<String, Version> found = new HashMap<>();
        for (String room : rooms) {
            MessageLog.Page page = log.readBefore(room, Long.MAX_VALUE, 1);
            if (page.state().exists() || versions.containsKey(room)) {
                long version = page.first() + versions.getOrDefault(room, 0L);
                found.put(room, new Version(page.head().seq(), version));
            }
        }
        return found;
    }

    @Override
    public Map<String, List<Reply.Reads.Mark>> readsSince(Map<String, Long> since) throws IOException {
        if (failsNext) {
            failsNext = false;
            throw new IOException("away");
        }
        Map<String, List<Reply.Reads.Mark>> found = new HashMap<>();
        since.forEach((inbox, version) -> {
            List<Reply.Reads.Mark> all = reads.getOrDefault(inbox, List.of());
            found.put(inbox, all.subList((int) Math.max(0, Math.min(all.size(), version - 1)), all.size()));
        });
        return found;
    }

    @Override
    public Hints hints() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Leases leases() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onNewEpoch(Runnable listener) {
        onNewEpoch.add(listener);
    }
}
