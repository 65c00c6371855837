package id.warung.room;

import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The users who are typing in a room: they signalled it recently and have not posted since. Names up to
 * {@value #MAX_NAMED}. {@link Presence} holds the lock.
 */
final class Typing extends SoftState {
    private static final int MAX_NAMED = 5;

    private final String room;
    private final Roster roster;
    private final Map<String, Long> until = new LinkedHashMap<>(4); // nanoseconds, by user id
    private final Map<String, User> elsewhere = new LinkedHashMap<>(0); // on other nodes, by id

    /** Only names users in the roster. */
    Typing(String room, Roster roster, long publishedAt) {
        super(publishedAt);
        this.room = room;
        this.roster = roster;
    }

    /** The user is typing, until they stop or the time is over. */
    void start(String userId, long untilNanos) {
        if (until.put(userId, untilNanos) == null) {
            changeHere();
        }
    }

    /** Those on other nodes who are typing are these now. */
    void setElsewhere(Collection<User> users) {
        if (!List.copyOf(elsewhere.values()).equals(List.copyOf(users))) {
            elsewhere.clear();
            users.forEach(user -> elsewhere.put(user.id(), user));
            change();
        }
    }

    /** The user has posted, on whatever node. */
    void posted(String userId) {
        stop(userId);
        if (elsewhere.remove(userId) != null) {
            change();
        }
    }

    /** The user has posted, or left this node. */
    void stop(String userId) {
        if (until.remove(userId) != null) {
            changeHere();
        }
    }

    /** The user has a new name; no effect if they are not typing. */
    void renamed(String userId) {
        if (until.containsKey(userId)) {
            changeHere();
        }
    }

    /** Removes users whose time is over. */
    void expire(long nowNanos) {
        if (until.values().removeIf(end -> end - nowNanos <= 0)) {
            changeHere();
        }
    }

    /** Whether nobody is typing. */
    boolean isEmpty() {
        return until.isEmpty() && elsewhere.isEmpty();
    }

    @Override
    boolean isPending() {
        return !until.isEmpty() || super.isPending();
    }

    /** Those on this node, as far as they are named, for the other nodes. */
    List<User> here() {
        return until.keySet().stream()
                .<User>map(roster::user)
                .filter(Objects::nonNull)
                .limit(MAX_NAMED)
                .toList();
    }

    @Override
    Reply present() {
        return new Reply.Typing(
                room,
                Stream.concat(
                                here().stream(),
                                elsewhere.values().stream().filter(user -> !until.containsKey(user.id())))
                        .limit(MAX_NAMED)
                        .toList());
    }
}
