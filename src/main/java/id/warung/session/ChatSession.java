package id.warung.session;

import id.warung.identity.ClientAddress;
import id.warung.identity.NamesInUse.Claim;
import id.warung.logging.LogContext;
import id.warung.protocol.CloseCode;
import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Limits;
import id.warung.protocol.Refused;
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
 * One connected client, from its first moment to its last. The container's callbacks end here; any thread may call any
 * method, and none blocks.
 */
public final class ChatSession {
    /** What was agreed in the handshake; see docs/protocol.md. */
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
    private final Services services;
    private final InputBudget.Share input;
    private final SessionRegistry registry;
    private final Cursors cursors = new Cursors();
    private final Conversation conversation;
    private final Heartbeat heartbeat;
    private final Sender sender;
    private final long openedAt;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean helloSeen;
    private volatile Claim claim; // on a name; null until it is known who this is
    private volatile boolean refused;
    private boolean signedOut;
    private boolean leaving;

    ChatSession(
            Transport transport,
            Mode mode,
            String plainRoom,
            ClientAddress address,
            Services services,
            SessionRegistry registry) {
        this.transport = transport;
        this.mode = mode;
        this.plainRoom = plainRoom;
        this.address = address;
        this.services = services;
        this.input = services.input().of(address.customer());
        this.registry = registry;
        this.openedAt = services.nanoTime().getAsLong();
        this.conversation = new Conversation(this, services, cursors);
        this.heartbeat = new Heartbeat(services.settings(), openedAt);
        this.sender = new Sender(transport, new Sending(), services.executor());
    }

    /** The first word is ours; a plain client is somebody and somewhere without having said so. */
    void welcome() {
        debug("Session opened: " + mode.name().toLowerCase(Locale.ROOT), null);
        if (mode == Mode.PLAIN) {
            signedIn(services.guests().signInNameless());
            conversation.offer(new Command.Join(plainRoom, null, 0, 0), plainRoom.length());
            return;
        }
        SessionSettings settings = services.settings();
        reply(new Reply.Welcome(
                services.version(),
                TimeUnit.MILLISECONDS.toSeconds(settings.heartbeatMs() + 999),
                settings.maxFrameBytes(),
                settings.maxTextChars()));
    }

    /** A whole text frame came. What a session says that was refused is not even read. */
    public void text(String frame) {
        if (refused) {
            return;
        }
        heartbeat.heard(services.nanoTime().getAsLong());
        try {
            Command command =
                    mode == Mode.PLAIN ? plainPost(frame) : services.codec().decode(frame);
            if (command instanceof Command.Pong pong) {
                pong(pong.n()); // at once: the heartbeat must not wait behind other commands
            } else if (command != null) {
                helloSeen |= command instanceof Command.Hello;
                conversation.offer(command, frame.length());
            }
        } catch (Refused refused) {
            conversation.offer(refused);
        }
    }

    private Command plainPost(String frame) throws Refused {
        if (frame.isEmpty()) {
            return null;
        }
        if (Syntax.isTooLong(frame, services.settings().maxTextChars())) {
            throw new Refused(ErrorCode.TEXT_TOO_LONG, "The text is too long.");
        }
        String text = Syntax.withoutLoneSurrogates(frame.replace('\0', '\uFFFD'));
        return new Command.Post(plainRoom, null, text);
    }

    /** The client answered ping {@code n}. */
    public void pong(long n) {
        heartbeat.pong(n, services.nanoTime().getAsLong());
        sender.wake();
    }

    /** The most bytes the next frame may have. */
    public int maxFrameBytes() {
        int most = services.settings().maxFrameBytes();
        return helloSeen || mode == Mode.PLAIN ? most : Math.min(most, Limits.MAX_HELLO_BYTES);
    }

    /** Ends the session for what the client did, or because of the server: replies that wait go out first. */
    public void end(CloseCode code) {
        sender.end(code);
    }

    /** Ends a session before its first word, and before the client's. A plain client gets a code that every library knows. */
    void refuse(CloseCode code) {
        refused = true;
        finish(mode == Mode.PLAIN ? CloseCode.TRY_AGAIN_LATER : code);
    }

    /** Says once that the server goes away, and ends the session. */
    void bye() {
        synchronized (this) {
            if (leaving) {
                return;
            }
            leaving = true;
        }
        if (mode == Mode.PLAIN) {
            end(CloseCode.GOING_AWAY);
            return;
        }
        long reconnectAfterMs = ThreadLocalRandom.current().nextLong(500, 2000);
        reply(new Reply.Bye(CloseCode.RESTARTING, reconnectAfterMs));
        end(CloseCode.RESTARTING);
    }

    /** The connection is gone, or of no use, says the container. If it can still be closed, then with the code that it was to be closed with. */
    public void gone() {
        CloseCode ending = sender.ending();
        finish(ending == null ? CloseCode.NORMAL : ending);
    }

