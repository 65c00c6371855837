package id.warung.identity;

import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says who somebody is by what they show: a token of ours, a JWT of an issuer whom we trust, or the key of a back end; the same over
 * WebSocket and over HTTP. Thread-safe, never blocks.
 */
public final class Authenticator {
    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([!-~]{1,6144}) *");

    private final WarungTokens tokens;
    private final ApiKeys keys;
    private final List<JwtVerifier> issuers;
    private final boolean guests;

    /** {@code guests}: whether people whom nobody knows may come in. */
    public Authenticator(WarungTokens tokens, ApiKeys keys, List<JwtVerifier> issuers, boolean guests) {
        this.tokens = tokens;
        this.keys = keys;
        this.issuers = List.copyOf(issuers);
        this.guests = guests;
    }

    /**
     * Returns if people whom nobody knows may come in.
     *
     * @throws CommandRejectedException otherwise
     */
    public void checkGuests() throws CommandRejectedException {
        if (!guests) {
            throw new CommandRejectedException(ErrorCode.BAD_TOKEN, "Sign in first: this server has no guests.");
        }
    }

    /** Whether people whom nobody knows may come in. */
    public boolean admitsGuests() {
        return guests;
    }

    /** Whether an Authorization header, or null, has the key of a back end. */
    public boolean isBackEnd(String authorization) {
        Matcher bearer = authorization == null ? null : BEARER.matcher(authorization);
        return bearer != null && bearer.matches() && keys.find(bearer.group(1)) != null;
    }

    /**
     * The identity behind an Authorization header; null for an anonymous caller, without a header. Completes late, and may fail with
     * {@link CommandRejectedException}, for a JWT.
     *
     * @throws CommandRejectedException when anonymous callers are not allowed, or the credentials are invalid
     */
    public CompletionStage<Identity> bearer(String authorization) throws CommandRejectedException {
        if (authorization == null) {
            checkGuests();
            return CompletableFuture.completedFuture(null);
        }
        Matcher bearer = BEARER.matcher(authorization);
        if (!bearer.matches()) {
            throw invalid();
        }
        return identify(bearer.group(1));
    }

    /**
     * The identity behind a token or a key. Completes late, and may fail with {@link CommandRejectedException}, for a JWT.
     *
     * @throws CommandRejectedException when it is invalid
     */
    public CompletionStage<Identity> identify(String token) throws CommandRejectedException {
        Identity backEnd = keys.find(token);
        if (backEnd != null) {
            return CompletableFuture.completedFuture(backEnd);
        }
        if (WarungTokens.isOne(token)) {
            Identity holder = tokens.verify(token).orElseThrow(Authenticator::invalid);
            if (holder.user().isGuest()) {
                checkGuests();
            }
            return CompletableFuture.completedFuture(holder);
        }
        if (issuers.isEmpty()) {
            throw invalid();
        }
        CompletionStage<Identity> verified = issuers.get(0).verify(token);
        for (JwtVerifier issuer : issuers.subList(1, issuers.size())) {
            verified = verified.exceptionallyCompose(other -> issuer.verify(token));
        }
        return verified;
    }

    private static CommandRejectedException invalid() {
        return new CommandRejectedException(ErrorCode.BAD_TOKEN, "The token is invalid or has expired.");
    }
}
