package id.warung.log.memory;

import id.warung.log.AppendResult;
import id.warung.log.Entry;
import id.warung.log.RoomState;
import id.warung.log.command.EditAt;
import id.warung.log.command.EntryKind;
import id.warung.log.command.LogReader;
import id.warung.log.command.LogWriter;
import id.warung.log.command.ReactionCounts;
import id.warung.log.command.RequestKey;
import id.warung.log.command.StoredEntry;
import id.warung.protocol.EndSignIns;
import id.warung.protocol.React;
import id.warung.protocol.User;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The ephemeral rooms as decisions read and write them. For the writing thread, which holds the lock of the room that it writes. */
final class MemoryStore implements LogReader, LogWriter {
    private final Function<String, MemoryRoom> rooms;
    private final Function<String, RoomState> states;

    /**
     * @param rooms returns a room, creating it if necessary
     * @param states returns the state of a room, which need not exist
     */
    MemoryStore(Function<String, MemoryRoom> rooms, Function<String, RoomState> states) {
        this.rooms = rooms;
        this.states = states;
    }

    /** The durable log keeps the inboxes. */
    @Override
    public boolean keepsInboxes() {
        return false;
    }

    @Override
    public boolean detectsDuplicates() {
        return false;
    }

    @Override
    public RoomState room(String name) {
        return states.apply(name);
    }

    @Override
    public RequestKey.Executed findByRequest(RequestKey requestKey) {
        return rooms.apply(requestKey.room()).findByRequest(requestKey);
    }

    /** A request is forgotten with its entry. */
    @Override
    public RequestKey.Executed findTombstone(RequestKey requestKey) {
        return null;
    }

    @Override
    public StoredEntry entry(String room, long seq) {
        return rooms.apply(room).kept(seq);
    }

    @Override
    public StoredEntry firstFrom(String room, long seq) {
        MemoryRoom its = rooms.apply(room);
        return its.kept(Math.max(seq, its.first()));
    }

    @Override
    public List<EditAt> edits(String room, long target, int most) {
        List<EditAt> all = rooms.apply(room).edits(target);
        return all.subList(0, Math.min(all.size(), most));
    }

    @Override
    public ReactionCounts reactions(String room, long target) {
        return rooms.apply(room).reactions(its -> its.counts(target));
    }

    @Override
    public boolean reacts(String room, long target, String emoji, String userId) {
        return rooms.apply(room).reactions(its -> its.reacts(target, emoji, userId));
    }

    @Override
    public List<Long> reactionEntries(String room, long target, int most) {
        return rooms.apply(room).reactions(its -> its.entries(target, most));
    }

    /** Users who are online are named by the request. */
    @Override
    public User user(String id) {
        return null;
    }

    @Override
    public AppendResult.ReadMarked mark(String room, String userId) {
        return rooms.apply(room).mark(userId);
    }

    @Override
    public int mentions(String room, String userId, long upTo, int most) {
        return 0;
    }

    @Override
    public void append(RoomState after, Entry entry, EntryKind kind, Instant at, RequestKey requestKey, byte[] hash) {
        rooms.apply(after.room()).add(after, entry, kind, requestKey, hash);
    }

    @Override
    public void save(RoomState room) {
        rooms.apply(room.room()).stands(room);
    }

    @Override
    public void enter(RoomState after, String userId) {
        save(after);
    }

    @Override
    public void leave(RoomState after, String userId) {
        save(after);
    }

    @Override
    public void addAmendment(String room, long target, long seq) {
        rooms.apply(room).amendments(target, seq);
    }

    @Override
    public void deleteEdits(String room, long target, long before) {
        rooms.apply(room).deleteEdits(target, before);
    }

    @Override
    public void react(React react, User user, long seq) {
        MemoryReactions unused = rooms.apply(react.room()).reactions(its -> its.react(react, user, seq));
    }

    @Override
    public void deleteReactions(String room, long target, long before) {
        MemoryReactions unused = rooms.apply(room).reactions(its -> its.delete(target, before));
    }

    @Override
    public void erase(String room, StoredEntry entry, byte[] json) {
        rooms.apply(room).erase(entry.seq(), json);
    }

    @Override
    public void endSignIns(User user, EndSignIns ended) {
        // the durable log keeps them
    }

    @Override
    public void upsertUser(User user) {
        // users who are online are named by the request
    }

    @Override
    public void mention(String room, String userId, long seq) {
        // mentions are not recorded
    }

    @Override
    public void callAll(String room, String authorId, long seq) {
        // no list has the room, and so none counts its calls
    }

    @Override
    public void star(String room, String userId, boolean on) {
        // stars are written with the inbox, which the durable log keeps
    }

    @Override
    public Set<String> stars(String userId) {
        return Set.of();
    }

    @Override
    public void deleteMentions(String room, String userId, long upTo, int most) {
        // there are none
    }

    @Override
    public void mark(String room, String userId, AppendResult.ReadMarked mark) {
        rooms.apply(room).mark(userId, mark);
    }

    @Override
    public void deleteReadMark(String room, String userId) {
        rooms.apply(room).mark(userId, null);
    }
}
