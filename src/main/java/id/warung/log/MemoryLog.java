package id.warung.log;

import id.warung.protocol.EntryCodec;
import id.warung.pump.FatalErrors;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The log of ephemeral rooms: it keeps the latest entries of each room that somebody reads, and begins a new epoch
 * when the room is opened again, so that a client that was here before is told to reset. Thread-safe.
 */
public final class MemoryLog implements MessageLog {
    private static final System.Logger LOG = System.getLogger(MemoryLog.class.getName());

    private final EntryCodec codec;
    private final int maxEntriesPerRoom;
    private final Map<String, MemoryRoom> rooms = new ConcurrentHashMap<>();
    private final MemoryRoom nowhere; // what is read of a room that nobody is in: reading makes none
    private final Rules<RuntimeException> rules;

    public MemoryLog(EntryCodec codec, Clock clock, int maxEntriesPerRoom) {
        this.codec = codec;
        this.maxEntriesPerRoom = maxEntriesPerRoom;
        this.nowhere = new MemoryRoom("", codec, maxEntriesPerRoom);
        this.rules = new Rules<>(new MemoryStore(this::room), codec, clock);
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
        MemoryRoom room = room(draft.room());
        synchronized (room) {
            try {
                return rules.append(draft);
            } catch (RuntimeException | Error e) {
                FatalErrors.report(e);
                LOG.log(System.Logger.Level.ERROR, "A message could not be written", e);
                return new Outcome.Failed();
            }
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
    public Hits search(String room, String query, long before, int limit) {
        return rooms.getOrDefault(room, nowhere).search(SearchText.wordsOf(query), before, limit);
    }

    @Override
    public RoomState state(String room) {
        return room(room).state();
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

    private MemoryRoom room(String name) {
        return rooms.computeIfAbsent(name, n -> new MemoryRoom(n, codec, maxEntriesPerRoom));
    }
}
