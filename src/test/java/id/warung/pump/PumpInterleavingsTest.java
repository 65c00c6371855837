package id.warung.pump;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.ManualExecutor;
import id.warung.pump.Pump.Step;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Runs every schedule of up to {@value #DECISIONS} decisions: what happens before, during and after each step, and what
 * the step returns. Each is checked against the pump's contract while it runs and after it has come to rest.
 */
class PumpInterleavingsTest {
    private static final int DECISIONS = 10;

    private final Set<String> transitions = new TreeSet<>();

    @Test
    void everyScheduleKeepsTheContract() {
        Choices choices = new Choices();
        int schedules = 0;
        do {
            new World(choices).play();
            schedules++;
        } while (choices.advance());

        assertThat(schedules).isGreaterThan(600_000);
        assertThat(transitions)
                .as("what can happen in each of the five states did happen")
                .containsExactly(
                        "AGAIN in RUNNING",
                        "AGAIN in WOKEN",
                        "IDLE in RUNNING",
                        "IDLE in WOKEN",
                        "PENDING in RESUMED",
                        "PENDING in RUNNING",
                        "PENDING in WOKEN",
                        "drive in IDLE",
                        "drive in PENDING",
                        "drive in RESUMED",
                        "drive in RUNNING",
                        "drive in WOKEN",
                        "resume in PENDING",
                        "resume in RUNNING",
                        "resume in WOKEN",
                        "wake in IDLE",
                        "wake in PENDING",
                        "wake in RESUMED",
                        "wake in RUNNING",
                        "wake in WOKEN");
    }

    /** One schedule: a pump, an executor, and one operation that the step may start. */
    private final class World {
        private final Choices choices;
        private final ManualExecutor executor = new ManualExecutor();
        private final Pump pump = new Pump("pump", this::step, executor);
        private final List<String> story = new ArrayList<>();
        private int decisionsLeft = DECISIONS;
        private int told; // wakes and drives so far
        private int toldBeforeStep; // … when the last step began
        private int toldBeforePrevious; // … and the one before it: two wakes before a step may cost a step in vain
        private boolean inStep;
        private boolean outstanding; // an operation was started and has not completed
        private boolean completed; // an operation has completed since the last step began
        private boolean mayStepHere = true; // not within a wake
        private Step said = Step.IDLE;

        World(Choices choices) {
            this.choices = choices;
        }

        void play() {
            while (decisionsLeft > 0) {
                outside();
            }
            while (outstanding || executor.waiting() > 0) {
                if (outstanding) {
                    complete();
                } else {
                    executor.runNext();
                }
            }
            check(toldBeforeStep == told, "a wake was lost");
            check(said != Step.AGAIN, "a step that had more was not asked again");
            check(!completed, "a completion was lost");
            check(state().equals("IDLE"), "it did not come to rest");
        }

        private void outside() {
            boolean task = executor.waiting() > 0;
            switch (choose(2 + (task ? 1 : 0) + (outstanding ? 1 : 0))) {
                case 0 -> wake();
                case 1 -> drive();
                case 2 -> {
                    if (task) {
                        story.add("executor");
                        executor.runNext();
                    } else {
                        complete();
                    }
                }
                default -> complete();
            }
            check(executor.waiting() <= 1, "it waits twice in the executor");
        }

        private Step step() {
            check(mayStepHere, "a wake ran a step on its caller's thread");
            check(!inStep, "two steps at once");
            check(!outstanding, "a step while an operation is outstanding");
            check(told > toldBeforePrevious || said == Step.AGAIN || completed, "a step for nothing");
            story.add("step{");
            inStep = true;
            toldBeforePrevious = toldBeforeStep;
            toldBeforeStep = told;
            completed = false;
            said = outcome();
            transitions.add(said + " in " + state());
            story.add(said + "}");
            inStep = false;
            return said;
        }

        private Step outcome() {
            while (decisionsLeft > 0) {
                switch (choose(5)) {
                    case 0 -> wake();
                    case 1 -> drive();
                    case 2 -> {
                        return Step.IDLE;
                    }
                    case 3 -> {
                        return Step.AGAIN;
                    }
                    default -> {
                        return operation();
                    }
                }
            }
            return Step.IDLE;
        }

        private Step operation() {
            story.add("start");
            outstanding = true;
            while (decisionsLeft > 0) {
                switch (choose(outstanding ? 4 : 3)) {
                    case 0 -> wake();
                    case 1 -> drive();
                    case 2 -> {
                        return Step.PENDING;
                    }
                    default -> complete();
                }
            }
            return Step.PENDING;
        }

        private void wake() {
            note("wake");
            told++;
            boolean before = mayStepHere;
            mayStepHere = false;
            pump.wake();
            mayStepHere = before;
        }

        private void drive() {
            note("drive");
            told++;
            pump.drive();
        }

        private void complete() {
            note("resume");
            boolean duringStep = inStep;
            outstanding = false;
            completed = true;
            pump.resume();
            check(duringStep || !completed, "a completion did not go on at once");
        }

        private int choose(int options) {
            decisionsLeft--;
            return choices.next(options);
        }

        private void note(String event) {
            story.add(event);
            transitions.add(event + " in " + state());
        }

        /** Only shows that all schedules were run; nothing is judged by it. */
        private String state() {
            try {
                return STATE.get(pump).toString();
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }

        private void check(boolean kept, String broken) {
            if (!kept) {
                throw new AssertionError(broken + ": " + story + " " + choices);
            }
        }
    }

    private static final Field STATE = stateField();

    private static Field stateField() {
        try {
            Field field = Pump.class.getDeclaredField("state");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }
}
