package id.warung.room;

import id.warung.protocol.User;
import java.util.Collection;
import java.util.List;

/**
 * Who is in a room on one node.
 *
 * @param count how many users
 * @param users those who are named, in order of arrival: all of them, or those who spoke last
 * @param typing those who are typing
 */
public record RoomPart(int count, List<User> users, List<User> typing) {
    /** Nobody is here. */
    public static final RoomPart NOBODY = new RoomPart(0, List.of(), List.of());

    public RoomPart {
        users = List.copyOf(users);
        typing = List.copyOf(typing);
    }

    /** All of them together, each user once as far as they are named. */
    public static RoomPart together(Collection<RoomPart> parts) {
        OtherNodes all = new OtherNodes(parts);
        return new RoomPart(
                all.named().size() + all.unnamed(), List.copyOf(all.named().values()), List.of());
    }

    /** Receives the parts of this node's rooms, the latest last. Any thread may call it; it must not block. */
    public interface Listener {
        void changed(String room, RoomPart part);
    }
}
