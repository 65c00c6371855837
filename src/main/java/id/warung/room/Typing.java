package id.warung.room;

import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The users who are typing in a room: they signalled it recently and have not posted since. Names up to
 * {@value #MAX_NAMED}. {@link Presence} holds the lock.
 */
final class Typing extends SoftState {
    private static final int MAX_NAMED = 5;

    private final String room;
    private final Roster roster;
    private final Map<String, Long> until = new LinkedHashMap<>(4); // nanoseconds, by user id

    /** Only names users in the roster. */
    Typing(String room, Roster roster, long publishedAt) {
        super(publishedAt);
        this.room = room;
        this.roster = roster;
    }

    /** The user is typing, until they stop or the time is over. */
    void start(String userId, long untilNanos) {
        if (until.put(userId, untilNanos) == null) {
            change();
        }
    }

    /** The user has posted, or left. */
    void stop(String userId) {
        if (until.remove(userId) != null) {
            change();
        }
    }

    /** The user has a new name; no effect if they are not typing. */
    void renamed(String userId) {
        if (until.containsKey(userId)) {
            change();
        }
    }

    /** Removes users whose time is over. */
    void expire(long nowNanos) {
        if (until.values().removeIf(end -> end - nowNanos <= 0)) {
            change();
        }
    }

    /** Whether nobody is typing. */
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
