package id.warung.endpoint;

import java.util.function.Supplier;

/** Where the application is in its life, as load balancers are told. Thread-safe. */
public final class Readiness {
    /** {@code /health/ready} answers the status, with the name in lower case. */
    public enum State {
        STARTING(503),
        READY(200),
        FAILED(503),
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
    private volatile String failure;

    /** Runs {@code goodbye}, perhaps more than once, when the application goes while its connections still live. */
    public Readiness(Runnable goodbye, Supplier<String> trouble) {
        this.goodbye = goodbye;
        this.trouble = trouble;
    }

    /** What does not work now, as a sentence; null when all is well. */
    public String trouble() {
        return failure == null ? trouble.get() : failure;
    }

    public State state() {
        return state;
    }

    public void ready() {
        state = State.READY;
    }

    /** Takes no more clients until it is started anew, for a reason in a word or a sentence. */
    public void failed(String reason) {
        state = State.FAILED; // this first: there may be no memory for words
        failure = "The JVM has failed (" + reason + "): restart the server.";
    }

    public void drain() {
        state = State.DRAINING;
        goodbye.run();
    }
}
