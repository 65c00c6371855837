package id.warung.log;

import id.warung.protocol.Codec;
import java.lang.System.Logger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The log of ephemeral rooms: it keeps the latest entries of each room that somebody reads, and begins a new epoch
 * when the room is opened again, so that a client that was here before is told to reset. Thread-safe.
 */
public final class MemoryLog implements MessageLog {
    private static final Logger LOG = System.getLogger(MemoryLog.class.getName());

    private final Codec codec;
    private final Clock clock;
    private final int maxEntriesPerRoom;
    private final Map<String, RoomLog> rooms = new ConcurrentHashMap<>();
    private final RoomLog nowhere = new RoomLog(); // what is read of a room that nobody is in: reading makes none

    public MemoryLog(Codec codec, Clock clock, int maxEntriesPerRoom) {
        this.codec = codec;
        this.clock = clock;
        this.maxEntriesPerRoom = maxEntriesPerRoom;
    }

    @Override
    public List<Outcome> append(List<Draft> drafts) {
        List<Outcome> outcomes = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            outcomes.add(outcome(draft));
        }
        return outcomes;
    }

    /** What cannot be written fails alone: an exception would have the whole group written again, some of it twice. */
    private Outcome outcome(Draft draft) {
        try {
            return room(draft.room()).append(draft);
        } catch (RuntimeException | Error e) {
            LOG.log(Logger.Level.ERROR, "A message could not be written", e);
            return new Outcome.Failed();
        }
    }

    @Override
    public Page read(String room, long after, int limit) {
        return rooms.getOrDefault(room, nowhere).read(after + 1, limit);
    }

    @Override
    public Page readBefore(String room, long before, int limit) {
        return rooms.getOrDefault(room, nowhere).readBefore(before, limit);
    }

    @Override
    public Position head(String room) {
        return room(room).position();
    }

    @Override
    public void check() {
        // memory does not fail
    }

    @Override
    public void roomClosed(String room) {
        rooms.remove(room);
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
        private final String epoch = "e-" + UUID.randomUUID().toString().substring(0, 8);
        private long first = 1;

        synchronized Position position() {
            return new Position(epoch, head());
        }

        private long head() {
            return first + entries.size() - 1;
        }

        synchronized Outcome append(Draft draft) {
            Key key = draft.id() == null ? null : new Key(draft.author().id(), draft.id());
            Entry earlier = key == null ? null : byId.get(key);
            if (earlier != null) {
                return codec.textOf(earlier.json()).equals(draft.text())
                        ? new Outcome.Duplicate(earlier.seq())
                        : new Outcome.Conflict();
            }
            long seq = head() + 1;
            byte[] json =
                    codec.encodeMessage(draft.room(), seq, clock.instant(), draft.author(), draft.id(), draft.text());
            Entry entry = new Entry(seq, draft.author().id(), json);
            entries.add(entry);
            if (key != null) {
                byId.put(key, entry);
            }
            if (entries.size() > maxEntriesPerRoom + maxEntriesPerRoom / 4) {
                trim(entries.size() - maxEntriesPerRoom);
            }
            return new Outcome.Committed(entry);
        }

        synchronized Page read(long from, int limit) {
            int start = index(from);
            int end = start + Math.min(limit, entries.size() - start);
            return new Page(position(), first, List.copyOf(entries.subList(start, end)));
        }

        synchronized Page readBefore(long before, int limit) {
            int end = index(before);
            int start = Math.max(end - limit, 0);
            return new Page(position(), first, List.copyOf(entries.subList(start, end)));
        }

        private int index(long seq) {
            return (int) Math.max(0, Math.min(seq - first, entries.size()));
        }

        private void trim(int count) {
            entries.subList(0, count).clear();
            first += count;
            byId.values().removeIf(entry -> entry.seq() < first);
        }
    }
}
