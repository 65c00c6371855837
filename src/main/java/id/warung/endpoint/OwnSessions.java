package id.warung.endpoint;

import id.warung.identity.Identity;
import id.warung.protocol.CloseCode;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Reply;
import id.warung.session.SignOuts;
import id.warung.session.UserSessions;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The sign-ins with which a user is connected, on all nodes: lists them, and ends one. Thread-safe, never blocks. */
public final class OwnSessions {
    private final JsonProvider json = JsonProvider.provider();
    private final UserSessions sessions;
    private final SignOuts signOuts;
    private final Elsewhere elsewhere;

    /** What other nodes say about how a user is connected to them, by user id; fails when they cannot be asked. */
    public interface Elsewhere {
        /** There are no other nodes. */
        Elsewhere NOWHERE = userId -> CompletableFuture.completedFuture(List.of());

        CompletionStage<List<String>> ask(String userId);
    }

    public OwnSessions(UserSessions sessions, SignOuts signOuts, Elsewhere elsewhere) {
        this.sessions = sessions;
        this.signOuts = signOuts;
        this.elsewhere = elsewhere;
    }

    /** Answers with the caller's sign-ins. */
    void list(Identity caller, HttpExchange exchange) {
        devices(caller, exchange, devices -> exchange.answer(list(caller, devices)));
    }

    private void devices(Identity caller, HttpExchange exchange, Consumer<List<UserSessions.Device>> then) {
        try {
            check(caller);
        } catch (CommandRejectedException refused) {
            exchange.answer(HttpResponses.refused(refused));
            return;
        }
        String id = caller.user().id();
        CompletionStage<Void> unused = elsewhere.ask(id).handle((texts, failure) -> {
            if (failure == null) {
                then.accept(sessions.devicesOf(id, texts));
            } else {
                exchange.answer(HttpResponses.refused(Reply.Failure.unavailable()));
            }
            return null;
        });
    }

    private Answer list(Identity caller, List<UserSessions.Device> devices) {
        JsonArrayBuilder all = json.createArrayBuilder();
        for (UserSessions.Device device : devices) {
            JsonObjectBuilder one = json.createObjectBuilder()
                    .add("id", device.id())
                    .add("since", device.since().toString())
                    .add("address", device.address())
                    .add("connections", device.connections());
            if (device.agent() != null) {
                one.add("agent", device.agent());
            }
            if (device.id().equals(caller.signIn())) {
                one.add("current", true);
            }
            all.add(one);
        }
        return HttpResponses.json(
                HttpServletResponse.SC_OK,
                json.createObjectBuilder().add("sessions", all).build() + "\n");
    }

    /** Ends a sign-in of the caller, whether it has a connection now or not. */
    void end(Identity caller, String id, HttpExchange exchange) {
        devices(caller, exchange, devices -> {
            if (devices.stream().noneMatch(device -> device.id().equals(id))) {
                exchange.answer(HttpResponses.refused(ErrorCode.NO_SUCH_SESSION, "You have no such session here."));
                return;
            }
            CompletionStage<Void> unused = signOuts.end(caller, id, CloseCode.REVOKED)
                    .thenAccept(stored -> exchange.answer(
                            stored
                                    ? Answer.of(HttpServletResponse.SC_NO_CONTENT, Map.of(), List.of())
                                    : HttpResponses.refused(Reply.Failure.unavailable())));
        });
    }

    private static void check(Identity caller) throws CommandRejectedException {
        if (caller == null) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_TOKEN, "Authentication is required. Send the header Authorization: Bearer TOKEN.");
        }
        if (caller.user().isBackEnd()) {
            throw new CommandRejectedException(ErrorCode.FORBIDDEN, "A back end has no sessions of its own.");
        }
    }
}
