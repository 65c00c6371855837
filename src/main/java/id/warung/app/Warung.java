package id.warung.app;

import id.warung.endpoint.HandshakeRules;
import id.warung.endpoint.History;
import id.warung.endpoint.HttpExchanges;
import id.warung.endpoint.HttpPostHandler;
import id.warung.endpoint.Listings;
import id.warung.endpoint.ReadQueue;
import id.warung.endpoint.Readiness;
import id.warung.endpoint.ResponseBudget;
import id.warung.identity.BearerAuthenticator;
import id.warung.identity.GuestTokens;
import id.warung.identity.Guests;
import id.warung.identity.HostPolicy;
import id.warung.identity.OriginPolicy;
import id.warung.identity.SigningKey;
import id.warung.identity.TrustedProxies;
import id.warung.log.Committer;
import id.warung.log.Storage;
import id.warung.log.command.CommandHandlers;
import id.warung.protocol.Codec;
import id.warung.protocol.EntryCodec;
import id.warung.pump.FatalErrors;
import id.warung.room.Presence;
import id.warung.room.Room;
import id.warung.room.RoomRegistry;
import id.warung.room.TailBudget;
import id.warung.session.InputBudget;
import id.warung.session.NodeContext;
import id.warung.session.Publisher;
import id.warung.session.SessionRegistry;
import id.warung.session.UserLookup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The whole application: creates every component at the start, in order of dependency. */
@ApplicationScoped
public class Warung {
    private static final Logger LOG = System.getLogger(Warung.class.getName());
    private static final String VERSION = Version.ofThis();
    private static final long CHECK_TROUBLE_MS = 2_000;
    private static final long LAST_TASKS_MS = 1_000;
    private static final Duration LAST_WRITES = Duration.ofSeconds(3);
    private static final int CLOSING_THREADS = 32;
    private static final int COMPLETING_THREADS = 8;
    private static final long HTTP_TICK_MS = 1_000;
    private static final long MAX_RESPONSE_BYTES = 32L * 1024 * 1024;
    private static final int RESPONSES_SHARE = 16; // of the heap
    private static final long CLOSE_IDLE_ROOMS_MS = 30_000;
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final Readiness readiness = new Readiness(this::sayGoodbye, this::trouble);
    // says goodbye as soon as the process is asked to end: a server may cut connections before it stops its
    // applications
    private final Thread goodbyeHook = new Thread(readiness::drain, "warung-goodbye");
    private Settings settings;
    private ExecutorService conversing;
    private ExecutorService fanOut;
    private ExecutorService writing;
    private ExecutorService reading;
    private ExecutorService indexing;
    private ExecutorService closing;
    private ExecutorService completing;
    private ScheduledExecutorService timer;
    private Storage durable;
    private Storage ephemeral;
    private RoomRegistry rooms;
    private Committer committer;
    private HttpExchanges exchanges;
    private History history;
    private Listings listings;
    private HttpPostHandler postHandler;
    private BearerAuthenticator authenticator;
    private SessionRegistry sessions;

