package id.warung.log.command;

import id.warung.log.Draft;
import id.warung.log.Entry;
import id.warung.log.Outcome;
import id.warung.log.Permissions;
import id.warung.log.RoomState;
import id.warung.log.Written;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Refused;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The decision of one append request: the facts for its handler, and the changes that the handler makes. For one thread. */
final class Decision {
    private final Draft draft;
    private final Facts facts;
    private final EntryCodec codec;
    private final Clock clock;
    private final boolean keepsInboxes;
    private final List<Change> changes;
    private final List<Written> written = new ArrayList<>(2);

    /** Creates a decision; changes are added to {@code changes} and are facts at once. */
    Decision(Draft draft, Facts facts, EntryCodec codec, Clock clock, boolean keepsInboxes, List<Change> changes) {
        this.draft = draft;
        this.facts = facts;
        this.codec = codec;
        this.clock = clock;
        this.keepsInboxes = keepsInboxes;
        this.changes = changes;
    }

    Facts facts() {
        return facts;
    }

    EntryCodec codec() {
        return codec;
    }

    User author() {
        return draft.author();
    }

    /** The state of the command's room, including the group's changes so far. */
    RoomState room() {
        return facts.room(draft.room());
    }

    /** Returns if the author may do this in the command's room. */
    void check(Permissions.Action action) throws Refused {
        Permissions.check(draft.principal(), action, room());
    }

    /** A user whom the request names or the log knows; null when neither does. */
    User user(String id) {
        for (User known : draft.known()) {
            if (known.id().equals(id)) {
                remember(known);
                return known;
            }
        }
        return id.equals(author().id()) ? author() : facts.user(id);
    }

    /** The same; throws when the user is unknown. */
    User needUser(String id) throws Refused {
        User user = user(id);
        if (user == null) {
            throw noSuchUser();
        }
        return user;
    }

    static Refused noSuchUser() {
        return new Refused(ErrorCode.NO_SUCH_USER, "There is no such user.");
    }

    /** Stores a user's name. */
    void remember(User user) {
        change(log -> log.remember(user));
    }

    /** Appends the command's own entry to its room. */
    Heading append(EntryKind kind, Function<Heading, byte[]> entry) {
        RoomState room = room();
        Request request = draft.id() == null ? null : new Request(room.room(), author().id(), draft.id());
        byte[] hash = request == null ? null : Request.hash(draft.command());
        return append(room, draft.id(), kind, request, hash, entry);
    }

    /** Appends an entry to the user's inbox, where inboxes are kept. */
    void tell(String userId, Function<Heading, byte[]> entry) {
        if (keepsInboxes) {
            append(facts.room(RoomName.inboxOf(userId)), null, EntryKind.OTHER, null, null, entry);
        }
    }

    private Heading append(
            RoomState room, String id, EntryKind kind, Request request, byte[] hash, Function<Heading, byte[]> entry) {
        long n = room.n() + (kind == EntryKind.MESSAGE ? 1 : 0);
        Heading heading = new Heading(room.room(), room.head().seq() + 1, n, clock.instant(), author(), id);
        Entry next = new Entry(heading.seq(), author().id(), entry.apply(heading));
        RoomState after = room.withHead(heading.seq(), n);
        change(log -> log.append(after, next, kind, heading.at(), request, hash));
        remember(author());
        written.add(new Written(room.room(), next, n, after, false));
        return heading;
    }

    /** Changes the state of the room after its latest entry. */
    void changeRoom(UnaryOperator<RoomState> how) {
        RoomState after = how.apply(room());
        change(log -> log.save(after));
        writtenLast(after);
    }

    /** Makes the user a member. */
    void enter(String userId) {
        RoomState after = room().withMember(userId);
        change(log -> log.enter(after, userId));
        writtenLast(after);
    }

    /** Ends the user's membership and forgets their read mark, as if they had never been there. */
    void leave(String userId) {
        RoomState after = room().withoutMember(userId);
        change(log -> log.leave(after, userId));
        change(log -> log.forgetMark(after.room(), userId));
        writtenLast(after);
    }

    private void writtenLast(RoomState after) {
        Written last = written.remove(written.size() - 1);
        written.add(new Written(last.room(), last.entry(), last.n(), after, false));
    }

    /** Records that an entry edits or deletes another. */
    void amend(long target, long seq) {
        change(log -> log.amend(draft.room(), target, seq));
    }

    /** Forgets that entries before a seq edit this one. */
    void forgetEdits(long target, long before) {
        change(log -> log.forgetEdits(draft.room(), target, before));
    }

    /** Erases an entry; only its place remains. */
    void erase(long seq) {
        Kept entry = facts.entry(draft.room(), seq);
        if (entry == null) {
            return; // an ephemeral room has dropped it to make space for the entry that erases it
        }
        long n = codec.header(entry.json()).n();
        byte[] erased = codec.erased(draft.room(), seq, n);
        change(log -> log.erase(draft.room(), entry, erased));
        written.add(new Written(draft.room(), new Entry(seq, entry.authorId(), erased), n, null, true));
    }

    /** Records that a message mentions the user. */
    void mention(String userId, long seq) {
        change(log -> log.mention(draft.room(), userId, seq));
    }

    /** Forgets the user's mentions up to a seq; false when there are more than can be forgotten at once. */
    boolean forgetMentions(String userId, long upTo) {
        int count = facts.mentions(draft.room(), userId, upTo);
        if (count > 0) {
            change(log -> log.forgetMentions(draft.room(), userId, upTo, Decider.MENTIONS_AT_ONCE));
        }
        return count < Decider.MENTIONS_AT_ONCE;
    }

    /** Records how far the user has read. */
    void mark(String userId, Outcome.Noted mark) {
        change(log -> log.mark(draft.room(), userId, mark));
    }

    /** Forgets how far the user has read. */
    void forgetMark(String userId) {
        change(log -> log.forgetMark(draft.room(), userId));
    }

    private void change(Change change) {
        change.to(facts);
        changes.add(change);
    }

    /** Everything is written. */
    Outcome committed() {
        return new Outcome.Committed(written);
    }

    /** There is more to do than fits into one group: it continues in a later group. */
    Outcome unfinished() {
        return new Outcome.Unfinished(written);
    }

    /** It was executed before, with this entry. */
    Outcome duplicate(long seq) {
        return new Outcome.Duplicate(seq, room());
    }
}
