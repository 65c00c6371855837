package id.warung.log;

import id.warung.protocol.Command;
import id.warung.protocol.User;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What the {@link Rules} change in memory. For the writing thread, which holds the lock of the room it writes. */
final class MemoryStore implements Store<RuntimeException> {
    private final Function<String, MemoryRoom> rooms;

    MemoryStore(Function<String, MemoryRoom> rooms) {
        this.rooms = rooms;
    }

    private MemoryRoom of(RoomRow room) {
        return rooms.apply(room.name);
    }

    @Override
    public String epoch(RoomRow room) {
        return of(room).epoch;
    }

    /** They are in the durable log. */
    @Override
    public boolean keepsInboxes() {
        return false;
    }

    @Override
    public RoomRow room(String name) {
        return rooms.apply(name).row;
    }

    @Override
    public boolean insert(RoomRow room, long seq, Instant at, User author, String id, Kind kind, byte[] json) {
        MemoryRoom.Key key = id == null ? null : new MemoryRoom.Key(author.id(), id);
        return of(room).add(new Entry(seq, author.id(), json), key, kind);
    }

    @Override
    public Outcome earlier(RoomRow room, User author, Command.Lasting command) {
        return of(room).earlier(new MemoryRoom.Key(author.id(), command.id()), command.body());
    }

    /** An id is forgotten with its entry. */
    @Override
    public Outcome buried(RoomRow room, User author, Command.Lasting command) {
        return null;
    }

    @Override
    public Target target(RoomRow room, long seq) {
        MemoryRoom its = of(room);
        Entry entry = its.get(seq);
        return entry == null ? null : new Target(its.kind(seq), entry.authorId(), entry.json());
    }

    @Override
    public void amends(RoomRow room, long target, long seq) {
        of(room).amends(target, seq);
    }

    @Override
    public List<Long> edits(RoomRow room, long target, int most) {
        List<Long> all = of(room).edits(target);
        return all.subList(0, Math.min(all.size(), most));
    }

    @Override
    public void forgetEdits(RoomRow room, long target, long before) {
        of(room).forgetEdits(target, before);
    }

    @Override
    public void erase(RoomRow room, long seq, byte[] json) {
        of(room).erase(seq, json);
    }

    @Override
    public void save(RoomRow room) {
        // it is the room itself
    }

    @Override
    public void addMember(RoomRow room, String userId) {
        // the room has its members
    }

    @Override
    public void removeMember(RoomRow room, String userId) {
        // likewise
    }

    @Override
    public void remember(User user) {
        // whoever is here is named by the draft
    }

    @Override
    public User user(String id) {
        return null;
    }

    @Override
    public void mention(String userId, RoomRow room, long seq) {
        // nobody is told
    }

    @Override
    public boolean forgetMentions(String userId, RoomRow room, long upTo) {
        return true; // there are none
    }

    @Override
    public Outcome.Noted read(String userId, RoomRow room, Outcome.Noted mark) {
        return of(room).reads.merge(userId, mark, (before, now) -> now.seq() > before.seq() ? now : before);
    }

    @Override
    public void forget(String userId, RoomRow room) {
        of(room).reads.remove(userId);
    }
}
