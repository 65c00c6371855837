package id.warung.session;

import id.warung.identity.Guests;
import id.warung.log.Position;
import id.warung.log.RoomState;
import id.warung.protocol.Access;
import id.warung.protocol.CloseCode;
import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Limits;
import id.warung.protocol.Refused;
import id.warung.protocol.Reply;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import id.warung.pump.FatalErrors;
import id.warung.pump.Pump;
import id.warung.room.Room;
import id.warung.room.Subscription;
import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Does what one client says, one command after another, off the container's threads. {@link #offer} may be called by
 * any thread; the rest runs in the pump.
 */
final class Conversation {
    private static final Logger LOG = System.getLogger(Conversation.class.getName());
    private static final int SPARE_REPLIES = 8;

    private final ChatSession session;
    private final Services services;
    private final Cursors cursors;
    private final Drafts drafts;
    private final ArrayDeque<Said> said = new ArrayDeque<>(2);
    private final AtomicLong waitingBytes = new AtomicLong(); // said or posted, and not yet settled
    private final Pump pump;
    private Opening opening;
    private volatile boolean creating; // what was said after it waits, for it may be about the room

    /** A command, or why what came is none. */
    private record Said(Command command, Refused refused) {
        private int weight() {
            return command instanceof Command.Post post ? 2 * post.text().length() + 256 : 256;
        }

        private String id() {
            return command instanceof Command.Lasting lasting ? lasting.id() : null;
        }
    }

    /** A command that waits for its room, and perhaps for who else it is about. */
    private record Opening(Said saying, CompletableFuture<Room> room, CompletableFuture<User> other) {}

    Conversation(ChatSession session, Services services, Cursors cursors) {
        this.session = session;
        this.services = services;
        this.cursors = cursors;
        this.drafts = new Drafts(session, services);
        this.pump = new Pump(this::step, services.executor());
    }

    /** Takes a command in; one that is too much is refused. */
    void offer(Command command) {
        offer(new Said(command, null));
    }

    /** Takes in what was refused before it was a command: it is answered in its turn. */
    void offer(Refused refused) {
        offer(new Said(null, refused));
    }

    private void offer(Said saying) {
        int weight = saying.weight();
        if (waitingBytes.addAndGet(weight) > services.settings().maxWaitingBytes()) {
            waitingBytes.addAndGet(-weight);
            session.reply(Reply.Failure.busy(saying.id()));
            return;
        }
        synchronized (said) {
            said.add(saying);
        }
        pump.wake();
    }

    /** There may be room for the replies again that the next command needs. */
    void wake() {
        pump.wake();
    }

    private Pump.Step step() {
        try {
            return next();
        } catch (RuntimeException | Error e) {
            FatalErrors.report(e);
            LOG.log(Logger.Level.ERROR, "A session was ended by a bug", e);
            opening = null;
            session.end(CloseCode.INTERNAL);
            return Pump.Step.AGAIN;
        }
    }

    private Pump.Step next() {
        if (opening != null) {
            return opened();
        }
        if (creating || session.roomForReplies() < drafts.acksToCome() + SPARE_REPLIES) {
            return Pump.Step.IDLE;
        }
        Said saying;
        synchronized (said) {
            saying = said.poll();
        }
        if (saying == null) {
            if (session.hasEnded()) {
                cursors.endAll(); // not before everything that was said is done
            }
            return Pump.Step.IDLE;
        }
        try {
            if (saying.refused() != null) {
                throw saying.refused();
            }
            return handle(saying);
        } catch (Refused refused) {
            return refuse(saying, refused);
        }
    }

    private Pump.Step refuse(Said saying, Refused refused) {
        Reply.Failure failure = (saying.id() == null ? refused : refused.of(saying.id())).reply();
        session.reply(saying.command() instanceof Command.Join join ? failure.toJoin(join.room()) : failure);
        return settled(saying);
    }

    private Pump.Step handle(Said saying) throws Refused {
        Command command = saying.command();
        if (command instanceof Command.Post
                || command instanceof Command.Edit
                || command instanceof Command.Delete
                || command instanceof Command.Read) {
            Command.Lasting lasting = (Command.Lasting) command;
            return ask(saying, joined(lasting.room()).room());
        }
        if (command instanceof Command.Lasting lasting) { // about a room that one need not be in
            checkedUser();
            return open(saying, lasting.room());
        }
        if (command instanceof Command.Join join) {
            checkedUser();
            if (cursors.in(join.room()) == null
                    && cursors.count() == services.settings().maxRoomsPerSession()) {
                throw new Refused(ErrorCode.TOO_MANY_ROOMS, "This session reads as many rooms as it may.");
            }
            return open(saying, join.room());
        }
        if (command instanceof Command.Direct direct) {
            String me = checkedUser().id();
            if (direct.user().equals(me)) {
                throw noSuchUser();
            }
            return open(saying, RoomName.directOf(me, direct.user()));
        }
        if (command instanceof Command.Hello hello) {
            hello(hello);
        } else if (command instanceof Command.Leave leave) {
            leave(leave);
        } else if (command instanceof Command.Typing typing) {
            joined(typing.room()).room().types(checkedUser());
        }
        return settled(saying);
    }

    private void hello(Command.Hello hello) throws Refused {
        if (session.user() != null) {
            throw new Refused(ErrorCode.ALREADY_SIGNED_IN, "This session has said hello.");
        }
        Guests.SignedIn signedIn = services.guests().signIn(hello);
        session.signedIn(signedIn.user());
        session.reply(new Reply.SignedIn(signedIn.user(), signedIn.token()));
    }

