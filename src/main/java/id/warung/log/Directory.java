package id.warung.log;

import id.warung.protocol.Access;
import id.warung.protocol.User;
import java.io.IOException;
import java.util.List;

/** Which rooms and people there are, and how far each has read. Methods block; any thread may call them. */
public interface Directory {
    /**
     * A room as it is listed for somebody.
     *
     * @param atMillis when its head was written
     * @param with the other one of a direct conversation, else null
     * @param mark how far he has read; null when he is not in the room
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
            Mark mark) {}

    /** Up to {@code seq}, and so {@code n} messages, has been read; beyond are so many of others, and so many that mention him. */
    record Mark(long seq, long n, long unread, long mentions) {}

    /**
     * A part of a list.
     *
     * @param next where the next part begins, for {@code after} of the same question; null when this was the last
     */
    record Page<T>(List<T> items, String next) {}

    /**
     * The rooms that a user may read: those they are in, then the public ones; the latest first. A room in which something is written
     * meanwhile moves to the front, and may be missing in later parts or come twice.
     *
     * @param userId null for somebody unknown
     * @param after where to begin; null: at the beginning
     * @throws IllegalArgumentException when there is no such place in the list
     */
    Page<Listed> rooms(String userId, String after, int limit) throws IOException;

    /** One of them; null when there is none, or it is not for him. */
    Listed room(String userId, String room) throws IOException;

    /**
     * The members of a room, by name; none when it is public.
     *
     * @param after where to begin; null: at the beginning
     * @throws IllegalArgumentException when there is no such place in the list
     */
    Page<User> members(String room, String after, int limit) throws IOException;

    /**
     * Those whose names begin so, whatever their case, accents and width, by name.
     *
     * @param after where to begin; null: at the beginning
     * @throws IllegalArgumentException when there is no such place in the list
     */
    Page<User> people(String prefix, String after, int limit) throws IOException;

    /** Somebody by his id, or null. */
    User person(String id) throws IOException;
}
