package id.warung.session;

import id.warung.log.Permissions;
import id.warung.log.Position;
import id.warung.log.Principal;
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
import id.warung.session.Backlog.Said;
import java.lang.System.Logger;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Executes one client's commands, one after another, off the container's threads. Any thread may call {@link #offer};
 * the rest runs in the pump.
 */
final class Conversation {
    private static final Logger LOG = System.getLogger(Conversation.class.getName());
    private static final int SPARE_REPLIES = 8;
    private static final long PLAIN_SHARE =
            Long.MAX_VALUE / 8; // the limit of the address applies: a plain-text client cannot be told to wait

    private static final CompletableFuture<Room> NO_ROOM = CompletableFuture.completedFuture(null);
    private static final CompletableFuture<User> NOBODY = CompletableFuture.completedFuture(null);

    private final ChatSession session;
    private final Services services;
    private final Cursors cursors;
    private final Drafts drafts;
    private final SignIn signIn;
    private final Backlog backlog;
    private final Pump pump;
    private Opening opening;
    private Said current; // the command of this step
    private volatile boolean answerAwaited; // later commands wait: they may depend on the room or on the result

    /** A command that waits for its room, if it has one, and perhaps for a user. */
    private record Opening(Said saying, CompletableFuture<Room> room, CompletableFuture<User> who) {}

    Conversation(ChatSession session, Services services, Cursors cursors) {
        this.session = session;
        this.services = services;
        this.cursors = cursors;
        this.drafts = new Drafts(session, services);
        this.signIn = new SignIn(session, services, cursors, this::wake);
        long maxBytes = session.isPlain() ? PLAIN_SHARE : services.settings().maxWaitingBytes();
        this.backlog = new Backlog(session.input(), maxBytes, failure -> session.reply(null, failure));
        this.pump = new Pump(this, this::step, services.executor());
    }

    /** Adds a command from a frame of this many characters; it is rejected if it exceeds the limits. */
    void offer(Command command, int frameChars) {
        backlog.offer(command, frameChars);
        pump.wake();
    }

    /** Adds a rejection of input that was not a command: it is answered in its turn. */
    void offer(Refused refused) {
        backlog.offer(refused.reply());
        pump.wake();
    }

    /** There may be room again for the replies of the next command, or the user may have a new name. */
    void wake() {
        pump.wake();
    }

    /** Identifies this pump in the log. */
    @Override
    public String toString() {
        return session.context().line("conversation");
    }

    private Pump.Step step() {
        try {
            return next();
        } catch (RuntimeException | Error e) {
            FatalErrors.report(e);
            LOG.log(
                    Logger.Level.ERROR,
                    session.context(current == null ? null : current.command()).line("A session was ended by a bug"),
                    e);
            opening = null;
            if (current != null) {
                settled(current);
            }
            session.end(CloseCode.INTERNAL);
            return Pump.Step.AGAIN;
        }
    }

    private Pump.Step next() {
        current = null;
        if (opening != null) {
            return opened();
        }
        if (answerAwaited || session.roomForReplies() < drafts.acksToCome() + SPARE_REPLIES) {
            return Pump.Step.IDLE;
        }
        signIn.tellName();
        Said saying = backlog.poll();
        current = saying;
        if (saying == null) {
            if (session.hasEnded()) {
                cursors.endAll(); // only after all commands are executed
            }
            return Pump.Step.IDLE;
        }
        if (saying.refusal() != null) {
            session.reply(saying.command(), saying.refusal());
            return settled(saying);
        }
        try {
            return handle(saying);
        } catch (Refused refused) {
            return refuse(saying, refused);
        }
    }

    private Pump.Step refuse(Said saying, Refused refused) {
        session.reply(
                saying.command(), saying.named((saying.id() == null ? refused : refused.of(saying.id())).reply()));
        return settled(saying);
    }

    private Pump.Step handle(Said saying) throws Refused {
        return saying.command().accept(new Beginning(saying));
    }

    /** Starts a command, or executes it at once. */
    private final class Beginning implements Command.Visitor<Pump.Step> {
        private final Said saying;

        Beginning(Said saying) {
            this.saying = saying;
        }

        @Override
        public Pump.Step lasting(Command.Lasting command) throws Refused {
            checkedUser();
            String name = command.room();
            boolean outside = command.isSaidInside() && cursors.in(name) == null;
            return !command.isSaidInside() || (outside && saying.id() != null) // it may have been executed before
                    ? open(saying, name)
                    : ask(saying, joined(name).room());
        }

        @Override
        public Pump.Step join(Command.Join join) throws Refused {
            checkedUser();
            if (cursors.in(join.room()) == null
                    && cursors.count() == services.settings().maxRoomsPerSession()) {
                throw new Refused(ErrorCode.TOO_MANY_ROOMS, "This session is in too many rooms. Leave one first.");
            }
            return open(saying, join.room());
        }

        @Override
        public Pump.Step direct(Command.Direct direct) throws Refused {
            String me = checkedUser().id();
            if (direct.user().equals(me)) {
                throw noSuchUser();
            }
            return open(saying, RoomName.directOf(me, direct.user()), find(direct.user()));
        }

        @Override
        public Pump.Step hello(Command.Hello hello) throws Refused {
            return await(saying, NO_ROOM, signIn.holder(hello));
        }

        @Override
        public Pump.Step leave(Command.Leave leave) throws Refused {
            cursors.end(joined(leave.room()));
            session.reply(new Reply.Left(leave.room(), null));
            return settled(saying);
        }

        @Override
        public Pump.Step typing(Command.Typing typing) throws Refused {
            Conversation.this.typing(joined(typing.room()).room());
            return settled(saying);
        }

        @Override
        public Pump.Step pong(Command.Pong pong) {
            return settled(saying); // it was handled on arrival
        }
    }

    private void typing(Room room) throws Refused {
        User user = checkedUser();
        Permissions.check(services.settings().principal(user), Permissions.Action.READ, room.state());
        room.types(user);
    }

    private Pump.Step open(Said saying, String name) {
        return open(saying, name, NOBODY);
    }

    private Pump.Step open(Said saying, String name, CompletableFuture<User> who) {
        return await(saying, services.rooms().open(name).toCompletableFuture(), who);
    }

    private CompletableFuture<User> find(String userId) {
        return services.people().find(userId).toCompletableFuture();
    }

    private Pump.Step await(Said saying, CompletableFuture<Room> room, CompletableFuture<User> who) {
        opening = new Opening(saying, room, who);
        CompletableFuture<Void> both = CompletableFuture.allOf(room, who);
        if (both.isDone()) {
            return opened();
        }
        CompletionStage<Void> unused = both.whenComplete((done, failure) -> pump.resume());
        return Pump.Step.PENDING;
    }

    private Pump.Step opened() {
        Opening done = opening;
        Said saying = done.saying();
        current = saying;
        opening = null;
        try {
            if (done.room().isCompletedExceptionally() || done.who().isCompletedExceptionally()) {
                session.reply(saying.command(), saying.named(Reply.Failure.unavailable(saying.id())));
                return settled(saying);
            }
            return saying.command().accept(new Ending(done));
        } catch (Refused refused) {
            return refuse(saying, refused);
        }
    }

    /** Executes a command after what it waited for is there. */
    private final class Ending implements Command.Visitor<Pump.Step> {
        private final Said saying;
        private final Opening done;

        Ending(Opening done) {
            this.saying = done.saying();
            this.done = done;
        }

        @Override
        public Pump.Step lasting(Command.Lasting command) throws Refused {
            return ask(saying, done.room().join());
        }

        @Override
        public Pump.Step join(Command.Join join) throws Refused {
            Room room = done.room().join();
            return subscribe(join, room) ? settled(saying) : open(saying, room.name()); // it was being closed
        }

        @Override
        public Pump.Step direct(Command.Direct direct) throws Refused {
            return askDirect(saying, done.room().join(), done.who().join());
        }

        @Override
        public Pump.Step hello(Command.Hello hello) throws Refused {
            signIn.take(hello, done.who().join());
            return settled(saying);
        }

        @Override
        public Pump.Step leave(Command.Leave leave) {
            throw new IllegalStateException("leave waits for nothing");
        }

        @Override
        public Pump.Step typing(Command.Typing typing) {
            throw new IllegalStateException("typing waits for nothing");
        }

        @Override
        public Pump.Step pong(Command.Pong pong) {
            throw new IllegalStateException("pong waits for nothing");
        }
    }

    /** The old cursor ends before the reply is queued, and the new one starts with it: the reply separates them. */
    private boolean subscribe(Command.Join join, Room room) throws Refused {
        Subscription earlier = cursors.in(join.room());
        User user = checkedUser();
        long n = room.n();
        long head = room.head();
        RoomState state = room.state();
        Principal principal = services.settings().principal(user);
        Permissions.check(
                principal,
                Permissions.Action.READ,
                state); // read after the head: a removed user must not learn how far the log went on after the removal
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
        boolean moderator = Permissions.moderates(principal, state);
        session.announce(() -> {
            if (lost) {
                session.queue(new Reply.Reset(room.name(), room.epoch(), head));
            }
            session.queue(new Reply.Joined(
                    room.name(), room.epoch(), head, n, state.access(), state.topic(), state.archived(), moderator));
            cursors.add(subscription);
        });
        session.debug("Joined", join);
        return true;
    }

    private static boolean isIn(Room room, long head, Position position) {
        return room.epoch().equals(position.epoch()) && position.seq() <= head;
    }

    /** Hands the command to the log. */
    private Pump.Step ask(Said saying, Room room) throws Refused {
        Command.Lasting command = (Command.Lasting) saying.command();
        if (command.isSaidInside() && cursors.in(room.name()) == null) {
            command = new Command.Again(command);
        }
        User user = checkedUser();
        boolean awaited = command.isAwaited();
        answerAwaited = awaited;
        if (drafts.ask(room, command, user, () -> answered(saying, awaited))) {
            return Pump.Step.AGAIN;
        }
        answerAwaited = false;
        return open(saying, room.name());
    }

    private Pump.Step askDirect(Said saying, Room room, User other) throws Refused {
        if (other == null) {
            throw noSuchUser();
        }
        Command.Create create = new Command.Create(room.name(), null, Access.MEMBERS, "");
        boolean asked = drafts.askDirect(room, create, checkedUser(), other, () -> answered(saying, false));
        return asked ? Pump.Step.AGAIN : open(saying, room.name(), find(other.id()));
    }

    private static Refused noSuchUser() {
        return new Refused(ErrorCode.NO_SUCH_USER, "There is no such user.");
    }

    private void answered(Said saying, boolean awaited) {
        settled(saying);
        if (awaited) {
            answerAwaited = false;
        }
        wake();
    }

    private User checkedUser() throws Refused {
        User user = session.user();
        if (user == null) {
            throw new Refused(ErrorCode.NOT_SIGNED_IN, "Sign in first: send hello.");
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
        backlog.settled(saying);
        return Pump.Step.AGAIN;
    }
}
