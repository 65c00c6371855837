package id.warung.app;

import id.warung.endpoint.AmbientSignIn;
import id.warung.endpoint.Callers;
import id.warung.endpoint.HandshakeRules;
import id.warung.endpoint.History;
import id.warung.endpoint.HttpExchanges;
import id.warung.endpoint.HttpPostHandler;
import id.warung.endpoint.HttpsOnly;
import id.warung.endpoint.Listings;
import id.warung.endpoint.OwnSessions;
import id.warung.endpoint.Readiness;
import id.warung.endpoint.SignInOffer;
import id.warung.identity.HostPolicy;
import id.warung.identity.OriginPolicy;
import id.warung.identity.TrustedProxies;
import id.warung.log.command.CommandHandlers;
import id.warung.protocol.CloseCode;
import id.warung.protocol.Codec;
import id.warung.pump.FatalErrors;
import id.warung.session.RateLimits;
import id.warung.session.SessionRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** The whole application: creates every component at the start, in order of dependency. */
@ApplicationScoped
public class Warung {
    private static final Logger LOG = System.getLogger(Warung.class.getName());
    private static final long CHECK_TROUBLE_MS = 2_000;
    private static final long CLOSE_IDLE_ROOMS_MS = 30_000;
    private static final Duration LEAVING = Duration.ofSeconds(30);

    private final Readiness readiness = new Readiness(this::sayGoodbye, this::trouble);
    // says goodbye as soon as the process is asked to end: a server may cut connections before it stops its
    // applications
    private final Thread goodbyeHook = new Thread(readiness::drain, "warung-goodbye");
    private Settings settings;
    private ThreadPools pools;
    private Storing storing;
    private SigningIn signingIn;
    private Serving serving;

    /**
     * Creates everything; afterwards clients may connect.
     *
     * @throws IllegalArgumentException when a setting is invalid, IllegalStateException when the data folder cannot be used
     */
    public void start(ServletContext context) {
        SettingsSource source = new SettingsSource(System.getProperties(), System.getenv(), context);
        source.unknown(Settings.names()).forEach(sentence -> LOG.log(Logger.Level.WARNING, sentence));
        HeapBudget heap = HeapBudget.ofThisJvm(context);
        Path byDefault = DataFolder.byDefault(System.getProperties(), System.getenv(), context.getContextPath());
        settings = Settings.read(source::get, byDefault, heap);
        SocketLimits sockets = SocketLimits.publish(context, settings);
        warn(heap.warning(settings.maxTailBytes(), settings.maxWaitingBytes(), settings.ephemeralBytes()));
        warn(sockets.warning(source.get("warung.max-sockets"), settings.maxSockets()));
        FatalErrors.setListener(this::failed);

        pools = settings.database() == null
                ? new ThreadPools()
                : new ThreadPools(Storing.writers(settings), settings.database().readers());
        Clock clock = Clock.systemUTC();
        Codec codec = new Codec(new CommandHandlers(), settings.sessions().maxTextChars());
        storing = new Storing(settings, pools, codec);
        signingIn = new SigningIn(settings, pools, storing, clock);
        serving = new Serving(settings, sockets, pools, codec, storing, signingIn, clock);
        Runtime.getRuntime().addShutdownHook(goodbyeHook);
        Jobs jobs = new Jobs(pools.timer());
        serving.start(jobs);
        signingIn.job().ifPresent(job -> jobs.start(job, pools.completing()));
        if (storing.shared() == null) {
            begin(jobs);
        } else {
            serving.sessions().turnAway(CloseCode.NO_DATABASE);
            jobs.start(storing.shared().watchedBy(new WithDatabase(jobs)).job(), pools.watching());
        }
    }

    /** The storages are open: clients may come. */
    private void begin(Jobs jobs) {
        storing.durable().jobs().forEach(job -> jobs.start(job, pools.indexing()));
        Executor ofEphemeral = storing.shared() == null ? pools.conversing() : pools.indexing();
        storing.ephemeral().jobs().forEach(job -> jobs.start(job, ofEphemeral));
        jobs.every(CLOSE_IDLE_ROOMS_MS, storing.rooms()::closeIdle);
        jobs.every(settings.rosterIntervalMs() / 4 + 1, () -> storing.rooms().tick(System.nanoTime()));
        jobs.every(CHECK_TROUBLE_MS, storing.committers()::checkTrouble);
        readiness.ready();
        LOG.log(Logger.Level.INFO, "Warung " + Version.ofThis() + " is ready; its data is in " + storing.place());
    }

    /** What this node does when the database that it shares with others comes and goes. */
    private final class WithDatabase implements DatabaseWatch.Node {
        private final Jobs jobs;

        WithDatabase(Jobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public void opened() {
            signingIn.nodes().start(jobs);
            begin(jobs);
            serving.sessions().admit();
        }

        @Override
        public void clientsShouldLeave() {
            serving.sessions().sendAway(CloseCode.NO_DATABASE, LEAVING);
        }

        @Override
        public void clientsMayStay() {
            serving.sessions().stay();
        }
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
        if (pools != null) {
            pools.endOfTalk();
            if (storing != null) {
                storing.awaitWritten();
                storing.endOfNews();
            }
            pools.endOfRest();
        }
        if (storing != null) {
            storing.close();
        }
    }

    /** Marks the server as failed: its state is no longer reliable. A supervisor sees that and restarts the server. */
    private void failed(Throwable error) {
        readiness.failed(error.getClass().getSimpleName());
        LOG.log(Logger.Level.ERROR, "The JVM has failed: restart this server", error);
    }

    /** Otherwise it would keep the undeployed application in memory. */
    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(goodbyeHook);
        } catch (IllegalStateException shuttingDown) {
            // the process ends, and the hook has started
        }
    }

    private void sayGoodbye() {
        if (serving != null) {
            serving.sayGoodbye();
        }
    }

    private String trouble() {
        return storing == null ? null : storing.trouble();
    }

    @Produces
    @Singleton
    SessionRegistry sessions() {
        return serving.sessions();
    }

    @Produces
    @Singleton
    RateLimits limits() {
        return serving.limits();
    }

    @Produces
    @Singleton
    HttpsOnly httpsOnly() {
        return new HttpsOnly(settings.hstsSeconds(), settings.trustedProxies());
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
        return serving.exchanges();
    }

    @Produces
    @Singleton
    History history() {
        return serving.history();
    }

    @Produces
    @Singleton
    Listings listings() {
        return serving.listings();
    }

    @Produces
    @Singleton
    HttpPostHandler postHandler() {
        return serving.postHandler();
    }

    @Produces
    @Singleton
    Callers callers() {
        return signingIn.callers();
    }

    @Produces
    @Singleton
    OwnSessions ownSessions() {
        return signingIn.ownSessions();
    }

    @Produces
    @Singleton
    SignInOffer offer() {
        return signingIn.offer();
    }

    @Produces
    @Singleton
    AmbientSignIn ambientSignIn() {
        return signingIn.ambient();
    }

    @Produces
    @Singleton
    Readiness readiness() {
        return readiness;
    }
}
