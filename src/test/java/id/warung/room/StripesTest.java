package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.ManualExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A room of more than 256 readers rests between its rounds; each reader takes 20 µs here. */
class StripesTest {
    private static final long OF_ONE_NANOS = 20_000;
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int LARGE = 1_000;
    /** After so many rounds, what a reader takes is known. */
    private static final int ROUNDS = 60;

    private final ManualExecutor executor = new ManualExecutor();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final List<Long> pauses = new ArrayList<>();
    private long nanos = 1;
    private long head;
    private int told;

    private Stripes room(int readers, long mostNanos) {
        Stripes stripes = new Stripes(
                "lobby",
                executor,
                new Pacing(mostNanos, () -> nanos, (pause, task) -> {
                    pauses.add(pause);
                    later.add(task);
                }),
                () -> head);
        for (int i = 0; i < readers; i++) {
            stripes.add(new Counting());
        }
        return stripes;
    }

    /** A room that has been told often, long enough ago. */
    private Stripes wellKnown(int readers, long mostNanos) {
        Stripes room = room(readers, mostNanos);
        for (int i = 0; i < ROUNDS; i++) {
            room.wake();
            executor.runAll();
            rest();
        }
        told = 0;
        return room;
    }

    private void rest() {
        nanos += TimeUnit.SECONDS.toNanos(1);
    }

    @Test
    void afterARestALargeRoomIsToldAtOnce() {
        Stripes room = wellKnown(LARGE, MOST_NANOS);
        room.wake();
        executor.runAll();

        assertThat(told).isEqualTo(LARGE);
        assertThat(pauses).isEmpty();
    }

    @Test
    void whatComesDuringThePauseIsToldInOneRoundAfterIt() {
        Stripes room = wellKnown(LARGE, MOST_NANOS);
        room.wake();
        executor.runAll();
        room.wake();
        room.wake();
        executor.runAll();
        assertThat(told).isEqualTo(LARGE);

        later.remove().run();
        executor.runAll();
        assertThat(told).isEqualTo(2 * LARGE);
        assertThat(later).isEmpty();
    }

    @Test
    void thePauseFollowsFromWhatARoundTakes() {
        Stripes room = wellKnown(LARGE, MOST_NANOS);
        room.wake();
        room.wake();

        long ofRounds = 3 * OF_ONE_NANOS * (LARGE - Stripe.MAX_READERS);
        assertThat(pauses.get(0)).isBetween(ofRounds * 9 / 10, ofRounds);
    }

    @Test
    void noPauseIsLongerThanTheSetting() {
        Stripes room = wellKnown(LARGE, TimeUnit.MILLISECONDS.toNanos(5));
        room.wake();
        room.wake();

        assertThat(pauses).containsExactly(TimeUnit.MILLISECONDS.toNanos(5));
    }

    @Test
    void aRoomOfOneStripeHasNoPause() {
        Stripes room = wellKnown(Stripe.MAX_READERS, MOST_NANOS);
        room.wake();
        executor.runAll();
        room.wake();
        executor.runAll();

        assertThat(told).isEqualTo(2 * Stripe.MAX_READERS);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aRoomThatIsToldQuicklyHasNoPause() {
        Stripes room = wellKnown(Stripe.MAX_READERS + 10, MOST_NANOS);
        room.wake();
        room.wake();

        assertThat(pauses).isEmpty();
    }

    @Test
    void withoutTheSettingThereIsNoPause() {
        Stripes room = wellKnown(LARGE, 0);
        room.wake();
        room.wake();

        assertThat(pauses).isEmpty();
    }

    /** Its frames have many entries without a pause. */
    @Test
    void aFloodedRoomHasNoPause() {
        Stripes room = wellKnown(LARGE, MOST_NANOS);
        head += 100;
        room.wake();
        executor.runAll();
        rest();
        room.wake();
        room.wake();
        assertThat(pauses).isEmpty();

        head++;
        executor.runAll();
        rest();
        room.wake();
        room.wake();
        assertThat(pauses).as("the flood is over").hasSize(1);
    }

    /** Otherwise a room would be told of nothing any more. */
    @Test
    void aRoundAfterAPauseIsFollowedByAPauseAgain() {
        Stripes room = wellKnown(LARGE, MOST_NANOS);
        room.wake();
        executor.runAll();
        room.wake();
        nanos += MOST_NANOS;
        later.remove().run();
        executor.runAll();
        assertThat(told).isEqualTo(2 * LARGE);
        room.wake();
        executor.runAll();
        assertThat(told).isEqualTo(2 * LARGE);

        later.remove().run();
        executor.runAll();
        assertThat(told).isEqualTo(3 * LARGE);
    }

    private final class Counting implements Reader {
        @Override
        public void drive() {
            told++;
            nanos += OF_ONE_NANOS;
        }

        @Override
        public void wake() {
            throw new IllegalStateException("stripes drive");
        }

        @Override
        public void restart() {
            throw new IllegalStateException("nothing is restored here");
        }
    }
}
