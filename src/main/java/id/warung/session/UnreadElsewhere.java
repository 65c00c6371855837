package id.warung.session;

import id.warung.log.Directory;
import id.warung.protocol.Reply;
import id.warung.protocol.RoomName;
import id.warung.pump.FatalErrors;
import id.warung.pump.Pump;
import id.warung.room.RoomRegistry;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells users who read as many rooms as clients do at a time, through their inbox, what is unread in the other rooms that they are in.
 * Looks every five seconds how far the rooms of all these users are, in one query, and counts in those that have changed; nothing is asked while there
 * are no such users. Thread-safe; never blocks its caller.
 *
 * <p>What it costs is bounded: it takes one part in {@value #SHARE} of one thread's time, and looks more rarely when that takes longer than
 * five seconds. It compares at most {@value #MOST_ROOMS} rooms, those that were written last, and asks about {@value #PAIRS} pairs of a user and a room at a
 * time. The inbox bounds what is sent.
 */
public final class UnreadElsewhere {
    private static final Logger LOG = System.getLogger(UnreadElsewhere.class.getName());
    private static final int MANY_ROOMS = 90; // clients leave some of the 100 that they join
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int SHARE = 20;
    private static final int MOST_ROOMS = 10_000;
    private static final int PAIRS = 2_000;
    private static final int NEWCOMERS = 50; // with whom one look begins
    private static final int TOLD_NEWCOMERS = 100; // rooms

    private final UserSessions users;
    private final RoomRegistry rooms;
    private final Directory directory;
    private final int manyRooms;
    private final LongSupplier clock;
    private final Pump pump;
    // the pump's own, except for the last
    private final Set<String> watched = new HashSet<>(); // ids of users who know what was unread at the last look
    private final Map<String, Long> heads = new HashMap<>(); // at the last look
    private List<String> changed = List.of(); // at the last look
    private final Deque<String> toAsk = new ArrayDeque<>(); // users for whom that is still to be counted
    private final Deque<String> toBegin = new ArrayDeque<>(); // users whose first look that was
    private long took;
    private boolean failing;
    private volatile long due;

    /**
     * Creates it; nothing happens before the first {@link #tick}.
     *
     * @param mostRooms how many rooms a session may read
     * @param reading reads the directory; may block
     * @param clock monotonic, in nanoseconds
     */
    public UnreadElsewhere(
            UserSessions users,
            RoomRegistry rooms,
            Directory directory,
            int mostRooms,
            Executor reading,
            LongSupplier clock) {
        this.users = users;
        this.rooms = rooms;
        this.directory = directory;
        this.manyRooms = Math.min(MANY_ROOMS, mostRooms);
        this.clock = clock;
        this.pump = new Pump("unread elsewhere", this::step, reading, 1);
        this.due = clock.getAsLong();
    }

    /** Looks if it is time. Call it about once a second. */
    public void tick() {
        if (clock.getAsLong() - due >= 0) {
            pump.wake();
        }
    }

    private Pump.Step step() {
        long begin = clock.getAsLong();
        if (isDone() && begin - due < 0) {
            return Pump.Step.IDLE; // several ticks while it waited for a thread
        }
        try {
            if (isDone()) {
                look();
            } else if (!toAsk.isEmpty()) {
                count();
            } else {
                begin(toBegin.remove());
            }
            failing = failing && !isDone();
        } catch (IOException | RuntimeException | Error e) {
            FatalErrors.report(e);
            failed(e);
        }
        long now = clock.getAsLong();
        took += now - begin;
        if (!isDone()) {
            return Pump.Step.AGAIN;
        }
        due = begin + Math.max(INTERVAL_NANOS, SHARE * took);
        took = 0;
        return Pump.Step.IDLE;
    }

    private boolean isDone() {
        return toAsk.isEmpty() && toBegin.isEmpty();
    }

    private void look() throws IOException {
        Set<String> here = new HashSet<>();
        for (String userId : users.users()) {
            if (reading(userId) != null) {
                here.add(userId);
            }
        }
        watched.retainAll(here);
        List<String> newcomers = here.stream()
                .filter(userId -> !watched.contains(userId))
                .limit(NEWCOMERS)
                .toList();
        Set<String> all = new HashSet<>(watched);
        all.addAll(newcomers);
        Map<String, Long> now = all.isEmpty() ? Map.of() : directory.heads(all, MOST_ROOMS);
        changed = now.keySet().stream()
                .filter(room -> isNews(room, now.get(room), !newcomers.isEmpty()))
                .toList();
        if (!changed.isEmpty()) {
            toAsk.addAll(watched);
        }
        toBegin.addAll(newcomers);
        watched.addAll(newcomers);
        heads.clear();
        heads.putAll(now);
    }

    /**
     * The rooms that all those sessions of the user read which read their inbox and many rooms; null if there are none. A sign-in that is
     * limited to rooms does not count: it knows no others.
     */
    private Set<String> reading(String userId) {
        Set<String> reading = null;
        for (ChatSession session : users.of(userId)) {
            Set<String> its = session.rooms();
            boolean inbox = its.remove(RoomName.inboxOf(userId));
            if (!inbox || its.size() < manyRooms || session.principal().rooms().isPresent()) {
                continue;
            }
            if (reading == null) {
                reading = its;
            } else {
                reading.retainAll(its);
            }
        }
        return reading;
    }

    /** A room of which nothing is known is a newcomer's, if there are any. */
    private boolean isNews(String room, long head, boolean newcomers) {
        Long before = heads.get(room);
        return before == null ? !newcomers : before != head;
    }

    /** Counts what has changed for some of the users. */
    private void count() throws IOException {
        Map<String, List<String>> asked = new HashMap<>();
        for (int pairs = 0; pairs < PAIRS && !toAsk.isEmpty(); ) {
            String userId = toAsk.remove();
            Set<String> reading = reading(userId);
            if (reading != null) {
                List<String> elsewhere =
                        changed.stream().filter(room -> !reading.contains(room)).toList();
                asked.put(userId, elsewhere);
                pairs += elsewhere.size();
            }
        }
        asked.values().removeIf(List::isEmpty);
        if (!asked.isEmpty()) {
            directory.rooms(asked).forEach(this::tell);
        }
    }

    /** The first time, a user is told what is unread, as they may have listed their rooms a while ago. */
    private void begin(String userId) throws IOException {
        Set<String> reading = reading(userId);
        if (reading == null) {
            return; // they have just left
        }
        tell(
                userId,
                directory.rooms(userId, null, reading.size() + TOLD_NEWCOMERS).items().stream()
                        .filter(room -> !reading.contains(room.room()) && room.mark() != null)
                        .filter(room -> room.mark().unread() + room.mark().mentions() > 0)
                        .toList());
    }

    private void tell(String userId, List<Directory.Listed> found) {
        List<Reply.Unread.Count> counts = new ArrayList<>();
        for (Directory.Listed room : found) {
            Directory.Mark mark = room.mark();
            counts.add(new Reply.Unread.Count(
                    room.room(),
                    room.head(),
                    room.n(),
                    Instant.ofEpochMilli(room.atMillis()),
                    new Reply.Reads.Mark(room.room(), mark.seq(), mark.n()),
                    mark.unread(),
                    mark.mentions()));
        }
        rooms.counted(userId, counts);
    }

    /** Whoever was not told is told as if they were new. */
    private void failed(Throwable failure) {
        if (!failing) {
            LOG.log(
                    Logger.Level.WARNING,
                    "What users have not read in rooms that are not joined could not be counted; this is tried again",
                    failure);
        }
        failing = true;
        watched.clear();
        heads.clear();
        toAsk.clear();
        toBegin.clear();
    }
}
