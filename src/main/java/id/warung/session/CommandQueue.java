package id.warung.session;

import id.warung.identity.Identity;
import id.warung.log.AppendResult;
import id.warung.log.Permissions;
import id.warung.protocol.CloseCode;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Leave;
import id.warung.protocol.Pong;
import id.warung.protocol.Reply;
import id.warung.protocol.RetryOnly;
import id.warung.protocol.RoomName;
import id.warung.protocol.SignOut;
import id.warung.protocol.Typing;
import id.warung.protocol.User;
import id.warung.pump.FatalErrors;
import id.warung.pump.Pump;
import id.warung.room.Room;
import id.warung.room.Subscription;
import id.warung.session.Backlog.QueuedCommand;
import java.lang.System.Logger;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Executes one client's commands, one after another, off the container's threads. Any thread may call {@link #offer};
 * the rest runs in the pump.
 */
final class CommandQueue {
    private static final Logger LOG = System.getLogger(CommandQueue.class.getName());
    private static final int SPARE_REPLIES = 8;
    // the limit of the address applies: a plain-text client cannot be told to wait
    private static final long PLAIN_SHARE = Long.MAX_VALUE / 8;

    private static final CompletableFuture<Room> NO_ROOM = CompletableFuture.completedFuture(null);
    private static final CompletableFuture<User> NOBODY = CompletableFuture.completedFuture(null);

    private final ChatSession session;
    private final NodeContext node;
    private final Subscriptions subscriptions;
    private final Joiner joiner;
    private final CommandSubmitter submitter;
    private final SignIn signIn;
    private final Backlog backlog;
    private final Pump pump;
    private PendingRoom pendingRoom;
    private QueuedCommand current; // the command of this step
    private volatile boolean answerAwaited; // later commands wait: they may depend on the room or on the result

    /** A command that waits for its room, if it has one, and perhaps for a user. */
    private record PendingRoom(QueuedCommand queued, CompletableFuture<Room> room, CompletableFuture<User> who) {}

    CommandQueue(ChatSession session, NodeContext node, Subscriptions subscriptions) {
        this.session = session;
        this.node = node;
        this.subscriptions = subscriptions;
        this.joiner = new Joiner(session, subscriptions);
        this.submitter = new CommandSubmitter(session, node);
        this.signIn = new SignIn(session, node, subscriptions, this::wake);
        long maxBytes = session.isPlain() ? PLAIN_SHARE : node.settings().maxWaitingBytes();
        this.backlog = new Backlog(session.input(), maxBytes, failure -> session.reply(null, failure));
        this.pump = new Pump(this, this::step, node.executor());
    }

    /** Adds a command from a frame of this many characters; it is rejected if it exceeds the limits. */
    void offer(Command command, int frameChars) {
        backlog.offer(command, frameChars);
        pump.wake();
    }

    /** Adds a rejection of input that was not a command: it is answered in its turn. */
    void offer(CommandRejectedException refused) {
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
            pendingRoom = null;
            if (current != null) {
                settled(current);
            }
            session.end(CloseCode.INTERNAL);
            return Pump.Step.AGAIN;
        }
    }

    private Pump.Step next() {
        current = null;
        if (pendingRoom != null) {
            return opened();
        }
        if (answerAwaited || session.roomForReplies() < submitter.pendingAcks() + SPARE_REPLIES) {
            return Pump.Step.IDLE;
        }
        signIn.announceName();
        QueuedCommand queued = backlog.poll();
        current = queued;
        if (queued == null) {
            if (session.hasEnded()) {
                subscriptions.endAll(); // only after all commands are executed
            }
            return Pump.Step.IDLE;
        }
        if (queued.refusal() != null) {
            session.reply(queued.command(), queued.refusal());
            return settled(queued);
        }
        try {
            return queued.command().accept(new Beginning(queued));
        } catch (CommandRejectedException refused) {
            return refuse(queued, refused);
        }
    }

    private Pump.Step refuse(QueuedCommand queued, CommandRejectedException refused) {
        answerAwaited = false;
        session.reply(queued.command(), refused.reply());
        return settled(queued);
    }

    /** Starts a command, or executes it at once. */
    private final class Beginning implements Command.Visitor<Pump.Step> {
        private final QueuedCommand queued;

        Beginning(QueuedCommand queued) {
            this.queued = queued;
        }

        @Override
        public Pump.Step durable(Command.Durable sent) throws CommandRejectedException {
            Command.Durable command = sent.by(checkedUser().id());
            QueuedCommand counted = queued.with(node.limits().counted(command, checkedUser(), limitKey()));
            String name = command.room();
            boolean outside = command.requiresJoin() && subscriptions.in(name) == null;
            return !command.requiresJoin() || (outside && queued.id() != null) // it may have been executed before
                    ? open(counted, name)
                    : submit(counted, joined(name).room());
        }

        @Override
        public Pump.Step join(Command.Join join) throws CommandRejectedException {
            RateLimits.check(node.limits().join(checkedUser(), limitKey()));
            if (subscriptions.in(join.room()) == null
                    && !RoomName.isInbox(join.room())
                    && subscriptions.count() == node.settings().maxRoomsPerSession()) {
                throw new CommandRejectedException(
                        ErrorCode.TOO_MANY_ROOMS, "This session is in too many rooms. Leave one first.");
            }
            CompletionStage<Room> room = node.rooms().open(join.room(), its -> joiner.knowsEnough(join, its));
            return await(queued, room.toCompletableFuture(), NOBODY);
        }

        @Override
        public Pump.Step direct(Command.Direct direct) throws CommandRejectedException {
            String me = checkedUser().id();
            if (direct.user().equals(me)) {
                throw CommandSubmitter.noSuchUser();
            }
            String name = RoomName.directOf(me, direct.user());
            RateLimits.check(node.limits().post(checkedUser(), name, limitKey()));
            return open(queued, name, find(direct.user()));
        }

        @Override
        public Pump.Step hello(Command.Hello hello) throws CommandRejectedException {
            RateLimits.check(node.limits().signIn(session.address()));
            return await(queued, NO_ROOM, signIn.begin(hello));
        }

        @Override
        public Pump.Step leave(Leave leave) throws CommandRejectedException {
            if (!subscriptions.end(joined(leave.room()))) {
                throw RetryOnly.notJoined(); // they were removed in this moment, and are told so
            }
            session.reply(new Reply.Left(leave.room(), null, leave.id()));
            return settled(queued);
        }

        @Override
        public Pump.Step typing(Typing typing) throws CommandRejectedException {
            CommandQueue.this.typing(joined(typing.room()).room());
            return settled(queued);
        }

        @Override
        public Pump.Step signOut(SignOut signOut) throws CommandRejectedException {
            checkedUser();
            Identity who = session.identity();
            if (who.user().isBackEnd()) {
                throw new CommandRejectedException(ErrorCode.FORBIDDEN, "A back end does not sign out.");
            }
            answerAwaited = true;
            CompletionStage<Void> unused = node.signOuts()
                    .end(who, signOut.everywhere() ? null : who.signIn(), CloseCode.SIGNED_OUT)
                    .thenAccept(stored -> {
                        if (!stored) {
                            session.reply(signOut, Reply.Failure.unavailable());
                        }
                        answered(queued, true);
                    });
            return Pump.Step.AGAIN;
        }

        @Override
        public Pump.Step pong(Pong pong) {
            return settled(queued); // it was handled on arrival
        }
    }

    private void typing(Room room) throws CommandRejectedException {
        User user = checkedUser();
        Permissions.check(session.principal(), Permissions.Action.TYPE, room.state());
        if (node.limits().signal(user) == 0) { // otherwise it is lost: the next one says the same
            room.markTyping(user);
        }
    }

    private Pump.Step open(QueuedCommand queued, String name) {
        return open(queued, name, NOBODY);
    }

    private Pump.Step open(QueuedCommand queued, String name, CompletableFuture<User> who) {
        return await(queued, node.rooms().open(name).toCompletableFuture(), who);
    }

    private CompletableFuture<User> find(String userId) {
        return node.people().find(userId).toCompletableFuture();
    }

    private Pump.Step await(QueuedCommand queued, CompletableFuture<Room> room, CompletableFuture<User> who) {
        pendingRoom = new PendingRoom(queued, room, who);
        CompletableFuture<Void> both = CompletableFuture.allOf(room, who);
        if (both.isDone()) {
            return opened();
        }
        CompletionStage<Void> unused = both.whenComplete((done, failure) -> pump.resume());
        return Pump.Step.PENDING;
    }

    private Pump.Step opened() {
        PendingRoom done = pendingRoom;
        QueuedCommand queued = done.queued();
        current = queued;
        pendingRoom = null;
        try {
            if (done.room().isCompletedExceptionally() || done.who().isCompletedExceptionally()) {
                CommandRejectedException refusal = refusal(done.who());
                if (refusal != null) {
                    throw refusal;
                }
                session.reply(queued.command(), Reply.Failure.unavailable());
                return settled(queued);
            }
            return queued.command().accept(new Ending(done));
        } catch (CommandRejectedException refused) {
            return refuse(queued, refused);
        }
    }

    private static CommandRejectedException refusal(CompletableFuture<User> who) {
        return who.handle((user, failure) -> failure == null ? null : Authentication.refusal(failure))
                .join();
    }

    /** Executes a command after what it waited for is there. */
    private final class Ending implements Command.Visitor<Pump.Step> {
        private final QueuedCommand queued;
        private final PendingRoom done;

        Ending(PendingRoom done) {
            this.queued = done.queued();
            this.done = done;
        }

        @Override
        public Pump.Step durable(Command.Durable command) throws CommandRejectedException {
            return submit(queued, done.room().join());
        }

        @Override
        public Pump.Step join(Command.Join join) throws CommandRejectedException {
            Room room = done.room().join();
            checkedUser();
            return joiner.join(join, room) ? settled(queued) : open(queued, room.name()); // it was being closed
        }

        @Override
        public Pump.Step direct(Command.Direct direct) throws CommandRejectedException {
            return submitDirect(queued, done.room().join(), done.who().join());
        }

        @Override
        public Pump.Step hello(Command.Hello hello) throws CommandRejectedException {
            signIn.finish(hello);
            return settled(queued);
        }

        @Override
        public Pump.Step leave(Leave leave) {
            throw new IllegalStateException("leave waits for nothing");
        }

        @Override
        public Pump.Step typing(Typing typing) {
            throw new IllegalStateException("typing waits for nothing");
        }

        @Override
        public Pump.Step signOut(SignOut signOut) {
            throw new IllegalStateException("sign-out waits for no room");
        }

        @Override
        public Pump.Step pong(Pong pong) {
            throw new IllegalStateException("pong waits for nothing");
        }
    }

    /** Hands the command to the log. */
    private Pump.Step submit(QueuedCommand queued, Room room) throws CommandRejectedException {
        Command.Durable command = (Command.Durable) queued.command();
        if (command.requiresJoin() && subscriptions.in(room.name()) == null) {
            command = new RetryOnly(command, RetryOnly.notJoined());
        }
        User user = checkedUser();
        Consumer<AppendResult> newRoom = node.limits().newRoom(command, room.state(), user, limitKey());
        boolean awaited = command.blocksNextCommands() || newRoom != RateLimits.NOTHING;
        answerAwaited = awaited;
        if (submitter.submit(room, command, user, newRoom, () -> answered(queued, awaited))) {
            return Pump.Step.AGAIN;
        }
        answerAwaited = false;
        return open(queued, room.name());
    }

    private Pump.Step submitDirect(QueuedCommand queued, Room room, User other) throws CommandRejectedException {
        Command.Direct direct = (Command.Direct) queued.command();
        boolean asked = submitter.submitDirect(direct, room, checkedUser(), other, () -> answered(queued, false));
        return asked ? Pump.Step.AGAIN : open(queued, room.name(), find(other.id()));
    }

    private void answered(QueuedCommand queued, boolean awaited) {
        settled(queued);
        if (awaited) {
            answerAwaited = false;
        }
        wake();
    }

    private String limitKey() {
        return session.address().limitKey();
    }

    private User checkedUser() throws CommandRejectedException {
        User user = session.user();
        if (user == null) {
            throw new CommandRejectedException(ErrorCode.NOT_SIGNED_IN, "Sign in first: send hello.");
        }
        return user;
    }

    private Subscription joined(String room) throws CommandRejectedException {
        checkedUser();
        Subscription subscription = subscriptions.in(room);
        if (subscription == null) {
            throw RetryOnly.notJoined();
        }
        return subscription;
    }

    private Pump.Step settled(QueuedCommand queued) {
        backlog.settled(queued);
        return Pump.Step.AGAIN;
    }
}
