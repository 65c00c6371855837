package id.warung.log.command;

import id.warung.log.AppendResult;
import id.warung.log.RoomState;
import id.warung.protocol.User;
import java.util.List;

/** Reads the facts for handlers from a storage's log, as it is before the group. For the writing thread. */
public interface LogReader {
    /** Whether inboxes are kept here. */
    boolean keepsInboxes();

    /** Whether an append detects by itself that its request was executed by another kept entry, so that there is no need to check. */
    boolean detectsDuplicates();

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

    /** A stored user, or null. */
    User user(String id);

    /** How far the user has read, or null. */
    AppendResult.ReadMarked mark(String room, String userId);

    /** How many entries mention the user in a room up to a seq, counted up to {@code most}. */
    int mentions(String room, String userId, long upTo, int most);
}
