package id.warung.log;

import id.warung.protocol.Access;
import id.warung.protocol.User;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Lists rooms and users, and how far each user has read. Methods block; any thread may call them. */
public interface Directory extends Accounts {
    /**
     * A room as listed for a user.
     *
     * @param atMillis when its head was written
     * @param owner the id of its creator; null when it has none
     * @param moderators the ids of its owner and of those who moderate it beside them
     * @param with the other user of a direct conversation, otherwise null
     * @param mark how far the user has read; null when they are not in the room
     * @param mentions how many entries mention a user who is not in the room; 0 when they are, as {@code mark} says it then
     * @param title empty when it has none
     */
    record Listed(
            String room,
            Access access,
            String topic,
            String title,
            boolean starred,
            boolean archived,
            long head,
            long n,
            long atMillis,
            boolean member,
            String owner,
            Set<String> moderators,
            User with,
            Mark mark,
            long mentions) {}

    /** Read up to {@code seq}, which is {@code n} messages; beyond it, the number of unread messages of others, and of entries that mention the user, or call everybody. */
    record Mark(long seq, long n, long unread, long mentions) {}

    /**
     * A part of a list.
     *
     * @param next the value of {@code after} for the next part of the same list; null when this is the last part
     */
    record Page<T>(List<T> items, String next) {
        /** The part with the first {@code limit} of these, which are one more if there is a next part; {@code place} is after an item. */
        public static <T> Page<T> of(List<T> read, int limit, Function<T, String> place) {
            return read.size() <= limit
                    ? new Page<>(read, null)
                    : new Page<>(read.subList(0, limit), place.apply(read.get(limit - 1)));
        }

        /** The same part with other items. */
        public <R> Page<R> with(List<R> others) {
            return new Page<>(others, next);
        }
    }

    /**
     * The rooms that a user may read: first those they are in, are mentioned in or have starred, then the public ones; the latest first. A room that is
     * written meanwhile moves to the front, and may be missing in later parts or appear twice.
     *
     * @param userId null for an anonymous caller
     * @param after where to continue; null: at the beginning
     * @throws IllegalArgumentException when there is no such place in the list
     */
    Page<Listed> rooms(String userId, String after, int limit) throws IOException;

    /**
     * The rooms that a user may read and that match, without direct conversations; a part may be short.
     *
     * @param userId null for an anonymous caller
     * @param after where to continue; null: at the beginning
     * @throws IllegalArgumentException when there is no such place in the list
     */
    Page<Listed> find(RoomSearch search, String userId, String after, int limit) throws IOException;

    /** A room that two users are in; {@code title} is empty when it has none. */
    record Common(String room, String title) {}

    /** The latest rooms that both users are in: as members, or because they have read something in a public one. */
    List<Common> inCommon(String userId, String otherId, int limit) throws IOException;

    /**
     * How far the rooms are that some users are in, as members or because they have read something in them; by name. At most so many: those that were
     * written last.
     */
    Map<String, Long> heads(Collection<String> userIds, int limit) throws IOException;

    /**
     * Those of some rooms that some users are in and may read, by user; without the other users of direct conversations. In one query where that is
     * faster.
     *
     * @param rooms their names, by user
     */
    Map<String, List<Listed>> rooms(Map<String, ? extends Collection<String>> rooms) throws IOException;

    /** One room; null when it does not exist or the user may not read it. */
    Listed room(Principal who, String room) throws IOException;

    /**
     * The members of a room, by name; none for a public room.
     *
     * @param after where to continue; null: at the beginning
     * @throws IllegalArgumentException when there is no such place in the list
     */
    Page<User> members(String room, String after, int limit) throws IOException;

    /**
     * The users whose names start with the prefix, whatever their case, accents and width, by name.
     *
     * @param after where to continue; null: at the beginning
     * @throws IllegalArgumentException when there is no such place in the list
     */
    Page<User> people(String prefix, String after, int limit) throws IOException;

    /** The user with this id, or null. */
    User person(String id) throws IOException;
}
