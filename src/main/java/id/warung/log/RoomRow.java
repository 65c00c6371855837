package id.warung.log;

import id.warung.protocol.Access;
import java.util.HashSet;
import java.util.Set;

/** A room as the writing thread has it before it: changed while a group is written, and the same as in the log after that. */
final class RoomRow {
    final String name;
    long id; // the storage's; 0 while the room does not exist
    long first = 1;
    long head;
    long n;
    Access access;
    String topic = "";
    boolean archived;
    String owner;
    final Set<String> members = new HashSet<>();
    /** Whether ids of posts are kept that have no entry any more. */
    boolean buried;

    /** One that does not exist yet. */
    RoomRow(String name) {
        RoomState unborn = RoomState.unborn(name, "");
        this.name = name;
        access = unborn.access();
        members.addAll(unborn.members());
    }

    boolean exists() {
        return head > 0;
    }

    boolean admits(String userId) {
        return access == Access.PUBLIC || members.contains(userId);
    }

    RoomState state(String epoch) {
        return new RoomState(
                name, exists(), new Position(epoch, head), n, access, topic, archived, owner, Set.copyOf(members));
    }
}
