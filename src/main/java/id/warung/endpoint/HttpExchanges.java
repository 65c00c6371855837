package id.warung.endpoint;

import id.warung.identity.ClientAddress;
import id.warung.identity.TrustedProxies;
import id.warung.protocol.CommandRejectedException;
import id.warung.pump.FatalErrors;
import id.warung.session.InputBudget;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** All HTTP requests in progress, and the threads, deadlines and budget that they share. Thread-safe. */
public final class HttpExchanges {
    /** A body of 64 KiB may take two and a half minutes; a client that sends nothing is given ten seconds. */
    static final ProgressDeadline.Pace BODY = new ProgressDeadline.Pace(Duration.ofSeconds(10), 500);
    /**
     * A response of 1 MiB may take four and a half minutes beyond what the system buffers; a client that reads nothing is given twenty
     * seconds.
     */
    static final ProgressDeadline.Pace ANSWER = new ProgressDeadline.Pace(Duration.ofSeconds(20), 4 * 1024);
    /** The deadline for reading the log. */
    static final ProgressDeadline.Pace READ = new ProgressDeadline.Pace(Duration.ofSeconds(30), 1);
    /** The deadline for writing to the log. */
    static final ProgressDeadline.Pace WRITE = new ProgressDeadline.Pace(Duration.ofSeconds(10), 1);
    /** After this long without news from the container, a connection is forgotten. */
    static final Duration LAST_RESORT = Duration.ofMinutes(10);

    private static final Duration STUCK = Duration.ofSeconds(2);
    private static final Logger LOG = System.getLogger(HttpExchanges.class.getName());

    private final TrustedProxies proxies;
    private final ReadQueue reads;
    private final InputBudget input;
    private final ResponseBudget budget;
    private final Executor answering;
    private final Executor completing;
    private final LongSupplier nanoTime;
    private final Set<HttpExchange> open = ConcurrentHashMap.newKeySet();

    /**
     * Bodies count against {@code input}; the log is read in {@code reads}; {@code answering} runs what never blocks, {@code completing}
     * what may block on a container.
     */
    public HttpExchanges(
            TrustedProxies proxies,
            InputBudget input,
            ReadQueue reads,
            ResponseBudget budget,
            Executor answering,
            Executor completing,
            LongSupplier nanoTime) {
        this.proxies = proxies;
        this.input = input;
        this.reads = reads;
        this.budget = budget;
        this.answering = answering;
        this.completing = completing;
        this.nanoTime = nanoTime;
    }

    /** Makes a response; may block. */
    interface Reading {
        Answer answer() throws IOException, CommandRejectedException;
    }

    /** Takes a request off its thread. Call it on that thread. */
    HttpExchange begin(HttpServletRequest request, HttpServletResponse response) {
        HttpExchange exchange = new HttpExchange(this, request, response, clientOf(request));
        open.add(exchange);
        return exchange;
    }

    /** The address of the client that sent a request. */
    ClientAddress clientOf(HttpServletRequest request) {
        return proxies.clientOf(request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
    }

    /** Answers with data from the log, when its turn comes. */
    void answerFromLog(HttpExchange exchange, Reading reading) {
        Runnable read = () -> {
            if (!exchange.isAnswered()) {
                answer(exchange, reading);
            }
        };
        boolean queued = reads.offer(
                exchange.client().limitKey(),
                read,
                () -> answering.execute(() -> exchange.answer(HttpResponses.busy())));
        if (!queued) {
            exchange.answer(HttpResponses.busy());
        }
    }

    private static void answer(HttpExchange exchange, Reading reading) {
        try {
            exchange.answerFromLog(reading.answer());
        } catch (CommandRejectedException refused) {
            exchange.answer(HttpResponses.refused(refused));
        } catch (BadQueryException bad) {
            exchange.answer(HttpResponses.badQuery(bad));
        } catch (IOException e) {
            LOG.log(Logger.Level.ERROR, exchange.about().line("A request failed: the storage could not be read"), e);
            exchange.answer(HttpResponses.unavailable());
        } catch (RuntimeException | Error e) {
            FatalErrors.report(e);
            LOG.log(Logger.Level.ERROR, exchange.about().line("A request failed"), e);
            exchange.answer(HttpResponses.internal());
        }
    }

    /** Checks all deadlines. Called by one thread, about every second. */
    public void tick() {
        for (HttpExchange exchange : open) {
            if (exchange.isTooLate()) {
                answering.execute(exchange::tick);
            }
        }
    }

    /** Takes bytes for a response. If none are left, exchanges whose clients have read nothing for a while are given up first. */
    boolean take(ClientAddress client, long bytes) {
        String key = client.limitKey();
        while (!budget.take(key, bytes)) {
            boolean ofAll = budget.hasShare(key, bytes);
            HttpExchange stuck = open.stream()
                    .filter(other -> ofAll || Objects.equals(other.client().limitKey(), key))
                    .filter(other -> other.stuckNanos() > STUCK.toNanos())
                    .max(Comparator.comparingLong(HttpExchange::stuckNanos))
                    .orElse(null);
            if (stuck == null) {
                return false;
            }
            stuck.makeRoom();
        }
        return true;
    }

    /** The number of requests in progress. */
    public int count() {
        return open.size();
    }

    void remove(HttpExchange exchange) {
        open.remove(exchange);
    }

    Executor answering() {
        return answering;
    }

    Executor completing() {
        return completing;
    }

    InputBudget input() {
        return input;
    }

    ResponseBudget budget() {
        return budget;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }
}
