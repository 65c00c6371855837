package id.warung.room;

import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * How a room is now, which is in no log: who is here, who is writing, and, of an inbox, how far its owner has read. Each of the three has a
 * version; a reader who is behind gets the present one. Thread-safe.
 */
public final class Presence {
    /**
     * Times in nanoseconds.
     *
     * @param grace who goes away is here so much longer
     * @param interval between two of a kind, in a room of at most {@value #MOST_NAMED}; in larger ones it grows with them
     * @param typing so long somebody is taken to be writing who said so
     */
    public record Times(long grace, long interval, long typing, LongSupplier clock) {}

    /** What readers get; the index of its version. */
    private static final int ROSTER = 0;

    private static final int TYPING = 1;
    private static final int READS = 2;
    static final int KINDS = 3;

    private static final int MOST_NAMED = 200;
    private static final int MOST_SPEAKERS = 20;
    private static final int MOST_TYPING = 5;
    private static final int MOST_READS = 200;

    /** What was told last of a kind. */
    record Told(long version, Frame frame) {}

    private static final class Here {
        private User user;
        private int sessions;
        private long leftAt;
    }

    private final String room;
    private final Times times;
    private final Map<String, Here> here = new LinkedHashMap<>(2);
    // what most rooms never need takes nothing: there may be very many of them
    private ArrayDeque<String> speakers; // of a large room, the last one first; null until it is large
    private Map<String, Long> typingUntil = Map.of();
    private Map<String, Reply.Reads.Mark> reads = Map.of();
    private final boolean[] changed = new boolean[KINDS];
    private final AtomicReferenceArray<Told> told = new AtomicReferenceArray<>(KINDS); // changed under the lock
    private int gone; // how many of those here have no session any more
    private final long[] toldAt = new long[KINDS];
    private boolean large;
    private volatile boolean heedsSpeakers; // else who speaks need not take the lock

    Presence(String room, Times times) {
        this.room = room;
        this.times = times;
        Arrays.fill(toldAt, times.clock().getAsLong() - times.interval());
    }

    /** True when he is new here, so that a roster with him in it is to come. */
    synchronized boolean enter(User user) {
        Here one = here.computeIfAbsent(user.id(), id -> new Here());
        boolean comes = one.user == null;
        if (!comes && one.sessions == 0) {
            gone--;
        }
        if (!user.equals(one.user)) {
            one.user = user;
            changed[ROSTER] = true;
        }
        one.sessions++;
        sized();
        return comes;
    }

    synchronized void renamed(User user) {
        Here one = here.get(user.id());
        if (one != null && !user.equals(one.user)) {
            one.user = user;
            changed[ROSTER] = true;
            changed[TYPING] |= typingUntil.containsKey(user.id());
        }
    }

    synchronized void leave(User user) {
        Here one = here.get(user.id());
        if (one != null && one.sessions > 0) {
            one.sessions--;
            one.leftAt = times.clock().getAsLong();
            gone += one.sessions == 0 ? 1 : 0;
        }
    }

    synchronized void types(User user) {
        if (typingUntil.isEmpty()) {
            typingUntil = new LinkedHashMap<>(4);
        }
        if (typingUntil.put(user.id(), times.clock().getAsLong() + times.typing()) == null) {
            changed[TYPING] = true;
        }
        heedsSpeakers = true;
    }

    /** He has said what he was writing; returns whether something may be due to be told. */
    boolean spoke(String userId) {
        return heedsSpeakers && spokeAloud(userId);
    }

    private synchronized boolean spokeAloud(String userId) {
        changed[TYPING] |= stopsTyping(userId);
        if (large && !userId.equals(speakers.peekFirst())) {
            speakers.remove(userId);
            speakers.addFirst(userId);
            if (speakers.size() > MOST_SPEAKERS) {
                speakers.removeLast();
            }
            changed[ROSTER] = true;
        }
        return isRestless();
    }

    private boolean stopsTyping(String userId) {
        return !typingUntil.isEmpty() && typingUntil.remove(userId) != null;
    }

    synchronized void hasRead(Reply.Reads.Mark mark) {
        if (reads.isEmpty()) {
            reads = new LinkedHashMap<>(4);
        }
        reads.remove(mark.room());
        reads.put(mark.room(), mark); // the latest last
        if (reads.size() > MOST_READS) {
            reads.remove(reads.keySet().iterator().next());
        }
        changed[READS] = true;
    }

    /** Of the kind what is to be sent to a reader who has seen this version; null when that is the present one. */
    Told since(int kind, long version) {
        Told now = told.get(kind);
        return now == null || now.version() == version ? null : now;
    }

    /** The version of a kind from which on a newcomer is interested: the roster with himself in it is still to come. */
    synchronized long versionFor(int kind, boolean newcomer) {
        boolean waits = kind == ROSTER && newcomer && !large;
        Told now = told.get(kind);
        return waits && now != null ? now.version() : 0;
    }

    /** Makes what is due to be told; returns whether there was something. */
    synchronized boolean tick(long nowNanos, Function<Reply, Frame> frames) {
        forgetTheGone(nowNanos);
        if (!typingUntil.isEmpty()) {
            changed[TYPING] |= typingUntil.values().removeIf(until -> until - nowNanos <= 0);
        }
        sized();
        boolean news = false;
        for (int kind = 0; kind < KINDS; kind++) {
            if (changed[kind] && nowNanos - toldAt[kind] >= interval()) {
                changed[kind] = false;
                toldAt[kind] = nowNanos;
                Told last = told.get(kind);
                told.set(kind, new Told(last == null ? 1 : last.version() + 1, frames.apply(present(kind))));
                news = true;
            }
        }
        return news;
    }

    private long interval() {
        return times.interval() * (1 + here.size() / MOST_NAMED);
    }

    private Reply present(int kind) {
        return switch (kind) {
            case ROSTER -> new Reply.Roster(room, here.size(), named());
            case TYPING -> new Reply.Typing(room, typing());
            default -> new Reply.Reads(room, List.copyOf(reads.values()));
        };
    }

    /** Whether something may be due later. */
    synchronized boolean isRestless() {
        return gone > 0 || !typingUntil.isEmpty() || changed[ROSTER] || changed[TYPING] || changed[READS];
    }

    private void forgetTheGone(long nowNanos) {
        if (gone == 0) {
            return;
        }
        for (Iterator<Here> all = here.values().iterator(); all.hasNext(); ) {
            Here one = all.next();
            if (one.sessions == 0 && nowNanos - one.leftAt >= times.grace()) {
                all.remove();
                gone--;
                changed[ROSTER] = true;
                changed[TYPING] |= stopsTyping(one.user.id());
            }
        }
    }

    private void sized() {
        large = here.size() > MOST_NAMED;
        if (large && speakers == null) {
            speakers = new ArrayDeque<>();
        }
        heedsSpeakers = large || !typingUntil.isEmpty();
    }

    private List<User> named() {
        List<User> named = new ArrayList<>();
        if (!large) {
            here.values().forEach(one -> named.add(one.user));
            return named;
        }
        for (String speaker : speakers) {
            if (here.containsKey(speaker)) {
                named.add(here.get(speaker).user);
            }
        }
        return named;
    }

    private List<User> typing() {
        return typingUntil.keySet().stream()
                .filter(here::containsKey)
                .limit(MOST_TYPING)
                .map(id -> here.get(id).user)
                .toList();
    }
}
