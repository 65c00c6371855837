package id.warung.identity;

import id.warung.protocol.User;
import java.time.Duration;
import java.util.Set;

/** Gives tokens to people whom the server, or a proxy in front of it, has signed in: {@code container} and {@code header}. Thread-safe. */
public final class AmbientIssuer {
    /** The issuer of those whom the server has signed in. */
    public static final String CONTAINER = "container";
    /** The issuer of those whom a proxy has signed in. */
    public static final String HEADER = "header";

    private final WarungTokens tokens;
    private final Duration validity;

    /** The tokens are good for this long. */
    public AmbientIssuer(WarungTokens tokens, Duration validity) {
        this.tokens = tokens;
        this.validity = validity;
    }

    /**
     * The identity of somebody who signs in now.
     *
     * @param issuer one of the above
     * @param subject what the issuer calls them, which may be any text
     * @param roles as the issuer calls them
     */
    public Identity identify(String issuer, String subject, Set<String> roles) {
        String id = Identity.idOf(issuer, subject);
        String name = VouchedNames.of(subject).orElse(VouchedNames.ofId(id));
        return tokens.signedIn(new User(id, name), roles, validity);
    }

    /** The token for such an identity. */
    public String token(Identity identity) {
        return tokens.issue(identity);
    }
}
