package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.Identity;
import id.warung.identity.TrustedProxies;
import id.warung.kit.ManualClock;
import id.warung.kit.ManualExecutor;
import id.warung.log.command.CommandHandlers;
import id.warung.protocol.Codec;
import id.warung.protocol.HttpCommand;
import id.warung.protocol.User;
import id.warung.pump.FatalErrors;
import id.warung.room.RoomRegistry;
import id.warung.session.InputBudget;
import id.warung.session.NodeContext;
import id.warung.session.Publisher;
import id.warung.session.RateLimits;
import id.warung.session.Rates;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Posts to a node whose rooms cannot be opened. */
class HttpPostHandlerTest {
    private static final Identity BACK_END =
            new Identity(new User("b-1", "Builds"), Set.of("member"), Optional.empty(), Instant.EPOCH, null, "b-1");

    private final ManualClock clock = new ManualClock();
    private final ManualExecutor answering = new ManualExecutor();
    private final InputBudget input = new InputBudget(1_000_000, 65_536);
    private final HttpExchanges exchanges = new HttpExchanges(
            new TrustedProxies(List.of()),
            input,
            new ReadQueue(Runnable::run, 1),
            new ResponseBudget(100_000),
            answering,
            Runnable::run,
            clock);
    private final List<String> opened = new ArrayList<>();
    private final Codec codec = new Codec(new CommandHandlers(), 4_000);
    private final RoomRegistry rooms = new RoomRegistry(name -> {
        opened.add(name);
        throw new OutOfMemoryError("scripted");
    });
    private final RateLimits limits = new RateLimits(Rates.NONE, room -> false, clock);
    private final Publisher publisher = new Publisher(new NodeContext(
            "1",
            null,
            codec,
            rooms,
            null,
            null,
            null,
            null,
            null,
            null,
            input,
            limits,
            Runnable::run,
            Runnable::run,
            clock,
            null));
    private final HttpPostHandler postHandler = new HttpPostHandler(publisher, codec, exchanges, 10_000);
    private final ScriptedRequest request = new ScriptedRequest("192.0.2.1", "{\"text\":\"hello\"}");
    private final List<String> fatal = new ArrayList<>();

    @BeforeEach
    void somebodyListens() throws IOException {
        FatalErrors.setListener(error -> fatal.add(rootOf(error)));
        postHandler.withText(
                CompletableFuture.completedFuture(BACK_END),
                new HttpCommand("post", "lobby", null, 0, null),
                request.request(),
                request.begin(exchanges));
    }

    @AfterEach
    void nobodyListens() {
        FatalErrors.setListener(error -> {});
    }

    private static String rootOf(Throwable thrown) {
        return thrown.getCause() == null ? thrown.getMessage() : rootOf(thrown.getCause());
    }

    @Test
    void anErrorOfTheJvmOnTheWayToTheLogIsTold() throws IOException {
        request.arrives();
        request.ends();
        answering.runAll();
        assertThat(fatal).containsExactly("scripted");
        assertThat(request.status()).isEqualTo(503);
        assertThat(input.usedBytes()).isZero();
    }

    @Test
    void anErrorOfTheJvmWhileAPostIsAnsweredIsTold() throws IOException {
        request.whenAnswered(() -> {
            throw new OutOfMemoryError("while it was answered");
        });
        request.arrives();
        request.ends();
        answering.runAll();
        assertThat(fatal).containsExactly("scripted", "while it was answered");
    }

    @Test
    void anErrorOfTheJvmWhileABodyComesIsTold() throws IOException {
        request.arrives();
        request.breaks(new OutOfMemoryError("while it came"));
        assertThat(fatal).containsExactly("while it came");
    }

    /** The timer has seen one condition, and acts when the other is already true. */
    @Test
    void aBodyThatComesJustInTimeIsPostedAndNotCalledTooSlow() throws IOException {
        request.arrives();
        clock.moveMs(11_000);
        exchanges.tick();
        assertThat(answering.waiting()).isEqualTo(1);
        request.ends();
        assertThat(opened).containsExactly("lobby");
        answering.runNext();
        assertThat(request.status()).as("it waits for the log").isZero();
        answering.runAll();
        assertThat(request.status()).as("as the log has answered").isEqualTo(503);
    }

    @Test
    void aBodyThatEndsAfterItWasCalledTooSlowIsNotPosted() throws IOException {
        request.arrives();
        clock.moveMs(11_000);
        exchanges.tick();
        answering.runAll();
        assertThat(request.status()).isEqualTo(408);
        request.ends();
        assertThat(opened).isEmpty();
    }
}
