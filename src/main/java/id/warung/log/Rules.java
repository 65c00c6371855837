package id.warung.log;

import id.warung.log.Permissions.Action;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Limits;
import id.warung.protocol.Refused;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What each command does to the log, whatever it is stored in: who may, which number it gets, what it means for other rooms. For
 * the writing thread only.
 *
 * @param <X> how the storage fails
 */
final class Rules<X extends Exception> {
    private static final int ERASED_BYTES = 128 * 1024; // of edits at a time

    private final Store<X> store;
    private final EntryCodec codec;
    private final Clock clock;
    private final Set<String> unfinished =
            new HashSet<>(); // authors of whose drafts one in this group is to be tried again

    Rules(Store<X> store, EntryCodec codec, Clock clock) {
        this.store = store;
        this.codec = codec;
        this.clock = clock;
    }

    /** What is appended from now on is of another group. */
    void beginGroup() {
        unfinished.clear();
    }

    /**
     * Does what the draft asks for, or says why not; then nothing was written. What an author says after something that is unfinished waits
     * for it, and is unfinished as well.
     */
    Outcome append(Draft draft) throws X {
        if (unfinished.contains(draft.author().id())) {
            return new Outcome.Unfinished(List.of());
        }
        Outcome outcome = outcome(draft);
        if (outcome instanceof Outcome.Unfinished) {
            unfinished.add(draft.author().id());
        }
        return outcome;
    }

    private Outcome outcome(Draft draft) throws X {
        RoomRow room = store.room(draft.room());
        Command.Lasting command = draft.command();
        try {
            if (command instanceof Command.Post post) {
                return post(room, draft, post);
            }
            Outcome earlier = command.id() == null ? null : earlier(room, draft);
            return earlier == null ? other(room, draft) : earlier;
        } catch (Refused refused) {
            // what was done once is done, though it would not be allowed any more
            Outcome earlier = command.id() == null ? null : earlier(room, draft);
            return earlier == null ? new Outcome.Denied(refused.code(), refused.getMessage()) : earlier;
        }
    }

    private Outcome earlier(RoomRow room, Draft draft) throws X {
        Outcome earlier = store.earlier(room, draft.author(), draft.command());
        return earlier != null || !room.buried ? earlier : store.buried(room, draft.author(), draft.command());
    }

    /** The index that says whether the id was used has to be written anyway, so the row is tried first, and no look-up comes before it. */
    private Outcome post(RoomRow room, Draft draft, Command.Post post) throws X, Refused {
        Permissions.check(draft.principal(), Action.POST, room);
        if (post.replyTo() > room.head) {
            throw new Refused(ErrorCode.NO_SUCH_MESSAGE, "There is no message to reply to.");
        }
        Outcome buried = post.id() == null || !room.buried ? null : store.buried(room, draft.author(), draft.command());
        if (buried != null) {
            return buried;
        }
        Heading heading = heading(room, draft, room.n + 1);
        List<Written> written = new ArrayList<>(1);
        if (!append(written, room, heading, Store.Kind.MESSAGE, codec.message(heading, post))) {
            return store.earlier(room, draft.author(), draft.command());
        }
        mention(written, room, draft, post, heading.seq());
        return new Outcome.Committed(written);
    }

    private void mention(List<Written> written, RoomRow room, Draft draft, Command.Post post, long seq) throws X {
        if (post.mentions().isEmpty()) {
            return;
        }
        for (String userId : new LinkedHashSet<>(post.mentions())) {
            if (!userId.equals(draft.author().id())
                    && Permissions.mayRead(userId, room)
                    && user(draft, userId) != null) {
                store.mention(userId, room, seq);
                tell(written, userId, draft.author(), heading -> codec.mentioned(heading, room.name, seq));
            }
        }
    }

    private Outcome other(RoomRow room, Draft draft) throws X, Refused {
        Command.Lasting command = draft.command();
        if (command instanceof Command.Read read) {
            return read(room, draft, read);
        }
        if (command instanceof Command.Again) {
            throw new Refused(ErrorCode.NOT_JOINED, "Join the room first.");
        }
        if (command instanceof Command.TakeName) {
            store.remember(draft.author());
            return new Outcome.Noted(0, 0);
        }
        List<Written> written = new ArrayList<>(2);
        if (command instanceof Command.Edit edit) {
            edit(written, room, draft, edit);
        } else if (command instanceof Command.Delete delete) {
            return delete(written, room, draft, delete);
        } else if (command instanceof Command.Create create) {
            return create(written, room, draft, create);
        } else if (command instanceof Command.Change change) {
            change(written, room, draft, change);
        } else if (command instanceof Command.Add add) {
            return add(written, room, draft, add);
        } else if (command instanceof Command.Remove remove) {
            return remove(written, room, draft, remove);
        } else {
            throw new IllegalArgumentException("No rule for " + command);
        }
        return new Outcome.Committed(written);
    }