    /**
     * Creates everything; afterwards clients may connect.
     *
     * @throws IllegalArgumentException when a setting is invalid, IllegalStateException when the data folder cannot be used
     */
    public void start(ServletContext context) {
        SettingsSource source = new SettingsSource(System.getProperties(), System.getenv(), context);
        source.unknown(Settings.names()).forEach(sentence -> LOG.log(Logger.Level.WARNING, sentence));
        HeapBudget heap = HeapBudget.ofThisJvm();
        Path byDefault = DataFolder.byDefault(System.getProperties(), System.getenv(), context.getContextPath());
        settings = Settings.read(source::get, byDefault, heap);
        SocketLimits sockets = SocketLimits.publish(context, settings);
        warn(heap.warning(settings.maxTailBytes(), settings.maxWaitingBytes(), settings.ephemeralBytes()));
        warn(sockets.warning(source.get("warung.max-sockets"), settings.maxSockets()));
        FatalErrors.setListener(this::failed);

        int cores = Runtime.getRuntime().availableProcessors();
        conversing = Threads.pool("warung-session", Math.max(2, cores));
        fanOut = Threads.pool("warung-fanout", Math.max(2, cores));
        writing = Threads.pool("warung-log", 1);
        int httpReads = Math.max(2, cores);
        reading = Threads.pool("warung-read", httpReads + Math.max(2, cores)); // so that chat never waits for HTTP
        indexing = Threads.pool("warung-index", 1);
        closing = Threads.pool("warung-close", CLOSING_THREADS);
        completing = Threads.pool("warung-http", COMPLETING_THREADS); // no request waits for connections to close
        timer = Executors.newSingleThreadScheduledExecutor(Threads.named("warung-timer"));

        Codec codec = new Codec(new CommandHandlers(), settings.sessions().maxTextChars());
        EntryCodec entries = new EntryCodec();
        rooms = rooms(codec, entries);
        byte[] key = signingKey(); // only now: the folder is locked for this process
        GuestTokens tokens = new GuestTokens(key);
        Guests guests = new Guests(tokens, settings.apiKeys().users());
        NodeContext services = new NodeContext(
                VERSION,
                settings.sessions(),
                codec,
                rooms,
                guests,
                new UserLookup(guests, durable.directory()::person, reading, committer),
                new InputBudget(settings.maxWaitingBytes(), settings.sessions().maxFrameBytes()),
                conversing,
                closing,
                System::nanoTime);
        sessions = new SessionRegistry(services, sockets.sessionsPerAddress());
        exchanges = new HttpExchanges(
                settings.trustedProxies(),
                services.input(),
                new ReadQueue(reading, httpReads),
                new ResponseBudget(maxResponseBytes(Runtime.getRuntime().maxMemory())),
                conversing,
                completing,
                System::nanoTime);
        history = new History(
                rooms,
                codec,
                settings.sessions()::principal,
                settings.sessions().maxFrameBytes());
        listings = new Listings(durable.directory(), settings.sessions()::principal, guests);
        postHandler = new HttpPostHandler(
                new Publisher(services), codec, exchanges, settings.sessions().maxFrameBytes());
        authenticator = new BearerAuthenticator(tokens, settings.apiKeys());

        Jobs jobs = new Jobs(timer);
        durable.jobs().forEach(job -> jobs.start(job, indexing));
        ephemeral.jobs().forEach(job -> jobs.start(job, conversing));
        long tickMs = settings.sessions().shortestMs() / 5 + 1;
        jobs.every(tickMs, sessions::tick);
        jobs.every(HTTP_TICK_MS, exchanges::tick);
        jobs.every(CLOSE_IDLE_ROOMS_MS, rooms::closeIdle);
        jobs.every(settings.rosterIntervalMs() / 4 + 1, () -> rooms.tick(System.nanoTime()));
        jobs.every(CHECK_TROUBLE_MS, committer::checkTrouble);
        Runtime.getRuntime().addShutdownHook(goodbyeHook);
        readiness.ready();
        LOG.log(Logger.Level.INFO, "Warung " + VERSION + " is ready; its data is in " + settings.dataFolder());
    }

    private static void warn(String sentence) {
        if (sentence != null) {
            LOG.log(Logger.Level.WARNING, sentence);
        }
    }

    /** Stops everything; posted messages are written first, within a few seconds. Harmless when called twice, or after a failed start. */
    public void stop() {
        readiness.drain();
        removeHook();
        end(timer);
        end(conversing);
        awaitWritten();
        for (ExecutorService executor :
                new ExecutorService[] {indexing, writing, reading, fanOut, closing, completing}) {
            end(executor);
        }
        if (durable != null) {
            try {
                durable.close();
            } catch (IOException e) {
                LOG.log(Logger.Level.WARNING, "The storage did not close cleanly", e);
            }
        }
    }

    /** Marks the server as failed: its state is no longer reliable. A supervisor sees that and restarts the server. */
    private void failed(Throwable error) {
        readiness.failed(error.getClass().getSimpleName());
        LOG.log(Logger.Level.ERROR, "The JVM has failed: restart this server", error);
    }

