package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadPoolsTest {
    @Test
    void whoWaitsForALockedPermanentRoomHoldsUpNoEphemeralOne() throws Exception {
        ExecutorService waiting = new ThreadPools().waiting();
        try {
            CyclicBarrier both = new CyclicBarrier(2);
            Future<Integer> permanent = waiting.submit(() -> both.await(5, TimeUnit.SECONDS));
            Future<Integer> ephemeral = waiting.submit(() -> both.await(5, TimeUnit.SECONDS));
            assertThat(permanent.get() + ephemeral.get()).isEqualTo(1);
        } finally {
            waiting.shutdown();
        }
    }
}
