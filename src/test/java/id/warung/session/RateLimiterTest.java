package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3); // nanoTime may overflow

    private RateLimiter limiter(int count, int burst) {
        return new RateLimiter(count, 1_000, burst, () -> now);
    }

    private void pass(long ms) {
        now += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    @Test
    void aBurstIsTakenAtOnceAndTheRestAtTheRate() {
        RateLimiter posts = limiter(5, 20);
        for (int i = 0; i < 20; i++) {
            assertThat(posts.take("ana")).isZero();
        }
        long wait = posts.take("ana");
        assertThat(wait).isEqualTo(200);
        pass(wait - 1);
        assertThat(posts.take("ana")).isEqualTo(1);
        pass(1);
        assertThat(posts.take("ana")).isZero();
        assertThat(posts.take("ana")).isPositive();
        assertThat(posts.take("budi")).isZero();
    }

    @Test
    void zeroIsNoLimit() {
        RateLimiter posts = limiter(0, 1);
        for (int i = 0; i < 10_000; i++) {
            assertThat(posts.take("ana")).isZero();
        }
        assertThat(posts.keys()).isZero();
    }

    @Test
    void whatItRemembersIsBounded() {
        RateLimiter handshakes = limiter(1, 1);
        for (int i = 0; i < 100_000; i++) {
            assertThat(handshakes.take("10.0." + i)).isZero();
        }
        assertThat(handshakes.keys()).isEqualTo(16_384);
        assertThat(handshakes.take("10.0.99999")).isPositive();
    }

    /** Beside a bucket of whole tokens that are counted, for some minutes of random takes. */
    @Test
    void itBehavesLikeACountedBucket() {
        Random random = new Random(11);
        RateLimiter limiter = limiter(4, 7);
        Map<String, Double> tokens = new HashMap<>();
        int taken = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            long ms = random.nextInt(120);
            pass(ms);
            tokens.replaceAll((key, count) -> Math.min(7, count + ms * 4 / 1_000.0));
            String key = "k" + random.nextInt(3);
            double count = tokens.getOrDefault(key, 7.0);
            boolean takes = limiter.take(key) == 0;
            assertThat(takes).as("with %s tokens", count).isEqualTo(count > 1 - 1e-6);
            tokens.put(key, takes ? count - 1 : count);
            taken += takes ? 1 : 0;
            refused += takes ? 0 : 1;
        }
        assertThat(taken).isGreaterThan(2_000);
        assertThat(refused).isGreaterThan(2_000);
    }
}
