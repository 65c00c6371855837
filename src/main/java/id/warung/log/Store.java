package id.warung.log;

import id.warung.protocol.Command;
import id.warung.protocol.User;
import java.time.Instant;
import java.util.List;

/**
 * What {@link Rules} need of a storage to write a group. For the writing thread. All of it takes effect with the commit, or
 * nothing.
 *
 * @param <X> how it fails
 */
interface Store<X extends Exception> {
    /** What an entry is, for those who look for it; stored as its code. */
    enum Kind {
        MESSAGE(0),
        EDITED(1),
        DELETED(2),
        /** What was a message. */
        ERASED(3),
        OTHER(4);

        final int code;

        Kind(int code) {
            this.code = code;
        }

        static Kind of(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    /** An entry that a command is about. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Target(Kind kind, String authorId, byte[] json) {}

    /** The name of the logs that are kept here. */
    String epoch(RoomRow room);

    /** Whether inboxes are kept here. */
    boolean keepsInboxes();

    /** The room, which need not exist. The same object for as long as it is cached. */
    RoomRow room(String name) throws X;

    /**
     * Puts an entry in as the room's next.
     *
     * @return false, and nothing is done, when the author has used the id
     */
    boolean insert(RoomRow room, long seq, Instant at, User author, String id, Kind kind, byte[] json) throws X;

    /** The earlier command of this author with this id, as an outcome; null when there was none. */
    Outcome earlier(RoomRow room, User author, Command.Lasting command) throws X;

    /** The same of those whose entries are gone. */
    Outcome buried(RoomRow room, User author, Command.Lasting command) throws X;

    /** The entry; null when it is not kept. */
    Target target(RoomRow room, long seq) throws X;

    /** Notes that an entry edits or deletes another. */
    void amends(RoomRow room, long target, long seq) throws X;

    /** The seqs of the entries that edit this one, at most so many, the first ones. */
    List<Long> edits(RoomRow room, long target, int most) throws X;

    /** Forgets that entries before a seq edit this one. */
    void forgetEdits(RoomRow room, long target, long before) throws X;

    /** Puts this in the place of an entry; what it was is nowhere any more, but for its author and a hash of it under its id. */
    void erase(RoomRow room, long seq, byte[] json) throws X;

    /** Keeps what is new about a room, but for its entries. */
    void save(RoomRow room) throws X;

    void addMember(RoomRow room, String userId) throws X;

    void removeMember(RoomRow room, String userId) throws X;

    /** Remembers what somebody is called. */
    void remember(User user) throws X;

    /** Somebody who was remembered, or null. */
    User user(String id) throws X;

    /** A message mentions somebody. */
    void mention(String userId, RoomRow room, long seq) throws X;

    /** Forgets some of what mentions somebody in a room up to a seq; false while there may be more. */
    boolean forgetMentions(String userId, RoomRow room, long upTo) throws X;

    /** Notes how far somebody has read, unless he has read further; returns how far that is. */
    Outcome.Noted read(String userId, RoomRow room, Outcome.Noted mark) throws X;

    /** Forgets that somebody ever was in a room. */
    void forget(String userId, RoomRow room) throws X;
}
