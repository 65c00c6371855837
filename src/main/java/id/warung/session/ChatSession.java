package id.warung.session;

import id.warung.identity.ClientAddress;
import id.warung.identity.Identity;
import id.warung.identity.NamesInUse.Claim;
import id.warung.log.Principal;
import id.warung.logging.LogContext;
import id.warung.protocol.CloseCode;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.Limits;
import id.warung.protocol.Pong;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import id.warung.room.Frame;
import id.warung.room.Reader;
import java.lang.System.Logger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One connected client, from connect to close. The container's callbacks end here; any thread may call any method, and
 * none blocks.
 */
public final class ChatSession {
    /** The mode that was agreed in the handshake; see docs/protocol.md. */
    public enum Mode {
        TEXT,
        BINARY,
        PLAIN
    }

    private static final Logger LOG = System.getLogger(ChatSession.class.getName());

    private final Transport transport;
    private final Mode mode;
    private final String plainRoom;
    private final ClientAddress address;
    private final String agent;
    private final NodeContext node;
    private final InputBudget.Share input;
    private final SessionRegistry registry;
    private final Subscriptions subscriptions = new Subscriptions();
    private final CommandQueue commands;
    private final CurrentUser current;
    private final Heartbeat heartbeat;
    private final Sender sender;
    private final long openedAt;
    private final Instant since;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean helloSeen;
    private volatile boolean refused;
    private CloseCode leaving; // the client has been told; null: not yet

    ChatSession(
            Transport transport,
            Mode mode,
            String plainRoom,
            ClientAddress address,
            String agent,
            NodeContext node,
            SessionRegistry registry) {
        this.transport = transport;
        this.mode = mode;
        this.plainRoom = plainRoom;
        this.address = address;
        this.agent = agent;
        this.node = node;
        this.input = node.input().of(address.limitKey());
        this.registry = registry;
        this.openedAt = node.nanoTime().getAsLong();
        this.since = node.clock().instant();
        this.current = new CurrentUser(node);
        this.commands = new CommandQueue(this, node, subscriptions);
        this.heartbeat = new Heartbeat(node.settings(), openedAt);
        this.sender = new Sender(transport, new Sending(), this::bye, node.executor());
    }

    /** Sends the first event; a plain client is also signed in and joins its room. */
    void welcome() {
        debug("Session opened: " + mode.name().toLowerCase(Locale.ROOT), null);
        if (mode == Mode.PLAIN) {
            boolean guests = node.authentication().admitsGuests();
            if (!guests || !registry.admitsGuest(this)) {
                end(guests ? CloseCode.TRY_AGAIN_LATER : CloseCode.NO_GUESTS);
                return;
            }
            Claim nameless = node.guests().signInNameless();
            signedIn(nameless, Identity.ofGuest(nameless.user(), since));
            commands.offer(new Command.Join(plainRoom, null, 0, 0, null), plainRoom.length());
            return;
        }
        SessionSettings settings = node.settings();
        reply(new Reply.Welcome(
                node.version(),
                TimeUnit.MILLISECONDS.toSeconds(settings.heartbeatMs() + 999),
                settings.maxFrameBytes(),
                settings.maxTextChars()));
    }

    /** Handles a whole text frame. The frames of a rejected session are not even parsed. */
    public void text(String frame) {
        if (refused) {
            return;
        }
        heartbeat.heard(node.nanoTime().getAsLong());
        try {
            Command command = mode == Mode.PLAIN
                    ? PlainPosts.read(frame, plainRoom, node.settings().maxTextChars())
                    : node.codec().decode(frame);
            if (command instanceof Pong pong) {
                pong(pong.n()); // immediately: the heartbeat must not wait behind other commands
            } else if (command != null) {
                helloSeen |= command instanceof Command.Hello;
                commands.offer(command, frame.length());
            }
        } catch (CommandRejectedException refused) {
            commands.offer(refused);
        }
    }

    /** The client has answered ping {@code n}. */
    public void pong(long n) {
        heartbeat.pong(n, node.nanoTime().getAsLong());
        sender.wake();
    }

    /** The most bytes of the next frame. */
    public int maxFrameBytes() {
        int most = node.settings().maxFrameBytes();
        return helloSeen || mode == Mode.PLAIN ? most : Math.min(most, Limits.MAX_HELLO_BYTES);
    }

    /**
     * Ends the session, for a mistake of the client or by the server: waiting replies are sent first, and then a bye,
     * unless the client is a plain one. The first code stays.
     */
    public void end(CloseCode code) {
        end(code, 0);
    }

    private void end(CloseCode code, long reconnectAfterMs) {
        synchronized (this) {
            if (leaving == null) {
                leaving = mode == Mode.PLAIN ? code.plain() : code;
                queue(new Reply.Bye(code, reconnectAfterMs));
            }
        }
        sender.end(leaving); // again, in case that no thread was free
    }

    /** Ends a session instead of welcoming it; nothing is read from it. */
    void refuse(CloseCode code) {
        refused = true;
        end(code);
    }

    boolean wasRefused() {
        return refused;
    }

    /** The server goes away, or its log is another one: says when to come back, and ends the session. */
    void bye() {
        bye(CloseCode.RESTARTING);
    }

    /** Ends the session because of the server: says when to come back. */
    void bye(CloseCode code) {
        end(code, ThreadLocalRandom.current().nextLong(500, 2000));
    }

    /** The container reports that the connection is gone. If it can still be closed, its pending close code is used. */
    public void gone() {
        CloseCode ending = sender.ending();
        finish(ending == null ? CloseCode.NORMAL : ending);
    }

