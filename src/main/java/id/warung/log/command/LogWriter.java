package id.warung.log.command;

import id.warung.log.AppendResult;
import id.warung.log.Entry;
import id.warung.log.RoomState;
import id.warung.protocol.EndSignIns;
import id.warung.protocol.React;
import id.warung.protocol.User;
import java.time.Instant;

/** Writes the changes of decisions to a log. All changes of a group take effect at once, or none. For the writing thread. */
public interface LogWriter {
    /**
     * Appends an entry to its room. Not called for a request that is known to have been executed before.
     *
     * @param after the room's state with the entry
     * @param requestKey null: the command has no id
     * @param hash of what was asked for; null without a request
     */
    void append(RoomState after, Entry entry, EntryKind kind, Instant at, RequestKey requestKey, byte[] hash);

    /** Saves what has changed about a room, except its head. */
    void save(RoomState room);

    /** Makes the user a member. */
    void enter(RoomState after, String userId);

    /** Ends the user's membership. */
    void leave(RoomState after, String userId);

    /** Records that an entry edits or deletes another. */
    void addAmendment(String room, long target, long seq);

    /** Forgets that entries before a seq edit this one. */
    void deleteEdits(String room, long target, long before);

    /** Records what the entry {@code seq} says: that the user reacts to a message, or does not any more. */
    void react(React react, User user, long seq);

    /** Forgets the reactions to a message whose entries are before a seq. */
    void deleteReactions(String room, long target, long before);

    /** Replaces an entry and erases it everywhere; only its author, its request and the request's hash remain. */
    void erase(String room, StoredEntry entry, byte[] json);

    /** Stores a user's name. */
    void upsertUser(User user);

    /** Records that tokens of a user are no longer good, which they were until then: all, or those of one sign-in. */
    void endSignIns(User user, EndSignIns ended);

    /** Records that a message mentions the user. */
    void mention(String room, String userId, long seq);

    /** Records that an entry of this author calls everybody in the room. */
    void callAll(String room, String authorId, long seq);

    /** Stars a room, which exists, for a user who had not starred it, or takes the star away. */
    void star(String room, String userId, boolean on);

    /** Forgets the user's first mentions in a room up to a seq, at most {@code most}. */
    void deleteMentions(String room, String userId, long upTo, int most);

    /** Records how far the user has read. */
    void mark(String room, String userId, AppendResult.ReadMarked mark);

    /** Forgets how far the user has read. */
    void deleteReadMark(String room, String userId);
}
