package id.warung.session;

import id.warung.identity.ClientAddress;
import id.warung.identity.NamesInUse.Claim;
import id.warung.logging.LogContext;
import id.warung.protocol.CloseCode;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Limits;
import id.warung.protocol.Reply;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import id.warung.room.Frame;
import id.warung.room.Reader;
import java.lang.System.Logger;
import java.util.Locale;
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
    private final NodeContext node;
    private final InputBudget.Share input;
    private final SessionRegistry registry;
    private final Subscriptions subscriptions = new Subscriptions();
    private final CommandQueue commands;
    private final Heartbeat heartbeat;
    private final Sender sender;
    private final long openedAt;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean helloSeen;
    private volatile Claim claim; // null until the user is known
    private volatile boolean refused;
    private boolean signedOut;
    private CloseCode leaving; // the client has been told; null: not yet

    ChatSession(
            Transport transport,
            Mode mode,
            String plainRoom,
            ClientAddress address,
            NodeContext node,
            SessionRegistry registry) {
        this.transport = transport;
        this.mode = mode;
        this.plainRoom = plainRoom;
        this.address = address;
        this.node = node;
        this.input = node.input().of(address.limitKey());
        this.registry = registry;
        this.openedAt = node.nanoTime().getAsLong();
        this.commands = new CommandQueue(this, node, subscriptions);
        this.heartbeat = new Heartbeat(node.settings(), openedAt);
        this.sender = new Sender(transport, new Sending(), node.executor());
    }

    /** Sends the first event; a plain client is also signed in and joins its room. */
    void welcome() {
        debug("Session opened: " + mode.name().toLowerCase(Locale.ROOT), null);
        if (mode == Mode.PLAIN) {
            signedIn(node.guests().signInNameless());
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
            Command command =
                    mode == Mode.PLAIN ? plainPost(frame) : node.codec().decode(frame);
            if (command instanceof Command.Pong pong) {
                pong(pong.n()); // immediately: the heartbeat must not wait behind other commands
            } else if (command != null) {
                helloSeen |= command instanceof Command.Hello;
                commands.offer(command, frame.length());
            }
        } catch (CommandRejectedException refused) {
            commands.offer(refused);
        }
    }

    private Command plainPost(String frame) throws CommandRejectedException {
        if (frame.isEmpty()) {
            return null;
        }
        if (Syntax.isTooLong(frame, node.settings().maxTextChars())) {
            throw new CommandRejectedException(ErrorCode.TEXT_TOO_LONG, "The text is too long.");
        }
        String text = Syntax.withoutLoneSurrogates(frame.replace('\0', '\uFFFD'));
        return new Command.Post(plainRoom, null, text);
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
                leaving = code;
                queue(new Reply.Bye(code, reconnectAfterMs));
            }
        }
        sender.end(leaving); // again, in case that no thread was free
    }

    /** Ends a session instead of welcoming it; nothing is read from it. A plain client receives a code that every library knows. */
    void refuse() {
        refused = true;
        end(mode == Mode.PLAIN ? CloseCode.CROWDED_ADDRESS : CloseCode.TOO_MANY_CONNECTIONS);
    }

    /** Whether it was refused when it opened. */
    boolean wasRefused() {
        return refused;
    }

    /** The server goes away: says when to come back, and ends the session. */
    void bye() {
        if (mode == Mode.PLAIN) {
            end(CloseCode.GOING_AWAY);
        } else {
            end(CloseCode.RESTARTING, ThreadLocalRandom.current().nextLong(500, 2000));
        }
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
        if (claim == null && nowNanos - openedAt >= TimeUnit.MILLISECONDS.toNanos(settings.helloTimeoutMs())) {
            end(CloseCode.HELLO_TIMEOUT);
        } else if (heartbeat.isLost(nowNanos)) {
            finish(CloseCode.HEARTBEAT_LOST);
        } else if (heartbeat.isDue(nowNanos)) {
            ping();
        }
    }

    /** Its short id, by which the log identifies it. */
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

    /** The client's address. */
    ClientAddress address() {
        return address;
    }

    /** The share of the input budget for the client's address. */
    public InputBudget.Share input() {
        return input;
    }

    /** The user with their current name; null until the user is known. */
    User user() {
        Claim its = claim;
        return its == null ? null : its.user();
    }

    Reader reader() {
        return sender;
    }

    boolean isPlain() {
        return mode == Mode.PLAIN;
    }

    /** Commands sent before the connection was lost are still executed, though nobody receives the replies. */
    int roomForReplies() {
        return mode == Mode.PLAIN || ended.get() ? Integer.MAX_VALUE : sender.room();
    }

    boolean hasEnded() {
        return ended.get();
    }

    /** Synchronized with the end of the session, so that the name is released exactly once. */
    synchronized void signedIn(Claim signedIn) {
        claim = signedIn;
        if (signedOut) {
            signedIn.release();
        }
        debug("Signed in", null);
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
            end(plainCode(failure.code()));
        }
    }

    private static CloseCode plainCode(ErrorCode code) {
        return switch (code) {
            case TEXT_TOO_LONG -> CloseCode.TOO_BIG;
            case NOT_A_MEMBER, NOT_JOINED -> CloseCode.NOT_ALLOWED;
            case ARCHIVED -> CloseCode.ROOM_ARCHIVED;
            case NO_SUCH_ROOM -> CloseCode.NO_SUCH_ROOM;
            case FORBIDDEN -> CloseCode.FORBIDDEN;
            case UNAVAILABLE -> CloseCode.STORAGE_AWAY;
            default -> CloseCode.TRY_AGAIN_LATER;
        };
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
        synchronized (this) {
            signedOut = true;
            if (claim != null) {
                claim.release();
            }
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
