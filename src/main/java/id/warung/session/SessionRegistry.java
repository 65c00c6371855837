package id.warung.session;

import id.warung.identity.ClientAddress;
import id.warung.protocol.CloseCode;
import id.warung.pump.FatalErrors;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** All sessions of this node: every session starts here, and leaves here first when it ends. Thread-safe. */
public final class SessionRegistry {
    private static final Logger LOG = System.getLogger(SessionRegistry.class.getName());
    private static final long SLICE_MS = 20;

    private final NodeContext node;
    private final Set<ChatSession> sessions = ConcurrentHashMap.newKeySet();
    private final ConnectionLimiter addresses;
    private final Strangers strangers;
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile boolean ending;
    private volatile CloseCode refusal; // null: new clients are welcome
    private volatile Departure departure; // null: nobody has to leave

    /** Those who were here at a time leave, one after the other. */
    private record Departure(long sinceNanos, long spreadNanos, CloseCode code) {
        /** Each session has its own moment, the same whenever it is asked. */
        boolean concerns(ChatSession session, long nowNanos) {
            int share = (session.id().hashCode() * 0x9E37_79B9) >>> 16; // of 65,536 parts
            return session.openedAt() <= sinceNanos && nowNanos - sinceNanos >= (spreadNanos >>> 16) * share;
        }
    }

    /** @param sessionsPerAddress the limit for each address at a time; 0: any number */
    public SessionRegistry(NodeContext node, int sessionsPerAddress) {
        this(node, sessionsPerAddress, 0, true);
    }

    /**
     * @param sessionsPerAddress the limit for each address at a time; 0: any number
     * @param mostSessions about how many there can be in all, of which strangers have a share; 0: any number
     * @param guestsOnly whether everybody is a guest here
     */
    public SessionRegistry(NodeContext node, int sessionsPerAddress, int mostSessions, boolean guestsOnly) {
        this.node = node;
        this.strangers = new Strangers(mostSessions, guestsOnly);
        this.addresses = new ConnectionLimiter(sessionsPerAddress);
    }

    /**
     * Opens a session for a new connection. If its address has reached the limit, the session is told so and closed.
     *
     * @param plainRoom the room of a plain client; unused in the other modes
     * @param address the client's address
     * @param agent what the client calls itself; null: nothing
     */
    public ChatSession open(
            Transport transport, ChatSession.Mode mode, String plainRoom, ClientAddress address, String agent) {
        ChatSession session = new ChatSession(transport, mode, plainRoom, address, agent, node, this);
        CloseCode refused = refusal;
        if (refused != null || !addresses.enter(address)) {
            if (refused == null) {
                warnOnce(session);
            }
            session.refuse(refused == null ? CloseCode.TOO_MANY_CONNECTIONS : refused);
            sessions.add(session); // so that it is closed even if it takes no farewell
            if (session.hasEnded()) {
                remove(session);
            }
            return session;
        }
        sessions.add(session);
        ChatSession replaced = strangers.arrives(session);
        if (replaced != null) {
            replaced.end(CloseCode.HELLO_TIMEOUT); // there is less time where many arrive
        }
        session.welcome();
        if (ending) {
            session.bye();
        }
        return session;
    }

    /** Closes a connection whose handshake should have been rejected; nothing is sent and nothing is stored for it. */
    public void refuse(Transport transport) {
        CloseCode code = CloseCode.HANDSHAKE_REFUSED;
        node.closing().execute(() -> transport.close(code.number(), code.reason()));
    }

    public int count() {
        return sessions.size();
    }

    /** How many addresses have a counted session. */
    int addresses() {
        return addresses.count();
    }

    /** Checks all timeouts. Called by one thread, several times a second. */
    public void tick() {
        long now = node.nanoTime().getAsLong();
        Departure leaving = departure;
        for (ChatSession session : sessions) {
            try {
                if (leaving != null && leaving.concerns(session, now)) {
                    session.bye(leaving.code());
                }
                session.tick(now);
            } catch (RuntimeException | Error e) { // the other sessions need their tick too
                FatalErrors.report(e);
                LOG.log(Logger.Level.ERROR, session.context().line("Session tick failed"), e);
            }
        }
    }

    /**
     * Says goodbye to all sessions, including those that still arrive. Waits until they have closed or the patience ends; returns how
     * many are left. Time in which the whole machine stood still does not count: no session could have closed then.
     */
    public int endAll(Duration patience) throws InterruptedException {
        ending = true;
        sessions.forEach(ChatSession::bye);
        synchronized (this) {
            for (long slices = patience.toMillis() / SLICE_MS; !sessions.isEmpty() && slices > 0; slices--) {
                wait(SLICE_MS); // returns early when no session is left, and at once after a standstill
            }
        }
        return sessions.size();
    }

    /** From now on, new clients are closed with this code. */
    public void turnAway(CloseCode code) {
        refusal = code;
    }

    /** From now on, new clients are welcome, as at the beginning. */
    public void admit() {
        refusal = null;
    }

    /** Asks all who are here now to leave, spread over a time, with a code after which they reconnect. */
    public void sendAway(CloseCode code, Duration spread) {
        departure = new Departure(node.nanoTime().getAsLong(), spread.toNanos(), code);
    }

    /** Whoever is still here may stay. */
    public void stay() {
        departure = null;
    }

    /** Whether one more guest may sign in. Sessions of users who are known otherwise are never too many here. */
    boolean admitsGuest(ChatSession session) {
        return strangers.admitsGuest(session);
    }

    /** The session's user is known, or the session has ended: it is no stranger's. */
    void isNoStranger(ChatSession session) {
        strangers.leaves(session);
    }

    /** How many sessions are strangers'. */
    int strangers() {
        return strangers.count();
    }

    void remove(ChatSession session) {
        strangers.leaves(session);
        if (sessions.remove(session) && !session.wasRefused()) { // a refused one is not counted
            addresses.leave(session.address());
        }
        if (sessions.isEmpty()) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Warns an administrator who may have a proxy that is not configured: all its clients share one address. */
    private void warnOnce(ChatSession session) {
        if (!warned.getAndSet(true)) {
            LOG.log(
                    Logger.Level.WARNING,
                    session.context()
                            .line(
                                    session.address().text()
                                            + " has reached the limit of connections per address (warung.max-connections-per-address): further"
                                            + " ones are closed. If it is a proxy, name it in warung.trusted-proxies. This is logged once."));
        }
    }
}