    private void leave(Command.Leave leave) throws Refused {
        Subscription subscription = joined(leave.room());
        cursors.end(subscription);
        session.reply(new Reply.Left(leave.room(), null));
    }

    private Pump.Step open(Said saying, String name) {
        CompletableFuture<Room> room = services.rooms().open(name).toCompletableFuture();
        CompletableFuture<User> other = saying.command() instanceof Command.Direct direct
                ? services.people().apply(direct.user()).toCompletableFuture()
                : CompletableFuture.completedFuture(null);
        opening = new Opening(saying, room, other);
        CompletableFuture<Void> both = CompletableFuture.allOf(room, other);
        if (both.isDone()) {
            return opened();
        }
        CompletionStage<Void> unused = both.whenComplete((done, failure) -> pump.resume());
        return Pump.Step.PENDING;
    }

    private Pump.Step opened() {
        Opening done = opening;
        Said saying = done.saying();
        opening = null;
        try {
            if (done.room().isCompletedExceptionally() || done.other().isCompletedExceptionally()) {
                Reply.Failure failure = Reply.Failure.unavailable(saying.id());
                session.reply(saying.command() instanceof Command.Join join ? failure.toJoin(join.room()) : failure);
                return settled(saying);
            }
            Room room = done.room().join();
            if (!(saying.command() instanceof Command.Join join)) {
                return saying.command() instanceof Command.Direct
                        ? askDirect(saying, room, done.other().join())
                        : ask(saying, room);
            }
            return subscribe(join, room) ? settled(saying) : open(saying, room.name()); // it was just being closed
        } catch (Refused refused) {
            return refuse(saying, refused);
        }
    }

    private void mayJoin(RoomState state) throws Refused {
        if (!state.admits(checkedUser().id())) {
            throw new Refused(ErrorCode.NOT_A_MEMBER, "This room is for its members.");
        }
        if (!state.exists()
                && !RoomName.isReserved(state.room())
                && !services.settings().mayMakeRooms(checkedUser())) {
            throw new Refused(ErrorCode.NO_SUCH_ROOM, "There is no such room.");
        }
    }

    /** The old cursor ends before the answer is queued, and the new one begins with it: so the answer stands between them. */
    private boolean subscribe(Command.Join join, Room room) throws Refused {
        Subscription earlier = cursors.in(join.room());
        User user = checkedUser();
        long n = room.n();
        long head = room.head();
        RoomState state = room.state();
        mayJoin(state); // asked after the head was read: he is not told how far it went on after his removal
        boolean lost = join.epoch() != null && !isIn(room, head, new Position(join.epoch(), join.after()));
        long last = lost ? Limits.DEFAULT_LAST : join.last();
        long after = join.epoch() != null && !lost ? join.after() : Math.max(0, head - last);
        Subscription subscription = room.subscribe(session.reader(), after, user, session.isPlain());
        if (subscription == null) {
            return false;
        }
        if (earlier != null) {
            cursors.end(earlier);
        }
        boolean moderator = state.isOwner(user.id()) || services.settings().isModerator(user);
        session.announce(() -> {
            if (lost) {
                session.queue(new Reply.Reset(room.name(), room.epoch(), head));
            }
            session.queue(new Reply.Joined(
                    room.name(), room.epoch(), head, n, state.access(), state.topic(), state.archived(), moderator));
            cursors.add(subscription);
        });
        return true;
    }

    private static boolean isIn(Room room, long head, Position position) {
        return room.epoch().equals(position.epoch()) && position.seq() <= head;
    }

    /** Hands the command over to the log. */
    private Pump.Step ask(Said saying, Room room) throws Refused {
        if (saying.command() instanceof Command.Create && !services.settings().mayMakeRooms(checkedUser())) {
            throw new Refused(ErrorCode.FORBIDDEN, "Only moderators make rooms here.");
        }
        Command.Lasting command = (Command.Lasting) saying.command();
        User user = checkedUser();
        creating = command instanceof Command.Create;
        if (drafts.ask(room, command, user, () -> answered(saying))) {
            return Pump.Step.AGAIN;
        }
        creating = false;
        return open(saying, room.name());
    }

    private Pump.Step askDirect(Said saying, Room room, User other) throws Refused {
        if (other == null) {
            throw noSuchUser();
        }
        Command.Create create = new Command.Create(room.name(), null, Access.MEMBERS, "");
        boolean asked = drafts.askDirect(room, create, checkedUser(), other, () -> answered(saying));
        return asked ? Pump.Step.AGAIN : open(saying, room.name());
    }

    private static Refused noSuchUser() {
        return new Refused(ErrorCode.NO_SUCH_USER, "There is no such user here.");
    }

    private void answered(Said saying) {
        settled(saying);
        if (saying.command() instanceof Command.Create) {
            creating = false;
        }
        wake();
    }

    private User checkedUser() throws Refused {
        User user = session.user();
        if (user == null) {
            throw new Refused(ErrorCode.NOT_SIGNED_IN, "Say hello first.");
        }
        return user;
    }

    private Subscription joined(String room) throws Refused {
        checkedUser();
        Subscription subscription = cursors.in(room);
        if (subscription == null) {
            throw new Refused(ErrorCode.NOT_JOINED, "Join the room first.");
        }
        return subscription;
    }

    private Pump.Step settled(Said saying) {
        waitingBytes.addAndGet(-saying.weight());
        return Pump.Step.AGAIN;
    }
}
