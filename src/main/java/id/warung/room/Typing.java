package id.warung.room;

import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Who is writing in a room: who said so a moment ago and has not spoken since. Tells of {@value #MAX_NAMED}. {@link Presence} has the lock. */
final class Typing extends SoftState {
    private static final int MAX_NAMED = 5;

    private final String room;
    private final Roster roster;
    private final Map<String, Long> until = new LinkedHashMap<>(4); // nanoseconds, by user id

    /** Names only those who are in the roster. */
    Typing(String room, Roster roster, long publishedAt) {
        super(publishedAt);
        this.room = room;
        this.roster = roster;
    }

    /** They are writing, until they stop or that time passes. */
    void start(String userId, long untilNanos) {
        if (until.put(userId, untilNanos) == null) {
            change();
        }
    }

    /** They have said it, or gone. */
    void stop(String userId) {
        if (until.remove(userId) != null) {
            change();
        }
    }

    /** Of no effect when they are not writing. */
    void renamed(String userId) {
        if (until.containsKey(userId)) {
            change();
        }
    }

    /** Forgets those whose time has passed. */
    void expire(long nowNanos) {
        if (until.values().removeIf(end -> end - nowNanos <= 0)) {
            change();
        }
    }

    /** Whether nobody is writing. */
    boolean isEmpty() {
        return until.isEmpty();
    }

    @Override
    boolean isPending() {
        return !until.isEmpty() || super.isPending();
    }

    @Override
    Reply present() {
        return new Reply.Typing(
                room,
                until.keySet().stream()
                        .<User>map(roster::user)
                        .filter(Objects::nonNull)
                        .limit(MAX_NAMED)
                        .toList());
    }
}
