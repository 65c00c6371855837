package id.warung.log.command;

import id.warung.log.AppendResult;
import id.warung.log.RoomState;
import id.warung.protocol.User;
import java.util.List;
import java.util.Set;

/** Reads the facts for handlers from a storage's log, as it is before the group. For the writing thread. */
public interface LogReader {
    /** Whether inboxes are kept here. */
    boolean keepsInboxes();

    /** Whether an append detects by itself that its request was executed by another kept entry, so that there is no need to check. */
    boolean detectsDuplicates();

    /** Says what will be asked in a moment, so that it can be read at once. */
    default void prepare(Needs needs) {
        // each fact is read when it is asked for
    }

    /** The state of a room, which need not exist. */
    RoomState room(String name);

    /** The earlier execution of a request; null when there is none. */
    RequestKey.Executed findByRequest(RequestKey requestKey);

    /** The earlier execution of a request whose entry is not kept any more; null when there is none. */
    RequestKey.Executed findTombstone(RequestKey requestKey);

    /** The entry; null when it is not kept. */
    StoredEntry entry(String room, long seq);

    /** The first kept entry from this seq on; null when there is none. */
    StoredEntry firstFrom(String room, long seq);

    /** The first edits of this entry, at most {@code most}. */
    List<EditAt> edits(String room, long target, int most);

    /** How many users react to a message with what. */
    ReactionCounts reactions(String room, long target);

    /** Whether the user reacts to a message with this. */
    boolean reacts(String room, long target, String emoji, String userId);

    /** The first entries that are reactions to this one, or were taken back, at most {@code most}. */
    List<Long> reactionEntries(String room, long target, int most);

    /** A stored user, or null. */
    User user(String id);

    /** How far the user has read, or null. */
    AppendResult.ReadMarked mark(String room, String userId);

    /** The names of the rooms that the user has starred. */
    Set<String> stars(String userId);

    /** How many entries mention the user in a room up to a seq, counted up to {@code most}. */
    int mentions(String room, String userId, long upTo, int most);
}