    /** The committer asks its thread for another turn while it has more to write: the thread must still accept tasks. */
    private void awaitWritten() {
        try {
            if (committer != null && !committer.awaitIdle(LAST_WRITES)) {
                LOG.log(Logger.Level.WARNING, "Some posted messages could not be written before shutdown");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(ExecutorService executor) {
        if (executor == null) {
            return;
        }
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LAST_TASKS_MS, TimeUnit.MILLISECONDS)) {
                LOG.log(Logger.Level.DEBUG, "Some tasks did not finish in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Otherwise it would keep the undeployed application in memory. */
    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(goodbyeHook);
        } catch (IllegalStateException shuttingDown) {
            // the process ends, and the hook has started
        }
    }

    /** The second of two callers waits until the first has finished. */
    private synchronized void sayGoodbye() {
        if (sessions == null || closing.isShutdown()) {
            return;
        }
        try {
            int left = sessions.endAll(GOODBYE);
            end(closing); // otherwise the server cuts the connections first, with a close code of its own
            if (left > 0) {
                LOG.log(Logger.Level.INFO, left + " connections did not close in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long maxResponseBytes(long maxMemory) {
        return Math.min(MAX_RESPONSE_BYTES, maxMemory / RESPONSES_SHARE);
    }

    /** Creates the registry: durable rooms share one committer, ephemeral ones another; both pass what they have written to the readers. */
    private RoomRegistry rooms(Codec codec, EntryCodec entries) {
        Map<Boolean, Room.Dependencies> parts = new HashMap<>(); // by whether they are ephemeral
        RoomRegistry rooms = new RoomRegistry(name -> parts.get(settings.isEphemeral(name)));
        durable = Storages.durable(settings, entries, writing, rooms::trimmed);
        ephemeral = Storages.ephemeral(settings, entries, rooms::trimmed);
        Committer ephemeralCommitter = new Committer(ephemeral.log(), listeners(rooms, ephemeral), conversing);
        committer = new Committer(durable.log(), listeners(rooms, durable), writing);
        TailBudget tails = new TailBudget(settings.maxTailBytes());
        Presence.Times times = new Presence.Times(
                TimeUnit.MILLISECONDS.toNanos(settings.presenceGraceMs()),
                TimeUnit.MILLISECONDS.toNanos(settings.rosterIntervalMs()),
                TimeUnit.MILLISECONDS.toNanos(settings.typingMs()),
                System::nanoTime);
        long lag = settings.maxLagEntries();
        parts.put(
                true,
                new Room.Dependencies(
                        ephemeral.log(), ephemeralCommitter, codec, entries, fanOut, reading, tails, lag, times));
        parts.put(
                false,
                new Room.Dependencies(durable.log(), committer, codec, entries, fanOut, reading, tails, lag, times));
        return rooms;
    }

    /** Readers are notified first. */
    private static List<Committer.Listener> listeners(RoomRegistry rooms, Storage storage) {
        List<Committer.Listener> all = new ArrayList<>();
        all.add(rooms.listener());
        all.addAll(storage.listeners());
        return all;
    }

    private String trouble() {
        if (committer == null) {
            return null;
        }
        return committer.trouble() == null ? durable.damage() : committer.trouble();
    }

    private byte[] signingKey() {
        try {
            return SigningKey.in(settings.dataFolder());
        } catch (IOException e) {
            throw new IllegalStateException("The signing key of guest tokens cannot be used: " + e.getMessage(), e);
        }
    }

    @Produces
    @Singleton
    SessionRegistry sessions() {
        return sessions;
    }

    @Produces
    @Singleton
    HandshakeRules handshakeRules() {
        return new HandshakeRules(new OriginPolicy(settings.allowedOrigins()), new HostPolicy(settings.allowedHosts()));
    }

    @Produces
    @Singleton
    TrustedProxies proxies() {
        return settings.trustedProxies();
    }

    @Produces
    @Singleton
    HttpExchanges exchanges() {
        return exchanges;
    }

    @Produces
    @Singleton
    History history() {
        return history;
    }

    @Produces
    @Singleton
    Listings listings() {
        return listings;
    }

    @Produces
    @Singleton
    HttpPostHandler postHandler() {
        return postHandler;
    }

    @Produces
    @Singleton
    BearerAuthenticator authenticator() {
        return authenticator;
    }

    @Produces
    @Singleton
    Readiness readiness() {
        return readiness;
    }
}
