package id.warung.log;

import id.warung.protocol.Access;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** A room as the writing thread has it before it: changed while a group is written, and the same as in the log after that. */
final class RoomRow implements RoomFacts {
    final String name;
    long id; // the storage's; 0 while the room does not exist
    long first = 1;
    long head;
    long n;
    Access access;
    String topic = "";
    boolean archived;
    String owner;
    private Set<String> members; // another one after each change, for states have it too
    /** Whether ids of posts are kept that have no entry any more. */
    boolean buried;

    /** One that does not exist yet. */
    RoomRow(String name) {
        RoomState unborn = RoomState.unborn(name, "");
        this.name = name;
        access = unborn.access();
        members = unborn.members();
    }

    @Override
    public String room() {
        return name;
    }

    @Override
    public boolean exists() {
        return head > 0;
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public boolean archived() {
        return archived;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public boolean isMember(String userId) {
        return members.contains(userId);
    }

    void enter(Collection<String> userIds) {
        Set<String> more = new HashSet<>(members);
        more.addAll(userIds);
        members = Set.copyOf(more);
    }

    void leave(String userId) {
        Set<String> fewer = new HashSet<>(members);
        fewer.remove(userId);
        members = Set.copyOf(fewer);
    }

    /** As it is now. Costs the same however many members there are. */
    RoomState state(String epoch) {
        return new RoomState(name, new Position(epoch, head), n, access, topic, archived, owner, members);
    }
}
