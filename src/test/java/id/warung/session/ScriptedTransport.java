package id.warung.session;

import id.warung.room.Frame;
import java.util.ArrayList;
import java.util.List;

/** A connection that behaves as the test says, and records its calls. */
final class ScriptedTransport implements Transport {
    /** What the container does with a send. */
    enum Behaviour {
        COMPLETES_INLINE,
        COMPLETES_INLINE_TWICE,
        COMPLETES_WHEN_TOLD,
        FAILS_INLINE,
        THROWS,
        THROWS_AN_ERROR,
        COMPLETES_AND_THROWS
    }

    private final String sessionId = SessionIds.next();
    private final List<Frame> sent = new ArrayList<>();
    private final List<Long> pings = new ArrayList<>();
    private final List<Integer> closes = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private Behaviour behaviour = Behaviour.COMPLETES_INLINE;
    private Completion outstanding;
    private boolean confirmsDelivery = true;
    private Runnable beforePing = () -> {};
    private int mostInFlight;

    void behaves(Behaviour now) {
        behaviour = now;
    }

    void provesNothing() {
        confirmsDelivery = false;
    }

    void beforePing(Runnable script) {
        beforePing = script;
    }

    @Override
    public void send(Frame frame, Completion completion) {
        mostInFlight = Math.max(mostInFlight, outstanding == null ? 1 : 2);
        sent.add(frame);
        outstanding = completion;
        switch (behaviour) {
            case COMPLETES_INLINE -> complete(null);
            case COMPLETES_INLINE_TWICE -> {
                complete(null);
                completion.done(null);
            }
            case FAILS_INLINE -> complete(new IllegalStateException("scripted"));
            case THROWS -> {
                outstanding = null;
                throw new IllegalStateException("scripted");
            }
            case THROWS_AN_ERROR -> {
                outstanding = null;
                throw new StackOverflowError("scripted");
            }
            case COMPLETES_AND_THROWS -> {
                complete(null);
                throw new IllegalStateException("scripted");
            }
            case COMPLETES_WHEN_TOLD -> {
                // later
            }
        }
    }

    /** Completes the send that is in flight. */
    void complete(Throwable failure) {
        Completion completion = outstanding;
        outstanding = null;
        completion.done(failure);
    }

    /** Completes one send after the other until none is in flight. */
    void completeAll() {
        while (outstanding != null) {
            complete(null);
        }
    }

    Completion outstanding() {
        return outstanding;
    }

    @Override
    public void ping(long n) {
        if (outstanding != null) {
            mostInFlight = 2;
        }
        beforePing.run();
        pings.add(n);
    }

    @Override
    public void close(int code, String reason) {
        closes.add(code);
        reasons.add(reason);
    }

    @Override
    public String sessionId() {
        return sessionId;
    }

    @Override
    public boolean confirmsDelivery() {
        return confirmsDelivery;
    }

    List<Frame> sent() {
        return sent;
    }

    List<String> texts() {
        return sent.stream().map(Frame::text).toList();
    }

    List<Long> pings() {
        return pings;
    }

    /** The codes with which it was closed. */
    List<Integer> closes() {
        return closes;
    }

    /** The reasons with which it was closed. */
    List<String> reasons() {
        return reasons;
    }

    int mostInFlight() {
        return mostInFlight;
    }
}
