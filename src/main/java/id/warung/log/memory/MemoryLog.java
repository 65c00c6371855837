package id.warung.log.memory;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.MessageLog;
import id.warung.log.Position;
import id.warung.log.RetentionPolicy;
import id.warung.log.RoomState;
import id.warung.log.SearchText;
import id.warung.log.Trimmed;
import id.warung.log.command.Decider;
import id.warung.protocol.EntryCodec;
import id.warung.pump.FatalErrors;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The log of ephemeral rooms: it keeps the latest entries of each room that has readers, and starts a new epoch when a
 * room is opened again, so that returning clients reset. Thread-safe.
 */
public final class MemoryLog implements MessageLog {
    private static final System.Logger LOG = System.getLogger(MemoryLog.class.getName());

    private static final long LONGEST_SEARCH_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final EntryCodec codec;
    private final Clock clock;
    private final int maxEntriesPerRoom;
    private final long maxBytes;
    private final Trimmed trimmed;
    private final AtomicLong usedBytes = new AtomicLong();
    private final Map<String, MemoryRoom> rooms = new ConcurrentHashMap<>();
    private final String nowhere = Position.newEpoch(); // of rooms without readers
    private final Decider decider;
    private final MemoryStore store;

    /**
     * Keeps about this many entries of each room, and this many bytes of all together.
     *
     * @param trimmed is told what has been dropped, on whatever thread that happens
     */
    public MemoryLog(EntryCodec codec, Clock clock, int maxEntriesPerRoom, long maxBytes, Trimmed trimmed) {
        this.codec = codec;
        this.clock = clock;
        this.maxEntriesPerRoom = maxEntriesPerRoom;
        this.maxBytes = maxBytes;
        this.trimmed = trimmed;
        this.decider = new Decider(codec, clock);
        this.store = new MemoryStore(this::room, this::peek);
    }

    @Override
    public List<AppendResult> append(List<AppendRequest> requests) {
        List<AppendResult> results = new ArrayList<>(requests.size());
        Set<String> unfinished = new HashSet<>(); // authors: their later requests wait
        for (AppendRequest request : requests) {
            AppendResult result = unfinished.contains(request.author().id())
                    ? new AppendResult.Unfinished(List.of())
                    : result(request);
            if (result instanceof AppendResult.Unfinished) {
                unfinished.add(request.author().id());
            }
            results.add(result);
        }
        return results;
    }

    /**
     * The result of one request. One that cannot be written fails alone: an exception would have the whole group written again, some of
     * it twice.
     */
    private AppendResult result(AppendRequest request) {
        MemoryRoom room = room(request.room());
        long first;
        AppendResult result;
        synchronized (room) {
            first = room.first();
            try {
                result = decider.append(List.of(request), store, store, true).get(0);
            } catch (RuntimeException | Error e) {
                FatalErrors.report(e);
                LOG.log(System.Logger.Level.ERROR, request.context().line("A message could not be written"), e);
                result = new AppendResult.Failed();
            }
        }
        notifyTrimmed(room, first);
        shrink();
        return result;
    }

    private void notifyTrimmed(MemoryRoom room, long firstBefore) {
        long first = room.first();
        if (first > firstBefore) {
            trimmed.trimmed(room.name(), first);
        }
    }

    /** Cuts the largest rooms until a quarter of the budget is free again. */
    private void shrink() {
        if (usedBytes.get() <= maxBytes) {
            return;
        }
        boolean more = true;
        while (more && usedBytes.get() > maxBytes / 4 * 3) {
            more = rooms.values().stream()
                    .max(Comparator.comparingLong(MemoryRoom::bytes))
                    .map(this::halve)
                    .orElse(false);
        }
    }

    private boolean halve(MemoryRoom room) {
        long first = room.first();
        boolean smaller = room.trimTo(room.bytes() / 2);
        notifyTrimmed(room, first);
        return smaller;
    }

    /** Drops what the rooms need not keep; {@code kept} gives the retention policy by name. */
    public void trim(Function<String, RetentionPolicy> kept) {
        for (MemoryRoom room : rooms.values()) {
            long first = room.first();
            room.trim(kept.apply(room.name()), clock.instant());
            notifyTrimmed(room, first);
        }
    }

    @Override
    public Page read(String room, long after, int limit, int maxBytes) {
        return readAfter(new PageRequest(room, null, limit, maxBytes), after);
    }

    @Override
    public Page readAfter(PageRequest page, long after) {
        MemoryRoom its = rooms.get(page.room());
        return its == null ? new Page(initial(page.room()), 1, List.of(), List.of()) : its.readAfter(page, after);
    }

    @Override
    public Page readBefore(PageRequest page, long before) {
        MemoryRoom its = rooms.get(page.room());
        return its == null ? new Page(initial(page.room()), 1, List.of(), List.of()) : its.readBefore(page, before);
    }

    @Override
    public Hits search(PageRequest page, String query, long before) {
        MemoryRoom its = rooms.get(page.room());
        return its == null
                ? new Hits(initial(page.room()), List.of(), List.of(), List.of(), false, false)
                : its.search(page, SearchText.wordsOf(query), before, System.nanoTime() + LONGEST_SEARCH_NANOS);
    }

    /** The state of a room without readers: reading does not create it. */
    private RoomState initial(String room) {
        return RoomState.initial(room, nowhere);
    }

    @Override
    public RoomState state(String room) {
        return room(room).state();
    }

    @Override
    public RoomState peek(String room) {
        MemoryRoom its = rooms.get(room);
        return its == null ? initial(room) : its.state();
    }

    @Override
    public void check() {
        // memory does not fail
    }

    @Override
    public void roomClosed(String room) {
        MemoryRoom closed = rooms.remove(room);
        if (closed != null) {
            closed.close();
        }
    }

    @Override
    public void close() {
        rooms.clear();
    }

    private MemoryRoom room(String name) {
        return rooms.computeIfAbsent(name, n -> new MemoryRoom(n, codec, maxEntriesPerRoom, usedBytes::addAndGet));
    }
}
