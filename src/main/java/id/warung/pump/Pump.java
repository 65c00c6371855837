package id.warung.pump;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;

/**
 * Runs a step repeatedly, on one thread at a time, as long as there is work: the one concurrency primitive of the
 * application. Any thread may call any method; a step needs no lock of its own. A pump never recurses and never holds a
 * thread for more than {@value #TURNS} steps.
 */
public final class Pump implements Runnable {
    /** The result of a step. */
    public enum Step {
        /** Nothing to do until the next {@link #wake()}. */
        IDLE,
        /** There may be more to do. */
        AGAIN,
        /** An operation was started; its completion calls {@link #resume()}, perhaps already did. */
        PENDING
    }

    /** One bounded piece of work. It should not throw; if it does, the failure is logged and counts as {@link Step#IDLE}. */
    @FunctionalInterface
    public interface Work {
        Step step();
    }

    private enum State {
        IDLE,
        RUNNING,
        WOKEN,
        PENDING,
        RESUMED
    }

    private static final int TURNS = 16;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Pump.class, "state", State.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Object name;
    private final Work work;
    private final Executor executor;
    private final int turns;
    private volatile State state = State.IDLE;

    /** Creates a pump. {@code name} identifies it in the log when a step fails; its text is only computed then. */
    public Pump(Object name, Work work, Executor executor) {
        this(name, work, executor, TURNS);
    }

    /** Creates a pump that holds a thread for at most this many steps: 1 for long steps, so that others get their turn in between. */
    public Pump(Object name, Work work, Executor executor, int turns) {
        this.name = name;
        this.work = work;
        this.executor = executor;
        this.turns = turns;
    }

    /** Says that there may be work. Wakes may be merged, doubled or late without harm; the step runs on the executor. */
    public void wake() {
        if (tryClaim()) {
            queueUp();
        }
    }

    /** Like {@link #wake()}, but runs the first steps on the calling thread, which must be one of our own. */
    public void drive() {
        if (tryClaim()) {
            run();
        }
    }

    /** Says that the outstanding operation has completed. Continues with the next step on the calling thread. */
    public void resume() {
        while (true) {
            State now = state;
            switch (now) {
                case PENDING -> {
                    if (STATE.compareAndSet(this, State.PENDING, State.RUNNING)) {
                        run();
                        return;
                    }
                }
                case RUNNING, WOKEN -> {
                    if (STATE.compareAndSet(this, now, State.RESUMED)) {
                        return;
                    }
                }
                case IDLE, RESUMED -> {
                    return;
                }
            }
        }
    }

    private boolean tryClaim() {
        while (true) {
            switch (state) {
                case IDLE -> {
                    if (STATE.compareAndSet(this, State.IDLE, State.RUNNING)) {
                        return true;
                    }
                }
                case RUNNING -> {
                    if (STATE.compareAndSet(this, State.RUNNING, State.WOKEN)) {
                        return false;
                    }
                }
                case WOKEN, PENDING, RESUMED -> {
                    return false; // the next step sees everything that was published before this call
                }
            }
        }
    }

    /** Runs the steps of the claimed turn. For executors only. */
    @Override
    public void run() {
        for (int turn = 0; turn < turns; turn++) {
            Step step = runStep();
            if (step == Step.AGAIN) {
                state = State.RUNNING;
            } else if (tryRest(step == Step.IDLE ? State.IDLE : State.PENDING)) {
                return;
            }
        }
        queueUp();
    }

    /** Queues the pump for another turn. An executor that rejects it now may accept the next wake. */
    private void queueUp() {
        try {
            executor.execute(this);
        } catch (RuntimeException | Error e) {
            state = State.IDLE;
            throw e;
        }
    }

    /** Runs a step so that a bug in it does not stop all later steps. */
    private Step runStep() {
        try {
            return work.step();
        } catch (RuntimeException | Error e) {
            FatalErrors.report(e);
            System.getLogger(Pump.class.getName()).log(System.Logger.Level.ERROR, "A step failed: " + name, e);
            return Step.IDLE;
        }
    }

    /** Whether the pump came to rest; if not, something happened during the step, and the step runs again. */
    private boolean tryRest(State rest) {
        if (STATE.compareAndSet(this, State.RUNNING, rest)) {
            return true;
        }
        if (rest == State.PENDING && STATE.compareAndSet(this, State.WOKEN, State.PENDING)) {
            return true;
        }
        state = State.RUNNING;
        return false;
    }
}
