package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.CommittedEntry;
import id.warung.log.Entry;
import id.warung.log.Permissions;
import id.warung.log.RoomState;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EndSignIns;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.React;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The decision of one append request: the facts for its handler, and the changes that the handler makes. For one thread. */
final class Decision {
    private final AppendRequest request;
    private final Facts facts;
    private final EntryCodec codec;
    private final Clock clock;
    private final List<Change> changes;
    private final List<CommittedEntry> written = new ArrayList<>(2);

    /** Creates a decision; changes are added to {@code changes} and are facts at once. */
    Decision(AppendRequest request, Facts facts, EntryCodec codec, Clock clock, List<Change> changes) {
        this.request = request;
        this.facts = facts;
        this.codec = codec;
        this.clock = clock;
        this.changes = changes;
    }

    Facts facts() {
        return facts;
    }

    EntryCodec codec() {
        return codec;
    }

    User author() {
        return request.author();
    }

    /** The state of the command's room, including the group's changes so far. */
    RoomState room() {
        return facts.room(request.room());
    }

    /** Returns if the author may do this in the command's room. */
    void check(Permissions.Action action) throws CommandRejectedException {
        Permissions.check(request.principal(), action, room());
    }

    /** Returns if the author may do this in another room, which is declared. */
    void check(Permissions.Action action, RoomState room) throws CommandRejectedException {
        Permissions.check(request.principal(), action, room);
    }

    /** Whether another room, which is declared, exists for the author. */
    boolean covers(RoomState room) {
        return Permissions.covers(request.principal(), room);
    }

    /** A user whom the request names or the log knows; null when neither does. */
    User user(String id) {
        for (User known : request.known()) {
            if (known.id().equals(id)) {
                upsertUser(known);
                return known;
            }
        }
        return id.equals(author().id()) ? author() : facts.user(id);
    }

    /** The same; throws when the user is unknown. */
    User needUser(String id) throws CommandRejectedException {
        User user = user(id);
        if (user == null) {
            throw noSuchUser();
        }
        return user;
    }

