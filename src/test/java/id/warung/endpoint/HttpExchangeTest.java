package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.TrustedProxies;
import id.warung.kit.ManualClock;
import id.warung.kit.ManualExecutor;
import id.warung.session.InputBudget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpExchangeTest {
    private static final int RESPONSE_BYTES = 100_000;
    private static final String GREEDY = "192.0.2.1";

    private final ManualClock clock = new ManualClock();
    private final ManualExecutor answering = new ManualExecutor();
    private final ManualExecutor completing = new ManualExecutor();
    private final ManualExecutor reading = new ManualExecutor();
    private final InputBudget input = new InputBudget(1_000_000, 65_536);
    private final ResponseBudget budget = new ResponseBudget(RESPONSE_BYTES);
    private final HttpExchanges exchanges = new HttpExchanges(
            new TrustedProxies(List.of()), input, new ReadQueue(reading, 2), budget, answering, completing, clock);

    private ScriptedRequest fromLog(String address, int bytes) {
        ScriptedRequest request = new ScriptedRequest(address, null);
        HttpExchange exchange = request.begin(exchanges);
        exchanges.answerFromLog(exchange, () -> HttpResponses.json(new byte[bytes]));
        reading.runAll();
        return request;
    }

    private ScriptedRequest answered(String address, Answer answer) {
        ScriptedRequest request = new ScriptedRequest(address, null);
        request.begin(exchanges).answer(answer);
        return request;
    }

    /** One address that reads none of its responses has used up the budget. */
    @Test
    void smallResponsesAreSentHoweverManyPagesAreUnderWay() {
        assertThat(fromLog(GREEDY, RESPONSE_BYTES).status()).isEqualTo(200);
        for (String address : new String[] {GREEDY, "192.0.2.2"}) {
            assertThat(answered(address, HttpResponses.json(201, "{\"seq\":1}")).status())
                    .isEqualTo(201);
            assertThat(answered(address, HttpResponses.json(200, "{\"status\":\"up\"}"))
                            .status())
                    .isEqualTo(200);
            assertThat(answered(address, HttpResponses.bodyTooSlow()).status()).isEqualTo(408);
            assertThat(answered(address, Answer.shared(200, Map.of(), new byte[1_000_000]))
                            .status())
                    .isEqualTo(200);
            assertThat(answered(address, HttpResponses.json(new byte[16 * 1024 + 1]))
                            .status())
                    .as("what is large")
                    .isEqualTo(503);
            assertThat(fromLog(address, 1).status())
                    .as("what is read from the log")
                    .isEqualTo(503);
        }
        assertThat(budget.bytes()).isEqualTo(RESPONSE_BYTES);
    }

    @Test
    void aBodyIsInTheBudgetOfInputNoLongerThanItsExchange() throws IOException {
        List<String> heard = new ArrayList<>();
        for (String end : new String[] {"complete", "broken", "too slow", "answered"}) {
            ScriptedRequest request = new ScriptedRequest(GREEDY, "x".repeat(5_000));
            HttpExchange exchange = request.begin(exchanges);
            exchange.read(10_000, receiver(exchange, heard));
            request.arrives();
            assertThat(input.usedBytes()).isGreaterThanOrEqualTo(5_000);
            switch (end) {
                case "complete" -> request.ends();
                case "broken" -> request.breaks(new IOException("reset"));
                case "too slow" -> tooLate();
                default -> exchange.answer(HttpResponses.internal());
            }
            assertThat(input.usedBytes()).as(end).isZero();
        }
        assertThat(heard).containsExactly("received 5000", "broken");
    }

    /** Objects that the container has recycled may belong to another client. */
    @Test
    void aRequestIsNotCompletedWhileItIsAnsweredButRightAfter() {
        ScriptedRequest request = new ScriptedRequest(GREEDY, null);
        HttpExchange exchange = request.begin(exchanges);
        request.whenAnswered(() -> {
            request.timesOut();
            completing.runAll();
            assertThat(request.completedOn()).as("in the middle of it").isEmpty();
        });
        exchange.answer(HttpResponses.json(new byte[20_000]));
        assertThat(request.status()).isEqualTo(200);
        completing.runAll();
        assertThat(request.completedOn()).hasSize(1);
        assertThat(budget.bytes()).isZero();
        assertThat(exchanges.count()).isZero();
    }

    @Test
    void aRequestThatWasCompletedIsNotTouched() {
        ScriptedRequest request = new ScriptedRequest(GREEDY, null);
        HttpExchange exchange = request.begin(exchanges);
        request.timesOut();
        exchange.answer(HttpResponses.json(new byte[20_000]));
        completing.runAll();
        assertThat(request.status()).isZero();
        assertThat(request.completedOn()).hasSize(1);
        assertThat(budget.bytes()).isZero();
    }

    @Test
    void aRequestCompletedByTheContainerIsNeverCompletedAgain() {
        ScriptedRequest request = new ScriptedRequest(GREEDY, null);
        HttpExchange exchange = request.begin(exchanges);
        request.whenAnswered(request::isRecycled);
        exchange.answer(HttpResponses.json(new byte[20_000]));
        exchange.abandon();
        completing.runAll();
        assertThat(request.completedOn()).isEmpty();
        assertThat(budget.bytes()).isZero();
    }

    @Test
    void aRequestEndsWhateverItsCompletionThrows() {
        for (RuntimeException failure :
                List.of(new IllegalStateException("completed"), new NullPointerException("recycled"))) {
            ScriptedRequest request = new ScriptedRequest(GREEDY, null);
            HttpExchange exchange = request.begin(exchanges);
            request.completionFails(failure);
            request.timesOut();
            exchange.abandon();
            completing.runAll();
            assertThat(request.completedOn()).hasSize(1);
        }
        assertThat(exchanges.count()).isZero();
    }

    @Test
    void aRequestThatHasTimeLeftIsNobodysTask() throws IOException {
        for (int i = 0; i < 100; i++) {
            new ScriptedRequest(GREEDY, null).begin(exchanges);
        }
        exchanges.tick();
        assertThat(answering.waiting()).isZero();

        ScriptedRequest late = new ScriptedRequest(GREEDY, "never comes");
        late.begin(exchanges).read(100, receiver(null, new ArrayList<>()));
        clock.moveMs(11_000);
        exchanges.tick();
        assertThat(answering.waiting()).isEqualTo(1);
        answering.runAll();
        assertThat(late.status()).isEqualTo(408);
        exchanges.tick();
        assertThat(answering.waiting()).as("it waits for its client now").isZero();
    }

    private void tooLate() {
        clock.moveMs(11_000);
        exchanges.tick();
        answering.runAll();
    }

    private static BodyReader.Receiver receiver(HttpExchange exchange, List<String> heard) {
        return new BodyReader.Receiver() {
            @Override
            public void received(byte[] body) {
                heard.add("received " + body.length);
            }

            @Override
            public void tooLarge() {
                heard.add("too large");
            }

            @Override
            public void busy() {
                heard.add("busy");
            }

            @Override
            public void broken(Throwable reason) {
                heard.add("broken");
                exchange.abandon();
            }
        };
    }
}
