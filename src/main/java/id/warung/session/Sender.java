package id.warung.session;

import id.warung.logging.LogContext;
import id.warung.protocol.CloseCode;
import id.warung.pump.FatalErrors;
import id.warung.pump.Pump;
import id.warung.room.Frame;
import id.warung.room.Reader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The only way to send to a client: at most one send is in flight. When it has completed, the sender pulls what comes
 * next: first replies, then entries from the session's cursors. Any thread may call any method; none blocks.
 */
final class Sender implements Reader {
    /** The callbacks of the sender's owner. Called on any thread; must not block. */
    interface Owner {
        /** Whether nothing may be sent now, not even replies. Wake the sender when that ends. */
        boolean isPaused();

        /** The next frame of entries, or null. Called by one thread at a time. */
        Frame nextEntries();

        /** The frame is about to be handed to the container. */
        void beforeSend(Frame frame);

        /** All replies were taken: there is room for more. */
        void drained();

        /** The connection is unusable, or has ended as requested. Called once or more. */
        void ended(CloseCode code);

        /** The session and its user, for the log. */
        LogContext context();
    }

    private static final long NONE = -1;

    private final Transport transport;
    private final Owner owner;
    private final Runnable restart;
    private final ReplyQueue replies = new ReplyQueue();
    private final Object taking = new Object();
    private final Pump pump;
    private volatile Handover inFlight;
    private volatile CloseCode ending; // after the waiting replies
    private volatile boolean dead;
    private final AtomicLong pingDue = new AtomicLong(NONE); // its number
    private Handover watched; // the watchdog's own, with the time when it first saw it
    private long watchedSince;

    /** Creates a sender; {@code restart} ends the session so that its client comes back. */
    Sender(Transport transport, Owner owner, Runnable restart, Executor executor) {
        this.transport = transport;
        this.owner = owner;
        this.restart = restart;
        this.pump = new Pump(this, this::step, executor);
    }

    /** Queues an encoded event; the session ends if the queue is full. Wake the sender afterwards. */
    void reply(byte[] event) {
        if (!replies.add(event)) {
            terminate(CloseCode.TOO_SLOW);
        }
    }

    /** Queues replies and starts what they announce, atomically: no entries are taken in between. */
    void announce(Runnable repliesAndWhatFollows) {
        synchronized (taking) {
            repliesAndWhatFollows.run();
        }
    }

    /** How many more replies may be queued. */
    int room() {
        return replies.room();
    }

    /** Sends a WebSocket ping as soon as no send is in flight. */
    void ping(long n) {
        pingDue.accumulateAndGet(n, Math::max); // a later one asks for the earlier as well
        wake();
    }

    /** Sends the waiting replies and no more entries, then ends the session with the code. */
    void end(CloseCode code) {
        ending = code;
        wake();
    }

    /** The code with which the session is to end; null while it is not ending. */
    CloseCode ending() {
        return ending;
    }

    @Override
    public void wake() {
        pump.wake();
    }

    @Override
    public void drive() {
        pump.drive();
    }

    @Override
    public void restart() {
        restart.run();
    }

    @Override
    public LogContext context() {
        return owner.context();
    }

    /** Identifies this pump in the log. */
    @Override
    public String toString() {
        return context().line("sender");
    }

    /** Stops sending; what is in flight no longer matters. */
    void stop() {
        dead = true;
    }

    /** The watchdog: ends the session when a send has been in flight for too long. Called by one thread, at intervals. */
    void tick(long nowNanos, long timeoutNanos) {
        Handover current = inFlight;
        if (current == null || current != watched) {
            watched = current;
            watchedSince = nowNanos;
        } else if (nowNanos - watchedSince >= timeoutNanos) {
            terminate(CloseCode.TOO_SLOW);
        }
    }

    private Pump.Step step() {
        if (dead) {
            return Pump.Step.IDLE;
        }
        try {
            return next();
        } catch (RuntimeException | Error e) {
            FatalErrors.report(e);
            System.getLogger(Sender.class.getName())
                    .log(System.Logger.Level.ERROR, context().line("A session was ended by a bug"), e);
            terminate(CloseCode.INTERNAL);
            return Pump.Step.IDLE;
        }
    }

    private Pump.Step next() {
        long n = pingDue.getAndSet(NONE);
        if (n != NONE) {
            transport.ping(n);
        }
        CloseCode end = ending; // read before the replies, so that everything queued before the end is still sent
        Frame frame = nextFrame(end == null);
        if (frame != null) {
            send(frame);
            return Pump.Step.PENDING;
        }
        if (end != null) {
            terminate(end);
        }
        return Pump.Step.IDLE;
    }

    private Frame nextFrame(boolean entriesToo) {
        if (owner.isPaused()) {
            return null;
        }
        synchronized (taking) {
            Frame frame = replies.take();
            if (frame == null) {
                return entriesToo ? owner.nextEntries() : null;
            }
            owner.drained();
            return frame;
        }
    }

    private void send(Frame frame) {
        Handover handover = new Handover();
        inFlight = handover;
        owner.beforeSend(frame);
        try {
            transport.send(frame, handover);
        } catch (RuntimeException | Error e) { // some containers throw an Error for a mistake of the client
            FatalErrors.report(e);
            handover.done(e);
        }
    }

    private void terminate(CloseCode code) {
        dead = true;
        owner.ended(code);
    }

    /** One send. It completes exactly once, whatever the container does. */
    private final class Handover implements Transport.Completion {
        private static final VarHandle DONE;

        static {
            try {
                DONE = MethodHandles.lookup().findVarHandle(Handover.class, "done", boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @SuppressWarnings("unused") // through the handle
        private volatile boolean done;

        @Override
        public void done(Throwable failure) {
            if (!DONE.compareAndSet(this, false, true)) {
                return;
            }
            inFlight = null;
            if (failure != null) {
                terminate(CloseCode.TOO_SLOW);
            }
            pump.resume();
        }
    }
}
