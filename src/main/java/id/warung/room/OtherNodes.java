package id.warung.room;

import id.warung.protocol.User;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is in a room on other nodes, each named user once. Immutable. */
final class OtherNodes {
    static final OtherNodes NONE = new OtherNodes(List.of());

    private final int unnamed;
    private final Map<String, User> named = new LinkedHashMap<>(); // by id

    OtherNodes(Collection<RoomPart> parts) {
        int count = 0;
        for (RoomPart part : parts) {
            count += Math.max(0, part.count() - part.users().size());
            part.users().forEach(user -> named.put(user.id(), user));
        }
        this.unnamed = count;
    }

    /** How many users are there without their names; some may be the same, or be named elsewhere. */
    int unnamed() {
        return unnamed;
    }

    /** Those with their names, by id. */
    Map<String, User> named() {
        return named;
    }
}
