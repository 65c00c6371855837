package id.warung.log.command;

import id.warung.log.Entry;
import id.warung.log.Outcome;
import id.warung.log.RoomState;
import id.warung.protocol.User;
import java.time.Instant;

/** What a decision changes in a log. All of a group takes effect at once, or nothing. For the writing thread. */
public interface LogWriter {
    /**
     * Puts an entry in as the room's next. It is not called for one whose request is known to have been met.
     *
     * @param after how the room stands with it
     * @param request null: its author has not named it
     * @param hash of what was asked for; null without a request
     */
    void append(RoomState after, Entry entry, EntryKind kind, Instant at, Request request, byte[] hash);

    /** Keeps what is new about a room, but for its head. */
    void save(RoomState room);

    /** Somebody is a member from now on. */
    void enter(RoomState after, String userId);

    /** Somebody is a member no more. */
    void leave(RoomState after, String userId);

    /** Notes that an entry edits or deletes another. */
    void amend(String room, long target, long seq);

    /** Forgets that entries before a seq edit this one. */
    void forgetEdits(String room, long target, long before);

    /** Puts this in the place of an entry; what it was is nowhere any more, but for its author, and its request with the hash of it. */
    void erase(String room, Kept entry, byte[] json);

    /** Remembers what somebody is called. */
    void remember(User user);

    /** A message mentions somebody. */
    void mention(String room, String userId, long seq);

    /** Forgets what mentions somebody in a room up to a seq, the first so many. */
    void forgetMentions(String room, String userId, long upTo, int most);

    /** Notes how far somebody has read. */
    void mark(String room, String userId, Outcome.Noted mark);

    /** Forgets how far somebody has read. */
    void forgetMark(String room, String userId);
}
