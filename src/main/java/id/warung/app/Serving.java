package id.warung.app;

import id.warung.app.SignInSettings.Way;
import id.warung.endpoint.History;
import id.warung.endpoint.HttpExchanges;
import id.warung.endpoint.HttpPostHandler;
import id.warung.endpoint.Listings;
import id.warung.endpoint.ReadQueue;
import id.warung.endpoint.ResponseBudget;
import id.warung.protocol.Codec;
import id.warung.session.InputBudget;
import id.warung.session.NodeContext;
import id.warung.session.Publisher;
import id.warung.session.RateLimits;
import id.warung.session.SessionRegistry;
import id.warung.session.UnreadElsewhere;
import id.warung.session.UserLookup;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** What serves clients, over WebSocket and HTTP. Its parts are thread-safe. */
final class Serving {
    private static final Logger LOG = System.getLogger(Serving.class.getName());
    private static final long HTTP_TICK_MS = 1_000;
    private static final long UNREAD_TICK_MS = 1_000;
    private static final long MAX_RESPONSE_BYTES = 32L * 1024 * 1024;
    private static final int RESPONSES_SHARE = 16; // of the heap
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final ThreadPools pools;
    private final long sessionsTickMs;
    private final RateLimits limits;
    private final SessionRegistry sessions;
    private final HttpExchanges exchanges;
    private final History history;
    private final Listings listings;
    private final HttpPostHandler postHandler;
    private final UnreadElsewhere unread;

    Serving(
            Settings settings,
            SocketLimits sockets,
            ThreadPools pools,
            Codec codec,
            Storing storing,
            SigningIn signingIn,
            Clock clock) {
        this.pools = pools;
        sessionsTickMs = settings.sessions().shortestMs() / 5 + 1;
        limits = new RateLimits(
                settings.rates(), settings.apiKeys().postsPerSecond(), settings::isEphemeral, System::nanoTime);
        if (storing.shared() != null) {
            limits.share(signingIn.userSessions());
        }
        NodeContext node = new NodeContext(
                Version.ofThis(),
                settings.sessions(),
                codec,
                storing.rooms(),
                signingIn.guests(),
                new UserLookup(
                        signingIn.guests(),
                        signingIn.nodes() == null ? storing.durable().directory()::person : signingIn.nodes()::find,
                        pools.reading(),
                        storing.committers()),
                signingIn.authentication(),
                settings.principals(),
                signingIn.userSessions(),
                signingIn.signOuts(),
                new InputBudget(settings.maxWaitingBytes(), settings.sessions().maxFrameBytes()),
                limits,
                pools.conversing(),
                pools.closing(),
                System::nanoTime,
                clock);
        sessions = new SessionRegistry(
                node,
                sockets.sessionsPerAddress(),
                sockets.most() > 0 ? sockets.most() : settings.maxSockets(),
                settings.signIn().ways().equals(Set.of(Way.GUEST)));
        unread = new UnreadElsewhere(
                signingIn.userSessions(),
                storing.rooms(),
                storing.durable().directory(),
                settings.sessions().maxRoomsPerSession(),
                pools.reading(),
                System::nanoTime);
        exchanges = new HttpExchanges(
                settings.trustedProxies(),
                node.input(),
                new ReadQueue(pools.reading(), pools.httpReads()),
                new ResponseBudget(maxResponseBytes(Runtime.getRuntime().maxMemory())),
                pools.conversing(),
                pools.completing(),
                System::nanoTime);
        history = new History(storing.rooms(), codec, settings.sessions().maxFrameBytes());
        listings = new Listings(
                storing.durable().directory(),
                signingIn.guests(),
                storing.rooms(),
                signingIn.nodes() == null ? Listings.Elsewhere.NOWHERE : signingIn.nodes());
        postHandler = new HttpPostHandler(
                new Publisher(node), codec, exchanges, settings.sessions().maxFrameBytes());
    }

    private static long maxResponseBytes(long maxMemory) {
        return Math.min(MAX_RESPONSE_BYTES, maxMemory / RESPONSES_SHARE);
    }

    /** Checks the deadlines of all clients from now on. */
    void start(Jobs jobs) {
        jobs.every(sessionsTickMs, sessions::tick);
        jobs.every(HTTP_TICK_MS, exchanges::tick);
        jobs.every(UNREAD_TICK_MS, unread::tick);
    }

    /** Tells all clients that the server goes away. The second of two callers waits until the first has finished. */
    synchronized void sayGoodbye() {
        if (pools.closing().isShutdown()) {
            return;
        }
        try {
            int left = sessions.endAll(GOODBYE);
            ThreadPools.end(
                    pools.closing()); // otherwise the server cuts the connections first, with a close code of its own
            if (left > 0) {
                LOG.log(Logger.Level.INFO, left + " connections did not close in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    RateLimits limits() {
        return limits;
    }

    SessionRegistry sessions() {
        return sessions;
    }

    HttpExchanges exchanges() {
        return exchanges;
    }

    History history() {
        return history;
    }

    Listings listings() {
        return listings;
    }

    HttpPostHandler postHandler() {
        return postHandler;
    }
}
