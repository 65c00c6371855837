package id.warung.endpoint;

import java.util.function.Supplier;

/** The state of the application in its life cycle, for load balancers. Thread-safe. */
public final class Readiness {
    /** The state; {@code /health/ready} answers with the status, and with the name in lower case. */
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

    /** Runs {@code goodbye}, perhaps more than once, when the application stops while its connections are still open. */
    public Readiness(Runnable goodbye, Supplier<String> trouble) {
        this.goodbye = goodbye;
        this.trouble = trouble;
    }

    /** A sentence saying what does not work now; null when everything works. */
    public String trouble() {
        return failure == null ? trouble.get() : failure;
    }

    public State state() {
        return state;
    }

    public void ready() {
        state = State.READY;
    }

    /** Accepts no more clients until the server is restarted; the reason is a word or a sentence. */
    public void failed(String reason) {
        state = State.FAILED; // first: there may be no memory for the text
        failure = "The JVM has failed (" + reason + "): restart the server.";
    }

    public void drain() {
        state = State.DRAINING;
        goodbye.run();
    }
}
