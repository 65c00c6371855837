package id.warung.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The public keys of an issuer (JWKS, RFC 7517), at an https address or in a file. They are fetched when a token needs
 * them: again after some minutes, or when a token names a key that is not among them, but only once in half a minute,
 * whatever strangers send. While the issuer cannot be reached, the last keys are good for some hours. Thread-safe; no
 * caller waits.
 */
public final class IssuerKeys {
    /** Reads the keys, wherever they are; blocks. */
    public interface Source {
        JWKSet read() throws IOException, ParseException;
    }

    private static final Logger LOG = System.getLogger(IssuerKeys.class.getName());
    private static final int TIMEOUT_MS = 5_000; // to connect, and to read
    private static final int MAX_BYTES = 256 * 1024;
    private static final long FRESH = Duration.ofMinutes(5).toNanos();
    private static final long BETWEEN_FETCHES = Duration.ofSeconds(30).toNanos();
    private static final long AFTER_A_FAILURE = Duration.ofSeconds(5).toNanos();
    private static final long OUTAGE = Duration.ofHours(4).toNanos();

    private final Source source;
    private final Executor fetching;
    private final LongSupplier nanoTime;
    private CompletableFuture<JWKSet> fetch; // null: none is under way
    private JWKSet keys; // null: none yet
    private long fetchedAt; // when the keys came
    private Long nextAt; // no fetch before; null: none yet

    /** {@code fetching} runs the reads, which may block, one at a time. */
    public IssuerKeys(Source source, Executor fetching, LongSupplier nanoTime) {
        this.source = source;
        this.fetching = fetching;
        this.nanoTime = nanoTime;
    }

    /** Reads keys at an address. */
    public static Source at(URI address) {
        DefaultResourceRetriever retriever = new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, MAX_BYTES);
        return () -> JWKSet.parse(retriever.retrieveResource(address.toURL()).getContent());
    }

    /** Reads keys in a file, which may change. */
    public static Source in(Path file) {
        return () -> JWKSet.parse(Files.readString(file));
    }

    /**
     * The keys, among them the one with this id if the issuer has it.
     *
     * @param keyId null: the token does not say which
     * @return fails with IOException when the keys are not known and cannot be fetched now
     */
    synchronized CompletionStage<JWKSet> with(String keyId) {
        long now = nanoTime.getAsLong();
        boolean known = keys != null && (keyId == null || keys.getKeyByKeyId(keyId) != null);
        if (known && now - fetchedAt < FRESH) {
            return CompletableFuture.completedFuture(keys);
        }
        if (fetch == null && nextAt != null && now - nextAt < 0) {
            JWKSet last = known(now);
            return last == null ? CompletableFuture.failedFuture(unknown()) : CompletableFuture.completedFuture(last);
        }
        if (fetch != null) {
            return fetch;
        }
        CompletableFuture<JWKSet> begun = new CompletableFuture<>();
        fetch = begun;
        fetching.execute(() -> fetch(begun));
        return begun;
    }

    private void fetch(CompletableFuture<JWKSet> begun) {
        JWKSet fetched = null;
        try {
            fetched = source.read();
        } catch (IOException | ParseException | RuntimeException e) {
            LOG.log(Logger.Level.WARNING, "The keys of the issuer of tokens cannot be read: " + e.getMessage());
        }
        JWKSet known;
        synchronized (this) {
            fetch = null;
            long now = nanoTime.getAsLong();
            nextAt = now + (fetched == null ? AFTER_A_FAILURE : BETWEEN_FETCHES);
            if (fetched != null) {
                keys = fetched;
                fetchedAt = now;
            }
            known = known(now);
        }
        if (known != null) {
            begun.complete(known);
        } else {
            begun.completeExceptionally(unknown());
        }
    }

    /** The keys that were read last, unless that is too long ago; otherwise null. */
    private JWKSet known(long now) {
        return keys != null && now - fetchedAt < OUTAGE ? keys : null;
    }

    private static IOException unknown() {
        return new IOException("The issuer's keys are not known");
    }
}
