package id.warung.session;

import id.warung.room.Frame;
import java.util.ArrayList;
import java.util.List;

/** A connection that does with each send what the test says, and fails the test when two are in flight. */
final class ScriptedTransport implements Transport {
    /** What becomes of a send. */
    enum Way {
        INLINE,
        LATER,
        TWICE,
        FAILS_INLINE,
        THROWS,
        THROWS_ERROR,
        COMPLETES_AND_THROWS,
        NEVER
    }

    final List<String> sent = new ArrayList<>();
    final List<Long> pings = new ArrayList<>();
    final List<Integer> closed = new ArrayList<>();
    final List<Completion> open = new ArrayList<>();
    Way way = Way.INLINE;
    boolean provesHandover = true;
    private boolean inFlight;

    @Override
    public void send(Frame frame, Completion completion) {
        if (inFlight) {
            throw new AssertionError("A second send while one is in flight: " + frame.text());
        }
        sent.add(frame.text());
        switch (way) {
            case INLINE -> completion.done(null);
            case TWICE -> {
                completion.done(null);
                completion.done(null);
            }
            case FAILS_INLINE -> completion.done(new IllegalStateException("broken pipe"));
            case THROWS -> throw new IllegalStateException("TEXT_FULL_WRITING");
            case THROWS_ERROR -> throw new AssertionError("a container's own");
            case COMPLETES_AND_THROWS -> {
                completion.done(null);
                throw new IllegalStateException("too late");
            }
            case LATER, NEVER -> {
                inFlight = true;
                open.add(completion);
            }
        }
    }

    /** Completes the send that is in flight. */
    void complete() {
        inFlight = false;
        open.remove(0).done(null);
    }

    @Override
    public void ping(long n) {
        if (inFlight) {
            throw new AssertionError("A ping while a send is in flight");
        }
        pings.add(n);
    }

    @Override
    public void close(int code, String reason) {
        closed.add(code);
    }

    @Override
    public boolean provesHandover() {
        return provesHandover;
    }
}
