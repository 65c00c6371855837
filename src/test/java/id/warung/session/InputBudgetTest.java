package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class InputBudgetTest {
    @Test
    void anAddressHasAnEighthHoweverManySessionsItHas() {
        InputBudget budget = new InputBudget(80_000, 0);

        assertThat(budget.of("a").take(6_000)).isTrue();
        assertThat(budget.of("a").take(6_000)).isFalse();
        assertThat(budget.of("a").take(4_000)).isTrue();
        assertThat(budget.of("b").take(10_000)).isTrue();
        assertThat(budget.usedBytes()).isEqualTo(20_000);
    }

    @Test
    void anUnidentifiedClientHasOnlyTheLimitOfTheNode() {
        InputBudget budget = new InputBudget(80_000, 0);

        assertThat(budget.of(null).take(80_000)).isTrue();
        assertThat(budget.of(null).take(1)).isFalse();
        assertThat(budget.of("a").take(1)).isFalse();
        budget.of(null).giveBack(80_000);
        assertThat(budget.of("a").take(1)).isTrue();
        assertThat(budget.usedBytes()).isEqualTo(1);
    }

    @Test
    void howeverLittleMayWaitTheLargestFrameFits() {
        InputBudget budget = new InputBudget(262_144, 1_000_000);

        assertThat(budget.of("a").take(2 * 1_000_000 + 192)).isTrue();
        assertThat(budget.of("b").take(2 * 1_000_000 + 192)).isFalse();
    }

    @Test
    void afterWhateverManyThreadsDoNothingIsHeld() throws Exception {
        InputBudget budget = new InputBudget(3_000, 0);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Random random = new Random(thread);
                all.add(pool.submit(() -> {
                    for (int n = 0; n < 50_000; n++) {
                        InputBudget.Share share = budget.of(n % 5 == 0 ? null : "a" + n % 5);
                        int bytes = 1 + random.nextInt(400);
                        if (share.take(bytes)) {
                            share.giveBack(bytes);
                        }
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(budget.usedBytes()).isZero();
        assertThat(budget.keys()).isZero();
    }
}
