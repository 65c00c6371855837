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
     * The rooms that a user may read: those he is in, then the public ones; the latest first.
     *
     * @param userId null for somebody unknown
     */
    List<Listed> rooms(String userId, int limit) throws IOException;

    /** One of them; null when there is none, or it is not for him. */
    Listed room(String userId, String room) throws IOException;

    /** The members of a room, by name; none when it is public. */
    List<User> members(String room, int limit) throws IOException;

    /** Those whose names begin so. */
    List<User> people(String prefix, int limit) throws IOException;

    /** Somebody by his id, or null. */
    User person(String id) throws IOException;
}
