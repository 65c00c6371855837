package id.warung.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A token bucket for each key, such as a user or an address (as GCRA: only the time at which the bucket will be full again is kept).
 * Remembers the keys that were used last; a forgotten one starts with a full bucket. Thread-safe, never blocks for long.
 */
final class RateLimiter {
    private static final long MS_NANOS = 1_000_000;
    private static final int STRIPES = 16; // a power of two; a key belongs to one of them
    private static final int MAX_KEYS = 16_384; // some 2 MB

    private final long intervalNanos; // 0: no limit
    private final long toleranceNanos;
    private final LongSupplier nanoTime;
    private final Stripe[] stripes = new Stripe[STRIPES];

    private static final class Bucket {
        private long fullAt;
    }

    /** The buckets of some keys, with a lock of their own. */
    private static final class Stripe extends LinkedHashMap<String, Bucket> {
        private static final long serialVersionUID = 1L;

        Stripe() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_KEYS / STRIPES;
        }
    }

    /**
     * Creates full buckets.
     *
     * @param count how many tokens return in the period; 0: no limit
     * @param burst how many a full bucket has, at least 1
     */
    RateLimiter(long count, long periodMs, long burst, LongSupplier nanoTime) {
        this.intervalNanos = count == 0 ? 0 : Math.max(1, TimeUnit.MILLISECONDS.toNanos(periodMs) / count);
        this.toleranceNanos = intervalNanos * (Math.max(1, burst) - 1);
        this.nanoTime = nanoTime;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** Takes a token. Returns 0, or in how many ms there will be one if nobody takes any before. */
    long take(String key) {
        return take(key, 1);
    }

    /**
     * Takes a token from a bucket that belongs to so many nodes: here it is filled so many times more slowly, and holds that fraction,
     * but at least one token.
     */
    long take(String key, int nodes) {
        if (intervalNanos == 0) {
            return 0;
        }
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            long now = nanoTime.getAsLong();
            Bucket bucket = stripe.get(key);
            long missing = bucket == null ? 0 : Math.max(0, bucket.fullAt - now);
            long tolerance = Math.max(0, toleranceNanos - (nodes - 1) * intervalNanos);
            if (missing > tolerance) {
                return TimeUnit.NANOSECONDS.toMillis(missing - tolerance + MS_NANOS - 1);
            }
            if (bucket == null) {
                bucket = new Bucket();
                stripe.put(key, bucket);
            }
            bucket.fullAt = now + missing + nodes * intervalNanos;
            return 0;
        }
    }

    /** Returns a token that was taken and not used. */
    void giveBack(String key) {
        giveBack(key, 1);
    }

    void giveBack(String key, int nodes) {
        if (intervalNanos == 0) {
            return;
        }
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            Bucket bucket = stripe.get(key);
            if (bucket != null) {
                bucket.fullAt -= nodes * intervalNanos;
            }
        }
    }

    /** How many keys it remembers. */
    int keys() {
        int keys = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                keys += stripe.size();
            }
        }
        return keys;
    }

    private Stripe stripe(String key) {
        int hash = key.hashCode();
        return stripes[(hash ^ hash >>> 16) & (STRIPES - 1)];
    }
}
