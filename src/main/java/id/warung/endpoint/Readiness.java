package id.warung.endpoint;

import java.util.function.Supplier;

/** Where the application is in its life, as load balancers are told. Thread-safe. */
public final class Readiness {
    /** {@code /health/ready} answers the status, with the name in lower case. */
    public enum State {
        STARTING(503),
        READY(200),
        DRAINING(404);

        private final int httpStatus;

        State(int httpStatus) {
            this.httpStatus = httpStatus;
        }

        int httpStatus() {
            return httpStatus;
        }
    }

    private final Runnable goodbye;
    private final Supplier<String> trouble;
    private volatile State state = State.STARTING;

    /** Runs {@code goodbye}, perhaps more than once, when the application goes while its connections still live. */
    public Readiness(Runnable goodbye, Supplier<String> trouble) {
        this.goodbye = goodbye;
        this.trouble = trouble;
    }

    /** What does not work now, as a sentence; null when all is well. */
    public String trouble() {
        return trouble.get();
    }

    public State state() {
        return state;
    }

    public void ready() {
        state = State.READY;
    }

    public void drain() {
        state = State.DRAINING;
        goodbye.run();
    }
}
