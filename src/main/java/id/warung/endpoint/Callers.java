package id.warung.endpoint;

import id.warung.identity.Identity;
import id.warung.log.Principal;
import id.warung.logging.LogContext;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.pump.FatalErrors;
import id.warung.session.Authentication;
import id.warung.session.Principals;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Finds out who calls over HTTP, by the header {@code Authorization} and nothing else. Thread-safe, never blocks. */
public final class Callers {
    private static final Logger LOG = System.getLogger(Callers.class.getName());

    private final Authentication authentication;
    private final Principals principals;

    public Callers(Authentication authentication, Principals principals) {
        this.authentication = authentication;
        this.principals = principals;
    }

    /** Whether the key of a back end comes with the request. */
    boolean isBackEnd(HttpServletRequest request) {
        List<String> all = authorizations(request);
        return all.size() == 1 && authentication.isBackEnd(all.get(0));
    }

    /**
     * Who posts; completes late, or fails.
     *
     * @throws CommandRejectedException when it is already known that they are refused
     */
    CompletionStage<Identity> author(HttpServletRequest request) throws CommandRejectedException {
        String authorization = authorization(request);
        if (authorization == null) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_TOKEN, "Authentication is required. Send the header Authorization: Bearer KEY.");
        }
        return authentication.bearer(authorization);
    }

    /**
     * Goes on with the caller and their rights, when they are known, on any thread; otherwise answers. The identity is null for an anonymous
     * caller.
     *
     * @throws CommandRejectedException when it is already known that they are refused
     */
    void identify(Route.Call call, BiConsumer<Principal, Identity> then) throws CommandRejectedException {
        HttpExchange exchange = call.exchange();
        CompletionStage<Void> unused = authentication
                .bearer(authorization(call.request()))
                .handle((identity, failure) -> {
                    if (failure != null) {
                        exchange.answer(failed(exchange.about(), failure));
                    } else {
                        exchange.isAbout(identity == null ? null : identity.user());
                        then.accept(principals.of(identity), identity);
                    }
                    return null;
                });
    }

    /** Null when there is none. Of several, a proxy may have checked another one than we would take. */
    private static String authorization(HttpServletRequest request) throws CommandRejectedException {
        List<String> all = authorizations(request);
        if (all.size() > 1) {
            throw new CommandRejectedException(ErrorCode.BAD_TOKEN, "There is more than one header Authorization.");
        }
        return all.isEmpty() ? null : all.get(0);
    }

    private static List<String> authorizations(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Authorization"));
    }

    private static Answer failed(LogContext about, Throwable failure) {
        CommandRejectedException refused = Authentication.refusal(failure);
        if (refused != null) {
            return HttpResponses.refused(refused);
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof IOException)) {
            FatalErrors.report(cause);
        }
        LOG.log(Logger.Level.ERROR, about.line("A caller could not be identified"), cause);
        return HttpResponses.unavailable();
    }
}
