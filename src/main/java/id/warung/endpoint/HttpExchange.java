package id.warung.endpoint;

import id.warung.identity.ClientAddress;
import id.warung.logging.LogContext;
import id.warung.protocol.User;
import id.warung.pump.FatalErrors;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One HTTP request and its response. No thread waits for it: not for the body, not for the result, not for the client
 * to read the response; each of these has a deadline. It is answered exactly once, by the first answer. Thread-safe.
 */
final class HttpExchange implements AsyncListener {
    /** The part of a response that is sent whatever the budget has left: enough for acks, health, rejections, and each file of the page. */
    private static final int FREE_BYTES = 16 * 1024;

    private static final Logger LOG = System.getLogger(HttpExchange.class.getName());

    /** A wait with its deadline, and the action when that has passed. */
    private record Waiting(ProgressDeadline deadline, Runnable tooLate) {}

    /**
     * Whether the container's objects are in use; after completion they must not be touched. Not a lock: sending waits
     * for the server's own lock, and completion comes from inside that lock.
     */
    private enum Use {
        NONE,
        SENDING,
        COMPLETED
    }

    private final HttpExchanges all;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AsyncContext context;
    private final ClientAddress client;
    private final boolean hasBody;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<Use> use = new AtomicReference<>(Use.NONE);
    private final AtomicReference<Waiting> waiting = new AtomicReference<>(); // null when it has waited too long
    private final boolean waitsForBody;
    private final boolean closesAfterBody;
    private volatile boolean bodyIsOver;
    private volatile BodyReader reader;
    private volatile boolean writing;
    private volatile LogContext about = LogContext.NONE;
    private final AtomicLong takenBytes = new AtomicLong();

    HttpExchange(HttpExchanges all, HttpServletRequest request, HttpServletResponse response, ClientAddress client) {
        this.all = all;
        this.request = request;
        this.response = response;
        this.client = client;
        this.hasBody = hasBody(request);
        HttpContainer container = HttpContainer.of(request);
        this.waitsForBody = hasBody && container.waitsForBody();
        this.closesAfterBody = hasBody && container.closesAfterBody();
        this.context = request.startAsync(request, response);
        context.setTimeout(HttpExchanges.LAST_RESORT.toMillis());
        context.addListener(this);
        waitFor(HttpExchanges.READ, () -> answer(HttpResponses.unavailable()));
    }

    /** Whether a request has a body, even an empty one. */
    static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private void bodyIsOver() {
        bodyIsOver = true;
        if (ended.get()) {
            completeElsewhere();
        }
    }

    /** Reads and discards the body. Call it on the request's own thread. */
    private void discard() throws IOException {
        BodyReader unwanted =
                new BodyReader(request.getInputStream(), 0, all.input().of(null), null, new Unheard());
        unwanted.close();
        unwanted.discard(this::bodyIsOver);
        reader = unwanted;
        request.getInputStream().setReadListener(unwanted);
    }

    ClientAddress client() {
        return client;
    }

    /** The caller, room and command as far as known, for the log. */
    LogContext about() {
        return about;
    }

    /** Sets the caller (null: unknown), the room and the command (null: none) for the log. */
    void isAbout(User caller, String room, String command) {
        about = new LogContext(null, caller == null ? null : caller.id(), room, command);
    }

    /** Sets the caller for the log; null: unknown. */
    void isAbout(User caller) {
        about = new LogContext(null, caller == null ? null : caller.id(), about.room(), about.command());
    }

    /** Whether the request has been answered. */
    boolean isAnswered() {
        return answered.get() || ended.get();
    }

    /** Reads the body. Call it on the request's own thread. */
    void read(int maxBytes, BodyReader.Receiver receiver) throws IOException {
        if (request.getContentLengthLong() == 0) {
            receiver.received(new byte[0]);
            return;
        }
        ProgressDeadline deadline = waitFor(HttpExchanges.BODY, () -> answer(HttpResponses.bodyTooSlow()));
        reader = new BodyReader(
                request.getInputStream(), maxBytes, all.input().of(client.limitKey()), deadline, receiver);
        if (waitsForBody) {
            reader.discard(this::bodyIsOver);
        }
        request.getInputStream().setReadListener(reader);
    }

    /** Starts to wait for the result; false when that is too late and the request is already answered. */
    boolean waitForAnswer(ProgressDeadline.Pace patience) {
        Waiting before = waiting.get();
        Waiting next =
                new Waiting(new ProgressDeadline(patience, all.nanoTime()), () -> answer(HttpResponses.unavailable()));
        return before != null && !isAnswered() && waiting.compareAndSet(before, next);
    }

    /** Answers, unless already answered. Any thread may call it; none waits. A large response may exceed the budget, and becomes "busy". */
    void answer(Answer answer) {
        answer(answer, answer.ownBytes() > FREE_BYTES ? answer.ownBytes() : 0);
    }

    /** Answers with data from the log, all of which counts, unless already answered. Any thread may call it; none waits. */
    void answerFromLog(Answer answer) {
        answer(answer, answer.ownBytes());
    }

