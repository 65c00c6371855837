package id.warung.log;

import id.warung.protocol.Codec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A log that lives as long as the process and keeps the latest entries of each room. Each start begins a new epoch, so a
 * client that was here before is told to reset. Thread-safe.
 */
public final class MemoryLog implements MessageLog {
    private final Codec codec;
    private final Clock clock;
    private final int maxEntriesPerRoom;
    private final String epoch = "e-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, RoomLog> rooms = new ConcurrentHashMap<>();

    public MemoryLog(Codec codec, Clock clock, int maxEntriesPerRoom) {
        this.codec = codec;
        this.clock = clock;
        this.maxEntriesPerRoom = maxEntriesPerRoom;
    }

    @Override
    public List<Outcome> append(List<Draft> drafts) {
        List<Outcome> outcomes = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            outcomes.add(room(draft.room()).append(draft));
        }
        return outcomes;
    }

    @Override
    public Page read(String room, long after, int limit) {
        return room(room).read(after, limit);
    }

    @Override
    public Position head(String room) {
        return new Position(epoch, room(room).head());
    }

    @Override
    public void close() {
        rooms.clear();
    }

    private RoomLog room(String name) {
        return rooms.computeIfAbsent(name, n -> new RoomLog());
    }

    private record Key(String authorId, String id) {}

    private final class RoomLog {
        private final List<Entry> entries = new ArrayList<>();
        private final Map<Key, Entry> byId = new HashMap<>();
        private long first = 1;

        synchronized long head() {
            return first + entries.size() - 1;
        }

        synchronized Outcome append(Draft draft) {
            Key key = draft.id() == null ? null : new Key(draft.author().id(), draft.id());
            Entry earlier = key == null ? null : byId.get(key);
            if (earlier != null) {
                return earlier.text().equals(draft.text())
                        ? new Outcome.Duplicate(earlier.seq())
                        : new Outcome.Conflict();
            }
            long seq = head() + 1;
            byte[] json =
                    codec.encodeMessage(draft.room(), seq, clock.instant(), draft.author(), draft.id(), draft.text());
            Entry entry = new Entry(seq, draft.author().id(), draft.text(), json);
            entries.add(entry);
            if (key != null) {
                byId.put(key, entry);
            }
            if (entries.size() > maxEntriesPerRoom + maxEntriesPerRoom / 4) {
                trim(entries.size() - maxEntriesPerRoom);
            }
            return new Outcome.Committed(entry);
        }

        synchronized Page read(long after, int limit) {
            long from = Math.max(after + 1, first);
            int start = (int) Math.min(from - first, entries.size());
            int end = Math.min(start + limit, entries.size());
            return new Page(from, List.copyOf(entries.subList(start, end)));
        }

        private void trim(int count) {
            entries.subList(0, count).clear();
            first += count;
            byId.values().removeIf(entry -> entry.seq() < first);
        }
    }
}