    /** Looks after everything that depends on time. Called by one thread, at intervals. */
    void tick(long nowNanos) {
        SessionSettings settings = services.settings();
        sender.tick(nowNanos, TimeUnit.MILLISECONDS.toNanos(settings.sendTimeoutMs()));
        if (claim == null && nowNanos - openedAt >= TimeUnit.MILLISECONDS.toNanos(settings.helloTimeoutMs())) {
            end(CloseCode.HELLO_TIMEOUT);
        } else if (heartbeat.isLost(nowNanos)) {
            finish(CloseCode.HEARTBEAT_LOST);
        } else if (heartbeat.isDue(nowNanos)) {
            ping();
        }
    }

    /** Its short id, by which the log knows it. */
    String id() {
        return transport.sessionId();
    }

    /** Who this is, for the log. */
    public LogContext context() {
        return context(null);
    }

    /** Who this is, for a line in the log about a command of theirs; null: about none. */
    LogContext context(Command command) {
        User user = user();
        return new LogContext(
                id(),
                user == null ? null : user.id(),
                command == null ? null : command.room(),
                command == null ? null : command.type());
    }

    /** A line for those who look closely; {@code about} is a command, or null. */
    void debug(String sentence, Command about) {
        LOG.log(Logger.Level.DEBUG, () -> context(about).line(sentence));
    }

    /** Where the client connects from. */
    ClientAddress address() {
        return address;
    }

    /** What the node holds for those at the client's address. */
    public InputBudget.Share input() {
        return input;
    }

    /** Under the name they have now; null until it is known who this is. */
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

    /** What was said before the connection went is still done, though nobody hears the answers. */
    int roomForReplies() {
        return mode == Mode.PLAIN || ended.get() ? Integer.MAX_VALUE : sender.room();
    }

    boolean hasEnded() {
        return ended.get();
    }

    /** Synchronized with the end, so that a name is freed, and once. */
    synchronized void signedIn(Claim signedIn) {
        claim = signedIn;
        if (signedOut) {
            signedIn.release();
        }
        debug("Signed in", null);
    }

    /** Queues replies and begins what they announce, before which nothing of it is sent. */
    void announce(Runnable repliesAndWhatFollows) {
        sender.announce(repliesAndWhatFollows);
        sender.wake();
    }

    void reply(Reply reply) {
        queue(reply);
        sender.wake();
    }

    /** Refuses what the client said; null: it was no command yet. */
    void reply(Command refusedOne, Reply.Failure failure) {
        queue(refusedOne, failure);
        sender.wake();
    }

    /** The same, and leaves it to the caller to wake the sender. */
    void queue(Command refusedOne, Reply.Failure failure) {
        debug("Command refused: " + failure.code().wire(), refusedOne);
        queue(failure);
    }

    /** Leaves it to the caller to wake the sender. Who reads plain text only can be told nothing, so a failure closes. */
    void queue(Reply reply) {
        if (mode != Mode.PLAIN) {
            sender.reply(services.codec().encode(reply));
        } else if (reply instanceof Reply.Failure failure) {
            end(plainCode(failure.code()));
        }
    }

    private static CloseCode plainCode(ErrorCode code) {
        return switch (code) {
            case TEXT_TOO_LONG -> CloseCode.TOO_BIG;
            case NOT_A_MEMBER, NOT_JOINED, NO_SUCH_ROOM, ARCHIVED, FORBIDDEN -> CloseCode.NOT_ALLOWED;
            default -> CloseCode.TRY_AGAIN_LATER;
        };
    }

    private void ping() {
        long n = heartbeat.ping(services.nanoTime().getAsLong());
        if (mode == Mode.PLAIN) {
            sender.ping(n);
        } else {
            reply(new Reply.Ping(n));
        }
    }

    /**
     * The one end of every session. It is closed on a thread that may block, and leaves the registry when that is under
     * way: a server that goes waits for an empty registry, and then lets nothing more begin.
     */
    private void finish(CloseCode code) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        debug("Session closed: " + code.number(), null);
        sender.stop();
        conversation.wake(); // which does what was said before the end, and ends the cursors
        synchronized (this) {
            signedOut = true;
            if (claim != null) {
                claim.release();
            }
        }
        services.closing().execute(() -> transport.close(code.number(), code.reason()));
        registry.remove(this);
    }

    private final class Sending implements Sender.Owner {
        /** The pings that ask for proof are on their way already. */
        @Override
        public boolean rests() {
            return heartbeat.lacksProof();
        }

        @Override
        public Frame nextEntries() {
            return cursors.next();
        }

        @Override
        public void handing(Frame frame) {
            if (!transport.provesHandover() && heartbeat.handing(frame.sizeBytes())) {
                ping();
            }
        }

        @Override
        public void drained() {
            conversation.wake();
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