    private void edit(List<Written> written, RoomRow room, Draft draft, Command.Edit edit) throws X, Refused {
        Permissions.check(draft.principal(), Action.EDIT, room);
        mayAmend(room, draft, edit.seq());
        if (store.edits(room, edit.seq(), Limits.MAX_EDITS).size() == Limits.MAX_EDITS) {
            throw new Refused(
                    ErrorCode.TOO_MANY_EDITS, "This message has been edited " + Limits.MAX_EDITS + " times already.");
        }
        Heading heading = heading(room, draft, room.n);
        append(written, room, heading, Store.Kind.EDITED, codec.edited(heading, edit));
        store.amends(room, edit.seq(), heading.seq());
    }

    /** Many edits, as older data may have, or long ones: they go first, a part at a time, and the last one stands. */
    private Outcome delete(List<Written> written, RoomRow room, Draft draft, Command.Delete delete) throws X, Refused {
        Permissions.check(draft.principal(), Action.DELETE, room);
        mayAmend(room, draft, delete.seq());
        List<Long> edits = store.edits(room, delete.seq(), Limits.MAX_EDITS + 1);
        int atOnce = erasedAtOnce(room, edits);
        if (atOnce < edits.size()) {
            erase(written, room, edits.subList(0, atOnce));
            store.forgetEdits(room, delete.seq(), edits.get(atOnce));
            return new Outcome.Unfinished(written);
        }
        Heading heading = heading(room, draft, room.n);
        append(written, room, heading, Store.Kind.DELETED, codec.deleted(heading, delete));
        erase(written, room, delete.seq());
        erase(written, room, edits);
        store.forgetEdits(room, delete.seq(), heading.seq());
        store.amends(room, delete.seq(), heading.seq());
        return new Outcome.Committed(written);
    }

    private int erasedAtOnce(RoomRow room, List<Long> edits) throws X {
        int count = 0;
        for (long bytes = 0; count < Math.min(edits.size(), Limits.MAX_EDITS) && bytes < ERASED_BYTES; count++) {
            Store.Target edit = store.target(room, edits.get(count));
            bytes += edit == null ? 0 : edit.json().length;
        }
        return count;
    }

    private void erase(List<Written> written, RoomRow room, List<Long> seqs) throws X {
        for (long seq : seqs) {
            erase(written, room, seq);
        }
    }

    private void erase(List<Written> written, RoomRow room, long seq) throws X {
        Store.Target target = store.target(room, seq);
        if (target == null) {
            return; // an ephemeral room has let it go, to have space for the entry that erases it
        }
        long n = Long.parseLong(codec.read(target.json()).getOrDefault("n", "0"));
        byte[] erased = codec.erased(room.name, seq, n);
        store.erase(room, seq, erased);
        written.add(new Written(room.name, new Entry(seq, target.authorId(), erased), n, null, true));
    }

    /** A direct conversation has its two members from the beginning; to create it again is to find it. */
    private Outcome create(List<Written> written, RoomRow room, Draft draft, Command.Create create) throws X, Refused {
        Permissions.check(draft.principal(), Action.CREATE, room);
        boolean direct = RoomName.isDirect(room.name);
        if (room.exists()) {
            if (direct) {
                return duplicate(room, 1);
            }
            throw new Refused(ErrorCode.ROOM_EXISTS, "There is a room of this name already.");
        }
        String author = draft.author().id();
        String other = direct ? RoomName.otherThan(author, room.name) : null;
        if (direct && user(draft, other) == null) {
            throw noSuchUser();
        }
        room.access = create.access();
        room.topic = create.topic();
        room.owner = author;
        Heading heading = heading(room, draft, room.n);
        append(written, room, heading, Store.Kind.OTHER, codec.created(heading, create));
        if (room.access == Access.MEMBERS) {
            enter(room, author);
        }
        if (direct) {
            enter(room, other);
        }
        changed(written, room);
        if (direct) {
            tell(written, other, draft.author(), note -> codec.membership("invited", note, room.name));
        }
        return new Outcome.Committed(written);
    }

    private void change(List<Written> written, RoomRow room, Draft draft, Command.Change change) throws X, Refused {
        Permissions.check(draft.principal(), change.topic() == null ? Action.ARCHIVE : Action.CHANGE_TOPIC, room);
        if (change.topic() == null) {
            room.archived = change.archived();
        } else {
            room.topic = change.topic();
        }
        Heading heading = heading(room, draft, room.n);
        append(written, room, heading, Store.Kind.OTHER, codec.changed(heading, change));
        changed(written, room);
    }

    private Outcome add(List<Written> written, RoomRow room, Draft draft, Command.Add add) throws X, Refused {
        Permissions.check(draft.principal(), Action.ADD, room);
        User user = user(draft, add.user());
        if (user == null) {
            throw noSuchUser();
        }
        if (room.isMember(user.id())) {
            return duplicate(room, room.head);
        }
        Heading heading = heading(room, draft, room.n);
        append(written, room, heading, Store.Kind.OTHER, codec.added(heading, user));
        enter(room, user.id());
        changed(written, room);
        tell(written, user.id(), draft.author(), note -> codec.membership("invited", note, room.name));
        return new Outcome.Committed(written);
    }

