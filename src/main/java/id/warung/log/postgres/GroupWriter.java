package id.warung.log.postgres;

import id.warung.log.AppendResult;
import id.warung.log.Entry;
import id.warung.log.RoomState;
import id.warung.log.command.EntryKind;
import id.warung.log.command.LogWriter;
import id.warung.log.command.RequestKey;
import id.warung.log.command.StoredEntry;
import id.warung.protocol.EndSignIns;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.React;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Collects the changes of one group, and writes all of them in one round trip, as arrays in the order of their keys. For one thread, and one
 * group.
 */
final class GroupWriter implements LogWriter {
    private final GroupReader facts;
    private final Clock clock;
    private final RoomChanges rooms = new RoomChanges();
    private final EntryChanges entries;
    private final ReactionChanges reactions = new ReactionChanges();
    private final UserChanges users = new UserChanges();
    private final ReadChanges reads = new ReadChanges();

    GroupWriter(GroupReader facts, EntryCodec codec, Clock clock) {
        this.facts = facts;
        this.entries = new EntryChanges(codec);
        this.clock = clock;
    }

    /** The row as it is now; null while the room does not exist, which is then nothing that could change. */
    private RoomRow row(String name) {
        RoomRow changed = rooms.row(name);
        return changed == null ? facts.rooms().row(name) : changed;
    }

    private RoomRow known(String name) {
        RoomRow row = row(name);
        if (row == null) {
            throw new IllegalStateException("A room is written whose row was not read");
        }
        return row;
    }

    @Override
    public void append(RoomState after, Entry entry, EntryKind kind, Instant at, RequestKey requestKey, byte[] hash) {
        RoomRow row = known(after.room());
        rooms.put(row.with(after));
        entries.append(row.id(), entry, kind, at, requestKey, hash);
    }

    @Override
    public void save(RoomState room) {
        rooms.put(known(room.room()).with(room).changed());
    }

    @Override
    public void enter(RoomState after, String userId) {
        save(after);
        rooms.enter(new RoomUser(userId, known(after.room()).id()));
    }

    @Override
    public void leave(RoomState after, String userId) {
        save(after);
        rooms.leave(new RoomUser(userId, known(after.room()).id()));
    }

    @Override
    public void addAmendment(String room, long target, long seq) {
        entries.addAmendment(new EntryKey(known(room).id(), target), seq);
    }

    @Override
    public void deleteEdits(String room, long target, long before) {
        entries.deleteEdits(new EntryKey(known(room).id(), target), before);
    }

    @Override
    public void react(React react, User user, long seq) {
        reactions.react(known(react.room()).id(), react, user.id(), seq);
    }

    @Override
    public void deleteReactions(String room, long target, long before) {
        reactions.delete(new EntryKey(known(room).id(), target), before);
    }

    @Override
    public void erase(String room, StoredEntry entry, byte[] json) {
        RoomRow row = known(room);
        entries.erase(row.id(), entry, json);
        reads.erase(new EntryKey(row.id(), entry.seq()));
        rooms.put(row.withTombstones());
    }

    /** The stored name is known: another node may have changed it. */
    @Override
    public void upsertUser(User user) {
        User stored = facts.user(user.id());
        users.upsert(user, stored);
        if (stored != null && !stored.name().equals(user.name())) {
            tellOwner(user.id());
        }
    }

    @Override
    public void endSignIns(User user, EndSignIns ended) {
        upsertUser(user);
        users.endSignIns(user, ended);
        tellOwner(user.id());
    }

    @Override
    public void mention(String room, String userId, long seq) {
        reads.mention(new RoomUser(userId, known(room).id()), seq);
    }

    @Override
    public void callAll(String room, String authorId, long seq) {
        reads.callAll(new EntryKey(known(room).id(), seq), authorId);
    }

    /** The starred room stays as it is, and need not be locked: rooms that exist are never deleted. */
    @Override
    public void star(String room, String userId, boolean on) {
        reads.star(new RoomUser(userId, known(room).id()), on);
    }

    @Override
    public void deleteMentions(String room, String userId, long upTo, int most) {
        RoomRow row = row(room);
        if (row != null) {
            reads.deleteMentions(new RoomUser(userId, row.id()), upTo, most);
        }
    }

    @Override
    public void mark(String room, String userId, AppendResult.ReadMarked mark) {
        RoomRow row = row(room);
        if (row != null) {
            reads.mark(new RoomUser(userId, row.id()), mark);
            tellOwner(userId);
        }
    }

    @Override
    public void deleteReadMark(String room, String userId) {
        mark(room, userId, null);
    }

    /** The nodes on which the user is see it by the version of their inbox. */
    private void tellOwner(String userId) {
        RoomRow inbox = row(RoomName.inboxOf(userId));
        if (inbox != null && facts.rooms().isLocked(inbox.name())) {
            rooms.put(inbox.changed());
            reads.inboxVersion(userId, inbox.version() + 1);
        }
    }

    /** The last entry that the group writes in each room. */
    List<EntryKey> lastEntries() {
        return entries.last();
    }

    /** Whether there is nothing to write. */
    boolean isEmpty() {
        return rooms.isEmpty() && reads.isEmpty() && users.isEmpty();
    }

    /** The rooms that change, as they will be. */
    Collection<RoomRow> changedRooms() {
        return rooms.all();
    }

    /** Adds what writes everything to a pipeline; {@code attempt} marks the entries of this group. */
    void writeTo(Pipeline pipeline, long attempt) {
        long now = clock.millis();
        users.writeTo(pipeline);
        entries.writeTo(pipeline, attempt, now);
        reactions.writeTo(pipeline);
        rooms.writeMembers(pipeline);
        reads.writeTo(pipeline, entries.erased());
        rooms.writeRooms(pipeline, facts.rooms().created(), now);
    }
}