    /** Checks all timeouts. Called by one thread, at intervals. */
    void tick(long nowNanos) {
        SessionSettings settings = node.settings();
        sender.tick(nowNanos, TimeUnit.MILLISECONDS.toNanos(settings.sendTimeoutMs()));
        if (user() == null && nowNanos - openedAt >= TimeUnit.MILLISECONDS.toNanos(settings.helloTimeoutMs())) {
            end(CloseCode.HELLO_TIMEOUT);
        } else if (current.isOver(nowNanos)) {
            end(CloseCode.TOKEN_EXPIRED);
        } else if (heartbeat.isLost(nowNanos)) {
            finish(CloseCode.HEARTBEAT_LOST);
        } else if (heartbeat.isDue(nowNanos)) {
            ping();
        }
    }

    String id() {
        return transport.sessionId();
    }

    /** The session and its user, for the log. */
    public LogContext context() {
        return context(null);
    }

    /** The session and its user, for a log line about their command; null: about none. */
    LogContext context(Command command) {
        User user = user();
        return new LogContext(
                id(),
                user == null ? null : user.id(),
                command == null ? null : command.room(),
                command == null ? null : command.type());
    }

    /** Logs a debug line; {@code about} is a command, or null. */
    void debug(String sentence, Command about) {
        LOG.log(Logger.Level.DEBUG, () -> context(about).line(sentence));
    }

    ClientAddress address() {
        return address;
    }

    /** The share of the input budget for the client's address. */
    public InputBudget.Share input() {
        return input;
    }

    /** The user with their current name; null until the user is known. */
    User user() {
        return current.user();
    }

    Reader reader() {
        return sender;
    }

    boolean isPlain() {
        return mode == Mode.PLAIN;
    }

    /** The names of the rooms that it reads; a copy. */
    Set<String> rooms() {
        return subscriptions.names();
    }

    /** Commands sent before the connection was lost are still executed, though nobody receives the replies. */
    int roomForReplies() {
        return mode == Mode.PLAIN || ended.get() ? Integer.MAX_VALUE : sender.room();
    }

    boolean hasEnded() {
        return ended.get();
    }

    Identity identity() {
        return current.identity();
    }

    List<String> signIns() {
        return current.signIns();
    }

    /** The user with their current name and their rights; null until the user is known. */
    Principal principal() {
        return current.principal();
    }

    Instant since() {
        return since;
    }

    long openedAt() {
        return openedAt;
    }

    /** What the client calls itself; null: nothing. */
    String agent() {
        return agent;
    }

    /** Goes on as this identity, under the claimed name. */
    void signedIn(Claim claim, Identity who) {
        if (current.becomes(claim, who)) {
            node.userSessions().enter(who.user(), this, node.limits().socketsPerUser());
            if (!who.user().isGuest()) {
                registry.isNoStranger(this);
            }
            node.signOuts().check(this);
            debug("Signed in", null);
        }
        if (current.hasEnded()) { // at the same time
            node.userSessions().leave(who.user().id(), this);
            registry.isNoStranger(this);
        }
    }

    /** Whether one more guest may sign in. */
    boolean admitsGuest() {
        return registry.admitsGuest(this);
    }

    /** Queues replies and starts what they announce; nothing of that is sent before them. */
    void announce(Runnable repliesAndWhatFollows) {
        sender.announce(repliesAndWhatFollows);
        sender.wake();
    }

    void reply(Reply reply) {
        queue(reply);
        sender.wake();
    }

    /** Rejects a command; null: the input was not a command. */
    void reply(Command refusedOne, Reply.Failure failure) {
        queue(refusedOne, failure);
        sender.wake();
    }

    /** Queues the rejection; the caller must wake the sender. */
    void queue(Command refusedOne, Reply.Failure failure) {
        debug("Command refused: " + failure.code().wire(), refusedOne);
        queue(refusedOne == null ? failure : failure.to(refusedOne));
    }

    /** Queues a reply; the caller must wake the sender. A plain-text client receives no errors: a failure closes it. */
    void queue(Reply reply) {
        if (mode != Mode.PLAIN) {
            sender.reply(node.codec().encode(reply));
        } else if (reply instanceof Reply.Failure failure) {
            end(PlainCodes.of(failure.code()));
        }
    }

    private void ping() {
        long n = heartbeat.ping(node.nanoTime().getAsLong());
        if (mode == Mode.PLAIN) {
            sender.ping(n);
        } else {
            reply(new Reply.Ping(n));
        }
    }

    /**
     * The only end of every session. The connection is closed on a thread that may block, and the session leaves the
     * registry once that has begun: a server that stops waits for an empty registry, and then rejects new tasks.
     */
    private void finish(CloseCode code) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        debug("Session closed: " + code.number(), null);
        sender.stop();
        commands.wake(); // executes what came before the end, and ends the cursors
        current.end();
        if (identity() != null) {
            node.userSessions().leave(identity().user().id(), this);
        }
        node.closing().execute(() -> transport.close(code.number(), code.reason()));
        registry.remove(this);
    }

    private final class Sending implements Sender.Owner {
        /** The pings that ask for proof of delivery are already on their way. */
        @Override
        public boolean isPaused() {
            return heartbeat.hasUnprovenBacklog();
        }

        @Override
        public Frame nextEntries() {
            return subscriptions.next();
        }

        @Override
        public void beforeSend(Frame frame) {
            if (!transport.confirmsDelivery() && heartbeat.beforeSend(frame.sizeBytes())) {
                ping();
            }
        }

        @Override
        public void drained() {
            commands.wake();
        }

        @Override
        public void ended(CloseCode code) {
            finish(code);
        }

        @Override
        public LogContext context() {
            return ChatSession.this.context();
        }
    }
}
