package id.warung.log.command;

import id.warung.log.Outcome;
import id.warung.log.RoomState;
import id.warung.protocol.User;
import java.util.List;

/** What a storage tells of its log, as it is before the group that is being decided. For the writing thread. */
public interface LogReader {
    /** Whether inboxes are kept here. */
    boolean keepsInboxes();

    /** Whether putting in an entry finds out by itself that its request was met by another that is kept, so that it need not be asked. */
    boolean noticesMetRequests();

    /** How the room stands, which need not exist. */
    RoomState room(String name);

    /** What has met a request; null when nothing has. */
    Request.Met met(Request request);

    /** What has met a request and is not kept any more; null when nothing has. */
    Request.Met buried(Request request);

    /** The entry; null when it is not kept. */
    Kept entry(String room, long seq);

    /** The first entry, from this seq on, that is kept; null when none is. */
    Kept firstFrom(String room, long seq);

    /** The entries that edit this one, at most so many, the first ones. */
    List<EditAt> edits(String room, long target, int most);

    /** Somebody who was remembered, or null. */
    User user(String id);

    /** How far somebody has read, or null. */
    Outcome.Noted mark(String room, String userId);

    /** How many entries mention somebody in a room up to a seq, counted up to {@code most}. */
    int mentions(String room, String userId, long upTo, int most);
}
