package id.warung.session;

import id.warung.identity.ClientAddress;
import id.warung.protocol.CloseCode;
import id.warung.pump.FatalErrors;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Every session of this node: the one place where they begin, and which they leave first when they end. Thread-safe. */
public final class SessionRegistry {
    private static final Logger LOG = System.getLogger(SessionRegistry.class.getName());
    private static final long SLICE_MS = 20;

    private final Services services;
    private final Set<ChatSession> sessions = ConcurrentHashMap.newKeySet();
    private final Addresses addresses;
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile boolean ending;

    /** @param sessionsPerAddress how many each address may have at a time; 0: any number */
    public SessionRegistry(Services services, int sessionsPerAddress) {
        this.services = services;
        this.addresses = new Addresses(sessionsPerAddress);
    }

    /**
     * Takes a new connection in; one too many from its address has been closed when this returns.
     *
     * @param plainRoom where a plain client talks; of no meaning in the other modes
     * @param address where the client connects from
     */
    public ChatSession open(Transport transport, ChatSession.Mode mode, String plainRoom, ClientAddress address) {
        ChatSession session = new ChatSession(transport, mode, plainRoom, address, services, this);
        if (!addresses.enter(address)) {
            warnOnce(session);
            session.refuse(CloseCode.TOO_MANY_CONNECTIONS);
            return session;
        }
        sessions.add(session);
        session.welcome();
        if (ending) {
            session.bye();
        }
        return session;
    }

    /** Closes a connection whose handshake should have been refused; nothing is sent to it and nothing kept of it. */
    public void refuse(Transport transport) {
        CloseCode code = CloseCode.HANDSHAKE_REFUSED;
        services.closing().execute(() -> transport.close(code.number(), code.reason()));
    }

    public int count() {
        return sessions.size();
    }

    /** How many addresses have a session that counts. */
    int addresses() {
        return addresses.count();
    }

    /** Looks after everything that depends on time. Called by one thread, several times a second. */
    public void tick() {
        long now = services.nanoTime().getAsLong();
        for (ChatSession session : sessions) {
            try {
                session.tick(now);
            } catch (RuntimeException | Error e) { // the others have their times too
                FatalErrors.report(e);
                LOG.log(Logger.Level.ERROR, session.context().line("Session tick failed"), e);
            }
        }
    }

    /**
     * Says goodbye to all, and to whoever still comes. Waits for them to go until the patience ends; returns how many are left. Time in
     * which the whole machine stood still does not count: nobody could have gone then.
     */
    public int endAll(Duration patience) throws InterruptedException {
        ending = true;
        sessions.forEach(ChatSession::bye);
        synchronized (this) {
            for (long slices = patience.toMillis() / SLICE_MS; !sessions.isEmpty() && slices > 0; slices--) {
                wait(SLICE_MS); // returns early when nobody is left, and at once after a standstill
            }
        }
        return sessions.size();
    }

    void remove(ChatSession session) {
        if (sessions.remove(session)) { // a session that was refused never entered
            addresses.leave(session.address());
        }
        if (sessions.isEmpty()) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** What an administrator sees whose proxy nobody told us of: all its clients are one address. */
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
