package id.warung.identity;

import java.net.URI;
import java.util.Optional;

/**
 * The OpenID Connect provider at which the page signs users in, as a public client. Immutable.
 *
 * @param issuer exactly as the provider names itself in its tokens
 * @param clientId as the provider knows the page
 * @param scopes separated by spaces, {@code openid} among them
 * @param audience the audience of the access tokens that the page sends; empty: it sends ID tokens, whose audience is the client id
 */
public record OidcSettings(URI issuer, String clientId, String scopes, Optional<String> audience) {
    public static final String DEFAULT_SCOPES = "openid profile";

    /**
     * Checks an issuer's address: https, or http for this machine.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    public static URI address(String text) {
        return IssuerDocument.address(text);
    }
}
