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
 * One request and its answer. No thread waits for it: not for its body, nor for what answers it, nor for the client to take the answer;
 * each of these has a deadline. It is answered once, by whoever comes first. Thread-safe.
 */
final class HttpExchange implements AsyncListener {
    /** So much of an answer is given to everybody, whatever the budget has left: acks, health, refusals, and each file of the page. */
    private static final int FREE_BYTES = 16 * 1024;

    private static final Logger LOG = System.getLogger(HttpExchange.class.getName());

    /** What it waits for now, and what is done when that takes too long. */
    private record Waiting(ProgressDeadline deadline, Runnable tooLate) {}

    /**
     * What somebody does with the container's objects now, which are of no use after they are completed. No lock: who sends waits for the
     * server's own within it, and who completes comes from there.
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
        waitFor(HttpExchanges.READ, () -> answer(Answers.unavailable()));
    }

    /** Whether a request comes with a body, be it empty in the end. */
    static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private void bodyIsOver() {
        bodyIsOver = true;
        if (ended.get()) {
            completeElsewhere();
        }
    }

    /** Reads what nobody wants. To be called on the request's own thread. */
    private void passOver() throws IOException {
        BodyReader unwanted =
                new BodyReader(request.getInputStream(), 0, all.input().of(null), null, new Unheard());
        unwanted.close();
        unwanted.passOver(this::bodyIsOver);
        reader = unwanted;
        request.getInputStream().setReadListener(unwanted);
    }

    ClientAddress client() {
        return client;
    }

    /** What is known of who asks for what, for the log. */
    LogContext about() {
        return about;
    }

    /** Who asks (null: nobody knows), for which room, with which command (null: for or with none). */
    void isAbout(User caller, String room, String command) {
        about = new LogContext(null, caller == null ? null : caller.id(), room, command);
    }

    /** True when nobody waits for an answer any more. */
    boolean isAnswered() {
        return answered.get() || ended.get();
    }

    /** Has the body read. To be called on the request's own thread. */
    void read(int maxBytes, BodyReader.Receiver receiver) throws IOException {
        if (request.getContentLengthLong() == 0) {
            receiver.received(new byte[0]);
            return;
        }
        ProgressDeadline deadline = waitFor(HttpExchanges.BODY, () -> answer(Answers.bodyTooSlow()));
        reader = new BodyReader(
                request.getInputStream(), maxBytes, all.input().of(client.customer()), deadline, receiver);
        if (waitsForBody) {
            reader.passOver(this::bodyIsOver);
        }
        request.getInputStream().setReadListener(reader);
    }

    /** From now on it waits for what answers it; false when that was too late, and it is answered already. */
    boolean waitForAnswer(ProgressDeadline.Pace patience) {
        Waiting before = waiting.get();
        Waiting next = new Waiting(new ProgressDeadline(patience, all.nanoTime()), () -> answer(Answers.unavailable()));
        return before != null && !isAnswered() && waiting.compareAndSet(before, next);
    }

    /** Answers, unless that was done. Any thread may; none waits. What is large may find no room, and is answered busy then. */
    void answer(Answer answer) {
        answer(answer, answer.ownBytes() > FREE_BYTES ? answer.ownBytes() : 0);
    }

    /** Answers with what was read from the log, all of which is counted, unless that was done. Any thread may; none waits. */
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
                    passOver();
                }
                send(taken ? answer : Answers.busy());
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    Logger.Level.DEBUG,
                    about.line("A request could not be answered"),
                    e); // its client has gone, most likely
            end();
        } finally {
            boolean own = use.compareAndSet(Use.SENDING, Use.NONE);
            if (ended.get()) { // whoever ended it meanwhile has left the rest to this
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
            response.setHeader("Connection", "close"); // else the server reads the rest first, and waits for it
        }
        boolean bodiless = answer.status() == HttpServletResponse.SC_NOT_MODIFIED;
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

    /** Nobody is there any more whom one could answer. */
    void abandon() {
        answered.set(true);
        complete();
    }

    private ProgressDeadline waitFor(ProgressDeadline.Pace pace, Runnable tooLate) {
        ProgressDeadline deadline = new ProgressDeadline(pace, all.nanoTime());
        waiting.set(new Waiting(deadline, tooLate));
        return deadline;
    }

    /** Whether it has waited too long, and something is to be done. */
    boolean isTooLate() {
        Waiting now = waiting.get();
        return now != null && now.deadline().isOver();
    }

    /** If it has waited too long, does what is to be done then, once, unless it waits for something else by now. */
    void tick() {
        Waiting now = waiting.get();
        if (now != null && now.deadline().isOver() && waiting.compareAndSet(now, null)) {
            now.tooLate().run();
        }
    }

    /** How long its client has taken nothing of the answer; negative when there is none yet that has to be kept for it. */
    long stuckNanos() {
        Waiting now = waiting.get();
        return writing && now != null && takenBytes.get() > 0 ? now.deadline().standsStillNanos() : -1;
    }

    /** Gives the answer up, for others to have theirs. */
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

    /** There are containers that go on with the connection's next request within this very call, on whatever thread it is. */
    private void completeElsewhere() {
        if (waitsForBody && !bodyIsOver) {
            return;
        }
        all.completing().execute(this::completeNow);
    }

    /** To be called after its end: while it is being answered, that is left to whoever does it. */
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
        all.budget().giveBack(client.customer(), takenBytes.getAndSet(0));
    }

    /** Of a body that nobody wants nothing is heard. */
    private static final class Unheard implements BodyReader.Receiver {
        @Override
        public void received(byte[] body) {
            // never: it was closed before it began
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
            // whoever answers hears of it as well
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
        use.set(Use.COMPLETED); // the objects may be those of another request from now on
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
        completeNow(); // else the container makes an answer of its own
    }

    @Override
    public void onError(AsyncEvent event) {
        FatalErrors.report(event.getThrowable());
        end();
        completeNow();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nobody starts it anew
    }
}
