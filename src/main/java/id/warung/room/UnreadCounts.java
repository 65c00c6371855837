package id.warung.room;

import id.warung.protocol.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the owner of an inbox has not read in rooms that they do not read now: in the {@value #MAX_ROOMS} that changed last, each for
 * {@value #TIMES} snapshots, so that readers who miss some of them miss nothing. So a snapshot has at most about 15 KiB, and usually has what changed
 * within the last minute. {@link Presence} holds the lock.
 */
final class UnreadCounts extends SoftState {
    static final int MAX_ROOMS = 100;
    static final int TIMES = 12;

    private final String inbox;
    private final Map<String, Counted> counts = new LinkedHashMap<>(4); // by room, the latest last

    private record Counted(Reply.Unread.Count count, long version) {}

    UnreadCounts(String inbox, long publishedAt) {
        super(publishedAt);
        this.inbox = inbox;
    }

    void add(Collection<Reply.Unread.Count> news) {
        for (Reply.Unread.Count count : news) {
            counts.remove(count.room());
            counts.put(count.room(), new Counted(count, version()));
            if (counts.size() > MAX_ROOMS) {
                counts.remove(counts.keySet().iterator().next());
            }
            change();
        }
    }

    @Override
    Reply present() {
        counts.values().removeIf(counted -> version() - counted.version() >= TIMES);
        List<Reply.Unread.Count> rooms = new ArrayList<>();
        counts.values().forEach(counted -> rooms.add(counted.count()));
        return new Reply.Unread(inbox, rooms);
    }
}
