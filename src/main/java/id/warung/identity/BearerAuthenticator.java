package id.warung.identity;

import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.User;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Authenticates callers over HTTP: a guest by the token of their sign-in, a back end by its key; others are anonymous. Immutable. */
public final class BearerAuthenticator {
    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([!-~]{1,2048}) *");

    private final GuestTokens tokens;
    private final ApiKeys keys;

    public BearerAuthenticator(GuestTokens tokens, ApiKeys keys) {
        this.tokens = tokens;
        this.keys = keys;
    }

    /**
     * The caller, where anonymous callers are not allowed.
     *
     * @throws CommandRejectedException when the header is missing or its credentials are invalid
     */
    public User author(String authorization) throws CommandRejectedException {
        if (authorization == null) {
            throw new CommandRejectedException(
                    ErrorCode.BAD_TOKEN, "Authentication is required. Send the header Authorization: Bearer KEY.");
        }
        return caller(authorization);
    }

    /**
     * The user named by an Authorization header.
     *
     * @param authorization the header, or null
     * @return null for an anonymous caller, without a header
     * @throws CommandRejectedException when the header's credentials are invalid
     */
    public User caller(String authorization) throws CommandRejectedException {
        if (authorization == null) {
            return null;
        }
        Matcher bearer = BEARER.matcher(authorization);
        if (bearer.matches()) {
            User back = keys.find(bearer.group(1));
            User guest = back == null ? tokens.verify(bearer.group(1)).orElse(null) : back;
            if (guest != null) {
                return guest;
            }
        }
        throw new CommandRejectedException(ErrorCode.BAD_TOKEN, "The token is invalid or has expired.");
    }
}
