package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.kit.ManualExecutor;
import id.warung.pump.Pump;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StripeTest {
    private final ManualExecutor executor = new ManualExecutor();
    private final List<String> story = new ArrayList<>();

    private class Named implements Reader {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void restart() {
            throw new IllegalStateException("nothing is restored here");
        }

        @Override
        public void drive() {
            story.add(name);
        }

        @Override
        public void wake() {
            // never called here
        }
    }

    @Test
    void aFailedStepIsLoggedWithItsRoom() {
        Stripe stripe = new Stripe("lobby", executor, System::nanoTime, () -> 0);
        stripe.add(new Named("first") {
            @Override
            public void drive() {
                throw new IllegalStateException("scripted");
            }
        });
        try (Logged logged = Logged.by(Pump.class)) {
            stripe.wake();
            executor.runAll();

            assertThat(logged.lines()).containsExactly("A step failed: stripe [room=lobby]");
        }
    }

    /** Otherwise the first stripe receives every message by itself, while the others wait for their first. */
    @Test
    void ofABusyRoomGivesTheOthersTheirTurnAfterEachRound() {
        Stripe first = new Stripe("lobby", executor, System::nanoTime, () -> 0);
        Stripe second = new Stripe("lobby", executor, System::nanoTime, () -> 0);
        first.add(new Named("first") {
            @Override
            public void drive() {
                super.drive();
                if (story.size() < 6) {
                    first.wake(); // one more message meanwhile
                }
            }
        });
        second.add(new Named("second"));
        first.wake();
        second.wake();
        executor.runRound();
        second.wake();
        executor.runAll();

        assertThat(story).startsWith("first", "second", "first", "second");
    }
}