    private Outcome remove(List<Written> written, RoomRow room, Draft draft, Command.Remove remove) throws X, Refused {
        boolean themselves = remove.user().equals(draft.author().id());
        Permissions.check(draft.principal(), themselves ? Action.REMOVE_ONESELF : Action.REMOVE_OTHERS, room);
        if (!room.isMember(remove.user())) {
            throw noSuchUser();
        }
        if (!store.forgetMentions(remove.user(), room, Long.MAX_VALUE)) {
            return new Outcome.Unfinished(written);
        }
        User known = user(draft, remove.user());
        User user = known == null ? new User(remove.user(), remove.user()) : known;
        Heading heading = heading(room, draft, room.n);
        append(written, room, heading, Store.Kind.OTHER, codec.removed(heading, user));
        room.leave(user.id());
        store.removeMember(room, user.id());
        store.forget(user.id(), room);
        changed(written, room);
        if (!themselves) {
            tell(written, user.id(), draft.author(), note -> codec.membership("revoked", note, room.name));
        }
        return new Outcome.Committed(written);
    }

    private Outcome read(RoomRow room, Draft draft, Command.Read read) throws X, Refused {
        Permissions.check(draft.principal(), Action.READ, room);
        String user = draft.author().id();
        long seq = Math.min(read.seq(), room.head);
        if (!store.forgetMentions(user, room, read.seq() == 0 ? Long.MAX_VALUE : seq)) {
            return new Outcome.Unfinished(List.of());
        }
        if (read.seq() == 0) {
            store.forget(user, room);
            return new Outcome.Noted(0, 0);
        }
        long n = seq == room.head ? room.n : nAt(room, seq);
        Outcome.Noted mark = new Outcome.Noted(seq, n);
        return room.exists() ? store.read(user, room, mark) : mark;
    }

    /** What was trimmed is taken for read from its beginning on: nobody can read it any more. */
    private long nAt(RoomRow room, long seq) throws X {
        Store.Target target = store.target(room, Math.max(seq, room.first));
        return target == null
                ? room.n
                : Long.parseLong(codec.read(target.json()).getOrDefault("n", "0"));
    }

    private void mayAmend(RoomRow room, Draft draft, long seq) throws X, Refused {
        Store.Target target = seq > room.head ? null : store.target(room, seq);
        if (target == null || target.kind() != Store.Kind.MESSAGE) {
            throw new Refused(ErrorCode.NO_SUCH_MESSAGE, "There is no such message, or no longer.");
        }
        if (!target.authorId().equals(draft.author().id())) {
            Permissions.check(draft.principal(), Action.AMEND_OTHERS, room);
        }
    }

    private Outcome duplicate(RoomRow room, long seq) {
        return new Outcome.Duplicate(seq, room.state(store.epoch(room)));
    }

    private static Refused noSuchUser() {
        return new Refused(ErrorCode.NO_SUCH_USER, "There is no such user here.");
    }

    /** Somebody whom the draft names, or the log knows; null when neither does. */
    private User user(Draft draft, String id) throws X {
        for (User known : draft.known()) {
            if (known.id().equals(id)) {
                store.remember(known);
                return known;
            }
        }
        return id.equals(draft.author().id()) ? draft.author() : store.user(id);
    }

    private void enter(RoomRow room, String userId) throws X {
        room.enter(List.of(userId));
        store.addMember(room, userId);
    }

    private Heading heading(RoomRow room, Draft draft, long n) {
        return new Heading(room.name, room.head + 1, n, clock.instant(), draft.author(), draft.id());
    }

    /** Puts the room's next entry in; false when its author has used the id, and nothing is done. */
    private boolean append(List<Written> written, RoomRow room, Heading heading, Store.Kind kind, byte[] json)
            throws X {
        Instant at = heading.at();
        if (!store.insert(room, heading.seq(), at, heading.from(), heading.id(), kind, json)) {
            return false;
        }
        store.remember(heading.from());
        room.head = heading.seq();
        room.n = heading.n();
        Entry entry = new Entry(heading.seq(), heading.from().id(), json);
        written.add(new Written(room.name, entry, heading.n(), room.state(store.epoch(room)), false));
        return true;
    }

    /** What was written last has changed more about the room than its head. */
    private void changed(List<Written> written, RoomRow room) throws X {
        store.save(room);
        Written last = written.remove(written.size() - 1);
        written.add(new Written(last.room(), last.entry(), last.n(), room.state(store.epoch(room)), false));
    }

    /** Puts an entry into somebody's inbox. */
    private void tell(List<Written> written, String userId, User from, Function<Heading, byte[]> entry) throws X {
        if (!store.keepsInboxes()) {
            return;
        }
        RoomRow inbox = store.room(RoomName.inboxOf(userId));
        Heading heading = new Heading(inbox.name, inbox.head + 1, inbox.n, clock.instant(), from, null);
        append(written, inbox, heading, Store.Kind.OTHER, entry.apply(heading));
    }
}