    private void answer(Answer answer, long bytes) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        closeReader();
        boolean taken = all.take(client, bytes);
        takenBytes.set(taken ? bytes : 0);
        if (!use.compareAndSet(Use.NONE, Use.SENDING)) {
            giveBack(); // it was completed first
            return;
        }
        try {
            if (!ended.get()) {
                if (waitsForBody && reader == null) {
                    discard();
                }
                send(taken ? answer : HttpResponses.busy());
            }
        } catch (IOException | RuntimeException e) {
            GoneClient.log(LOG, about, "A request could not be answered", e);
            end();
        } finally {
            boolean own = use.compareAndSet(Use.SENDING, Use.NONE);
            if (ended.get()) { // the thread that ended it left the rest to this one
                giveBack();
                if (own) {
                    completeElsewhere();
                }
            }
        }
    }

    private void send(Answer answer) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (closesAfterBody || (hasBody && (reader == null || !reader.isComplete()))) {
            response.setHeader("Connection", "close"); // otherwise the server reads the rest first, and waits for it
        }
        boolean bodiless = answer.status() == HttpServletResponse.SC_NOT_MODIFIED
                || answer.status() == HttpServletResponse.SC_NO_CONTENT;
        if (!bodiless) {
            response.setContentLengthLong(answer.bytes());
        }
        List<byte[]> body = bodiless || request.getMethod().equals("HEAD") ? List.of() : answer.body();
        ServletOutputStream out = response.getOutputStream();
        ProgressDeadline deadline = new ProgressDeadline(HttpExchanges.ANSWER, all.nanoTime());
        BodyWriter writer = new BodyWriter(out, body, deadline, new Ending());
        waiting.set(new Waiting(deadline, () -> {
            writer.giveUp();
            end();
        }));
        writing = true;
        out.setWriteListener(writer);
    }

    /** The client has gone; no answer is needed. */
    void abandon() {
        answered.set(true);
        complete();
    }

    private ProgressDeadline waitFor(ProgressDeadline.Pace pace, Runnable tooLate) {
        ProgressDeadline deadline = new ProgressDeadline(pace, all.nanoTime());
        waiting.set(new Waiting(deadline, tooLate));
        return deadline;
    }

    /** Whether a deadline has passed. */
    boolean isTooLate() {
        Waiting now = waiting.get();
        return now != null && now.deadline().isOver();
    }

    /** If a deadline has passed, acts on it, once, unless the exchange waits for something else by now. */
    void tick() {
        Waiting now = waiting.get();
        if (now != null && now.deadline().isOver() && waiting.compareAndSet(now, null)) {
            now.tooLate().run();
        }
    }

    /** How long the client has read nothing of the response; negative when no response is kept for it. */
    long stuckNanos() {
        Waiting now = waiting.get();
        return writing && now != null && takenBytes.get() > 0 ? now.deadline().standsStillNanos() : -1;
    }

    /** Gives the response up, to free memory for others. */
    void makeRoom() {
        Waiting now = waiting.getAndSet(null);
        if (now != null) {
            now.tooLate().run();
        }
    }

    private void complete() {
        end();
        completeElsewhere();
    }

    /** Some containers continue with the connection's next request within this very call, on the calling thread. */
    private void completeElsewhere() {
        if (waitsForBody && !bodyIsOver) {
            return;
        }
        all.completing().execute(this::completeNow);
    }

    /** Completes the request after its end; while it is being answered, the answering thread does that instead. */
    private void completeNow() {
        if (!use.compareAndSet(Use.NONE, Use.COMPLETED)) {
            return;
        }
        try {
            context.complete();
        } catch (RuntimeException e) { // the container has completed it, or has its own view of broken connections
            LOG.log(Logger.Level.DEBUG, about.line("A request could not be completed"), e);
        }
    }

    private void end() {
        if (!ended.getAndSet(true)) {
            all.remove(this);
            closeReader();
            giveBack();
        }
    }

    private void closeReader() {
        BodyReader its = reader;
        if (its != null) {
            its.close();
        }
    }

    private void giveBack() {
        all.budget().giveBack(client.limitKey(), takenBytes.getAndSet(0));
    }

    /** Ignores the body of a request that needs none. */
    private static final class Unheard implements BodyReader.Receiver {
        @Override
        public void received(byte[] body) {
            // never called: the body was closed before
        }

        @Override
        public void tooLarge() {
            // likewise
        }

        @Override
        public void busy() {
            // likewise
        }

        @Override
        public void broken(Throwable reason) {
            // the answering thread is told as well
        }
    }

    private final class Ending implements BodyWriter.Ending {
        @Override
        public void written() {
            complete();
        }

        @Override
        public void broken(Throwable reason) {
            complete();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        use.set(Use.COMPLETED); // the objects may belong to another request from now on
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
        completeNow(); // otherwise the container sends a response of its own
    }

    @Override
    public void onError(AsyncEvent event) {
        FatalErrors.report(event.getThrowable());
        end();
        completeNow();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // no exchange is started again
    }
}
