package id.warung.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.kit.Logged;
import id.warung.kit.ManualExecutor;
import id.warung.pump.Pump.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PumpTest {
    private final ManualExecutor executor = new ManualExecutor();
    private int steps;

    /** A pump whose n-th step runs the n-th script; later steps find nothing to do. */
    @SafeVarargs
    private Pump pump(Supplier<Step>... scripts) {
        return new Pump("pump", () -> steps < scripts.length ? scripts[steps++].get() : idleStep(), executor);
    }

    private Step idleStep() {
        steps++;
        return Step.IDLE;
    }

    @Test
    void aWakeRunsTheStepOnTheExecutorAndNotOnItsCaller() {
        pump().wake();

        assertThat(steps).isZero();
        assertThat(executor.runAll()).isEqualTo(1);
        assertThat(steps).isEqualTo(1);
    }

    @Test
    void aDriveRunsTheStepOnItsCaller() {
        pump().drive();

        assertThat(steps).isEqualTo(1);
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void wakesThatComeBeforeTheStepAreOneTask() {
        Pump pump = pump();
        pump.wake();
        pump.wake();
        pump.drive();

        assertThat(executor.waiting()).isEqualTo(1);
        assertThat(steps).isZero();
    }

    @Test
    void aWakeDuringTheStepMakesItRunOnceMore() {
        Pump[] pump = new Pump[1];
        pump[0] = pump(() -> {
            pump[0].wake();
            pump[0].wake();
            return Step.IDLE;
        });

        pump[0].drive();

        assertThat(steps).isEqualTo(2);
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void aPumpOfLongStepsQueuesUpAfterEachOfThem() {
        List<String> story = new ArrayList<>();
        Pump[] pump = new Pump[1];
        pump[0] = new Pump(
                "pump",
                () -> {
                    story.add("long");
                    if (story.size() == 1) {
                        pump[0].wake();
                    }
                    return Step.IDLE;
                },
                executor,
                1);
        pump[0].wake();
        executor.execute(() -> story.add("another's"));
        executor.runAll();

        assertThat(story).containsExactly("long", "another's", "long");
    }

    @Test
    void aPumpAtRestRunsAgainWhenWoken() {
        Pump pump = pump();
        pump.drive();
        pump.wake();
        executor.runAll();

        assertThat(steps).isEqualTo(2);
    }

    @Test
    void nothingRunsWhileAnOperationIsOutstanding() {
        Pump pump = pump(() -> Step.PENDING);
        pump.drive();
        pump.wake();
        pump.drive();

        assertThat(executor.runAll()).isZero();
        assertThat(steps).isEqualTo(1);
    }

    @Test
    void theCompletionOfAnOperationGoesOnOnItsOwnThread() {
        Pump pump = pump(() -> Step.PENDING);
        pump.drive();

        pump.resume();

        assertThat(steps).isEqualTo(2);
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void aCompletionWhenNothingIsOutstandingDoesNothing() {
        Pump pump = pump();

        pump.resume();

        assertThat(executor.runAll()).isZero();
        assertThat(steps).isZero();
    }

    @Test
    void aStepThatAlwaysHasMoreHandsTheThreadBackAfterSixteenTurns() {
        Pump pump = new Pump(
                "pump",
                () -> {
                    steps++;
                    return Step.AGAIN;
                },
                executor);
        pump.drive();

        assertThat(steps).isEqualTo(16);
        assertThat(executor.waiting()).isEqualTo(1);
        executor.runNext();
        assertThat(steps).isEqualTo(32);
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    void operationsThatCompleteDuringTheStepTakeTurnsToo() {
        Pump[] pump = new Pump[1];
        pump[0] = new Pump(
                "pump",
                () -> {
                    steps++;
                    pump[0].resume();
                    return Step.PENDING;
                },
                executor);
        pump[0].drive();

        assertThat(steps).isEqualTo(16);
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    void aWakeBetweenTwoTurnsIsNotLost() {
        List<Step> said = new ArrayList<>();
        Pump pump = new Pump(
                "pump",
                () -> {
                    said.add(said.size() < 16 ? Step.AGAIN : Step.IDLE);
                    return said.get(said.size() - 1);
                },
                executor);
        pump.drive();
        pump.wake(); // it waits for the executor, after its sixteenth turn

        executor.runAll();

        assertThat(said).hasSizeGreaterThanOrEqualTo(17).endsWith(Step.IDLE);
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void theStackDoesNotGrowWithTheNumberOfCompletions() {
        List<Long> depths = new ArrayList<>();
        Pump[] pump = new Pump[1];
        pump[0] = new Pump(
                "pump",
                () -> {
                    depths.add(StackWalker.getInstance().walk(frames -> frames.count()));
                    if (depths.size() == 10_000) {
                        return Step.IDLE;
                    }
                    pump[0].resume();
                    return Step.PENDING;
                },
                executor);
        pump[0].wake();
        executor.runAll();

        assertThat(depths).hasSize(10_000);
        assertThat(depths.stream().distinct()).hasSize(1);
    }

    @Test
    void aStepThatThrowsIsLoggedAndIsNotTheLast() {
        try (Logged logged = Logged.by(Pump.class)) {
            Pump[] pump = new Pump[1];
            pump[0] = pump(
                    () -> {
                        throw new IllegalStateException("scripted");
                    },
                    () -> {
                        pump[0].wake(); // is not lost either
                        throw new StackOverflowError("scripted");
                    });
            pump[0].drive();
            assertThat(steps).isEqualTo(1);
            pump[0].wake();
            executor.runAll();

            assertThat(steps).isEqualTo(3);
            assertThat(logged.thrown()).hasSize(2);
        }
    }

    @Test
    void aStepThatThrowsIsLoggedUnderTheNameThatItsPumpHasThen() {
        StringBuilder name = new StringBuilder("sender");
        Pump pump = new Pump(
                name,
                () -> {
                    throw new IllegalStateException("scripted");
                },
                executor);
        name.append(" [session=k3f9x2]");
        try (Logged logged = Logged.by(Pump.class)) {
            pump.drive();

            assertThat(logged.lines()).containsExactly("A step failed: sender [session=k3f9x2]");
        }
    }

    @Test
    void anExecutorThatTakesNothingIsAskedAgainWithTheNextWake() {
        Pump pump = pump();
        executor.refuseNext();
        assertThatThrownBy(pump::wake).isInstanceOf(RejectedExecutionException.class);
        assertThat(steps).isZero();

        pump.wake();
        executor.runAll();
        assertThat(steps).isEqualTo(1);
    }
}
