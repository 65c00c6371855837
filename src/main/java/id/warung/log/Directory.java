package id.warung.log;

import id.warung.protocol.Access;
import id.warung.protocol.User;
import java.io.IOException;
import java.util.List;

/** Lists rooms and users, and how far each user has read. Methods block; any thread may call them. */
public interface Directory {
    /**
     * A room as listed for a user.
     *
     * @param atMillis when its head was written
     * @param with the other user of a direct conversation, otherwise null
     * @param mark how far the user has read; null when they are not in the room
     * @param mentions how many entries mention a user who is not in the room; 0 when they are, as {@code mark} says it then
     */
    record Listed(
            String room,
            Access access,
            String topic,
            boolean archived,
            long head,
            long n,
            long atMillis,
            boolean member,
            boolean owner,
            User with,
            Mark mark,
            long mentions) {}

    /** Read up to {@code seq}, which is {@code n} messages; beyond it, the number of unread messages of others, and of entries that mention the user. */
    record Mark(long seq, long n, long unread, long mentions) {}

    /**
     * A part of a list.
     *
     * @param next the value of {@code after} for the next part of the same list; null when this is the last part
     */
    record Page<T>(List<T> items, String next) {}

    /**
     * The rooms that a user may read: first those they are in or are mentioned in, then the public ones; the latest first. A room that is
     * written meanwhile moves to the front, and may be missing in later parts or appear twice.
     *
     * @param userId null for an anonymous caller
     * @param after where to continue; null: at the beginning
     * @throws IllegalArgumentException when there is no such place in the list
     */
    Page<Listed> rooms(String userId, String after, int limit) throws IOException;

    /** One room of that list; null when it does not exist or the user may not read it. */
    Listed room(String userId, String room) throws IOException;

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
