package id.warung.identity;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Knows what the provider says of itself, and asks again: every hour, and while it fails, after longer and longer pauses; the last
 * answer stays good meanwhile. The server starts without the provider. Thread-safe.
 */
public final class OidcDiscovery {
    /** How often {@link #run} is to be called. */
    public static final Duration TICK = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(OidcDiscovery.class.getName());
    private static final String PATH = "/.well-known/openid-configuration";
    private static final long FRESH_NANOS = Duration.ofHours(1).toNanos();
    private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMinutes(5).toNanos();

    private final URI issuer;
    private final LongSupplier nanoTime;
    private volatile OidcProvider provider; // null: it has not answered yet
    private Long due; // null: at once
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private String trouble = ""; // what was logged last

    public OidcDiscovery(OidcSettings settings, LongSupplier nanoTime) {
        this.issuer = settings.issuer();
        this.nanoTime = nanoTime;
    }

    /** What the provider said last; empty while it has said nothing that can be used. */
    public Optional<OidcProvider> provider() {
        return Optional.ofNullable(provider);
    }

    /**
     * Fetches the provider's keys; blocks for some seconds at most.
     *
     * @throws IOException when the provider cannot be reached now, ParseException when its keys are not readable
     */
    public JWKSet keys() throws IOException, ParseException {
        OidcProvider known = provider;
        if (known == null) {
            throw new IOException("the provider " + issuer + " has not been reached yet");
        }
        return JWKSet.parse(IssuerDocument.fetch(known.keys()));
    }

    /** Asks the provider if it is time to; blocks for some seconds at most. */
    public synchronized void run() {
        if (due == null || nanoTime.getAsLong() - due >= 0) {
            ask();
        }
    }

    private void ask() {
        URI address = URI.create(issuer.toString().replaceFirst("/$", "") + PATH);
        try {
            provider = OidcProvider.parse(IssuerDocument.fetch(address), issuer);
            succeeded();
        } catch (IOException e) {
            failed("it cannot be reached (" + e + ").");
        } catch (IllegalArgumentException e) {
            failed("the document at " + address + " cannot be used. " + e.getMessage());
        }
    }

    private void succeeded() {
        due = nanoTime.getAsLong() + FRESH_NANOS;
        pauseNanos = FIRST_PAUSE_NANOS;
        if (!trouble.isEmpty()) {
            LOG.log(Logger.Level.INFO, "Users can sign in at " + issuer + " now");
            trouble = "";
        }
    }

    private void failed(String reason) {
        due = nanoTime.getAsLong() + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        if (!reason.equals(trouble)) {
            LOG.log(
                    Logger.Level.WARNING,
                    (provider == null ? "Nobody can sign in at " : "What is known stays in use of the provider ")
                            + issuer + " now: " + reason + " It is asked again, more and more seldom.");
            trouble = reason;
        }
    }
}