    /** The names, by id, of those of these users whom the request names or the log knows. */
    Map<String, String> namesOf(Collection<String> ids) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String id : ids) {
            User user = request.known().stream()
                    .filter(known -> known.id().equals(id))
                    .findFirst()
                    .orElseGet(() -> id.equals(author().id()) ? author() : facts.user(id));
            if (user != null) {
                names.put(id, user.name());
            }
        }
        return names;
    }

    static CommandRejectedException noSuchUser() {
        return new CommandRejectedException(ErrorCode.NO_SUCH_USER, "There is no such user.");
    }

    /** Stores a user's name. */
    void upsertUser(User user) {
        change(log -> log.upsertUser(user));
    }

    /** Ends sign-ins of the author. */
    void endSignIns(EndSignIns ended) {
        change(log -> log.endSignIns(author(), ended));
    }

    /** Appends the command's own entry to its room. */
    Heading append(EntryKind kind, Function<Heading, byte[]> entry) {
        RoomState room = room();
        RequestKey requestKey = request.id() == null ? null : new RequestKey(room.room(), author().id(), request.id());
        byte[] hash = requestKey == null ? null : RequestKey.hash(request.command());
        return append(room, request.id(), kind, requestKey, hash, entry);
    }

    /** Appends an entry to the user's inbox, where inboxes are kept. */
    void notifyUser(String userId, Function<Heading, byte[]> entry) {
        if (facts.keepsInboxes()) {
            append(facts.room(RoomName.inboxOf(userId)), null, EntryKind.OTHER, null, null, entry);
        }
    }

    private Heading append(
            RoomState room,
            String id,
            EntryKind kind,
            RequestKey requestKey,
            byte[] hash,
            Function<Heading, byte[]> entry) {
        long n = room.n() + (kind == EntryKind.MESSAGE ? 1 : 0);
        Heading heading = new Heading(room.room(), room.head().seq() + 1, n, clock.instant(), author(), id);
        Entry next = new Entry(heading.seq(), author().id(), entry.apply(heading));
        RoomState after = room.withHead(heading.seq(), n);
        change(log -> log.append(after, next, kind, heading.at(), requestKey, hash));
        upsertUser(author());
        written.add(new CommittedEntry(room.room(), next, n, after, false));
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

    /** Ends the user's membership and forgets their read mark and their star, as if they had never been there. */
    void leave(String userId) {
        RoomState after = room().withoutMember(userId);
        change(log -> log.leave(after, userId));
        change(log -> log.deleteReadMark(after.room(), userId));
        change(log -> log.star(after.room(), userId, false));
        writtenLast(after);
    }

    private void writtenLast(RoomState after) {
        CommittedEntry last = written.remove(written.size() - 1);
        written.add(new CommittedEntry(last.room(), last.entry(), last.n(), after, false));
    }

    /** Records that an entry edits or deletes another. */
    void addAmendment(long target, long seq) {
        change(log -> log.addAmendment(request.room(), target, seq));
    }

    /** Forgets that entries before a seq edit this one. */
    void deleteEdits(long target, long before) {
        change(log -> log.deleteEdits(request.room(), target, before));
    }

    /** Records the author's reaction, which the entry {@code seq} says. */
    void react(React react, long seq) {
        change(log -> log.react(react, author(), seq));
    }

    /** Forgets the reactions to a message whose entries are before a seq. */
    void deleteReactions(long target, long before) {
        change(log -> log.deleteReactions(request.room(), target, before));
    }

    /** Erases an entry; only its place remains. */
    void erase(long seq) {
        StoredEntry entry = facts.entry(request.room(), seq);
        if (entry == null) {
            return; // an ephemeral room has dropped it to make space for the entry that erases it
        }
        EntryCodec.Header header = codec.header(entry.json());
        long n = header.n();
        byte[] erased = codec.erased(request.room(), seq, n, header.type());
        change(log -> log.erase(request.room(), entry, erased));
        written.add(new CommittedEntry(request.room(), new Entry(seq, entry.authorId(), erased), n, null, true));
    }

    /** Records that a message mentions the user. */
    void mention(String userId, long seq) {
        change(log -> log.mention(request.room(), userId, seq));
    }

    /** Records that an entry calls everybody in the room. */
    void callAll(long seq) {
        change(log -> log.callAll(request.room(), author().id(), seq));
    }

    /** Stars a room for the author, or takes the star away. */
    void star(String room, boolean on) {
        change(log -> log.star(room, author().id(), on));
    }

    /** Forgets the user's mentions up to a seq; false when there are more than can be forgotten at once. */
    boolean deleteMentions(String userId, long upTo) {
        int count = facts.mentions(request.room(), userId, upTo);
        if (count > 0) {
            change(log -> log.deleteMentions(request.room(), userId, upTo, Decider.MENTIONS_AT_ONCE));
        }
        return count < Decider.MENTIONS_AT_ONCE;
    }

    /** Records how far the user has read. */
    void mark(String userId, AppendResult.ReadMarked mark) {
        change(log -> log.mark(request.room(), userId, mark));
    }

    /** Forgets how far the user has read. */
    void deleteReadMark(String userId) {
        change(log -> log.deleteReadMark(request.room(), userId));
    }

    private void change(Change change) {
        change.to(facts);
        changes.add(change);
    }

    /** Everything is written. */
    AppendResult committed() {
        return new AppendResult.Committed(written);
    }

    /** There is more to do than fits into one group: it continues in a later group. */
    AppendResult unfinished() {
        return new AppendResult.Unfinished(written);
    }

    /** It was executed before, with this entry. */
    AppendResult duplicate(long seq) {
        return new AppendResult.Duplicate(seq, room());
    }
}
