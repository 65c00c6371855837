package id.warung.identity;

import id.warung.protocol.ErrorCode;
import id.warung.protocol.Refused;
import id.warung.protocol.User;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who calls over HTTP: a guest with the token of his sign-in, a back end with its key, or somebody unknown. Immutable. */
public final class Callers {
    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([!-~]{1,2048}) *");

    private final GuestTokens tokens;
    private final ApiKeys keys;

    public Callers(GuestTokens tokens, ApiKeys keys) {
        this.tokens = tokens;
        this.keys = keys;
    }

    /**
     * The same, where somebody unknown can do nothing.
     *
     * @throws Refused when they do not say who they are, or it is not true
     */
    public User author(String authorization) throws Refused {
        if (authorization == null) {
            throw new Refused(ErrorCode.BAD_TOKEN, "Authentication is required. Send the header Authorization: Bearer KEY.");
        }
        return caller(authorization);
    }

    /**
     * Whom an Authorization header names.
     *
     * @param authorization the header, or null
     * @return null for somebody unknown, who does not say who he is
     * @throws Refused when he says so, and it is not true
     */
    public User caller(String authorization) throws Refused {
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
        throw new Refused(ErrorCode.BAD_TOKEN, "The token is invalid or has expired.");
    }
}
