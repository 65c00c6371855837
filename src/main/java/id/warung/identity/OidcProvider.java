package id.warung.identity;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/**
 * What an OpenID Connect provider says of itself (OpenID Connect Discovery, RFC 8414). Immutable.
 *
 * @param issInAnswer whether it names itself in each answer to the page ({@code iss}, RFC 9207)
 */
public record OidcProvider(
        URI keys, URI authorizationEndpoint, URI tokenEndpoint, Optional<URI> endSessionEndpoint, boolean issInAnswer) {
    /**
     * Reads the provider's document.
     *
     * @throws IllegalArgumentException with a sentence, when it is another issuer's or lacks something
     */
    static OidcProvider parse(String document, URI issuer) {
        Map<String, Object> says;
        try {
            says = JSONObjectUtils.parse(document);
        } catch (ParseException notJson) {
            throw new IllegalArgumentException("It is no JSON object.", notJson);
        }
        if (!issuer.toString().equals(says.get("issuer"))) {
            throw new IllegalArgumentException("It names another issuer, " + says.get("issuer")
                    + "; the setting warung.oidc-issuer must be exactly the same, to the last slash.");
        }
        return new OidcProvider(
                address(says, "jwks_uri").orElseThrow(() -> lacks("jwks_uri")),
                address(says, "authorization_endpoint").orElseThrow(() -> lacks("authorization_endpoint")),
                address(says, "token_endpoint").orElseThrow(() -> lacks("token_endpoint")),
                address(says, "end_session_endpoint"),
                Boolean.TRUE.equals(says.get("authorization_response_iss_parameter_supported")));
    }

    /** Scheme, host and port of an address, as a policy for browsers names them. */
    public static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private static Optional<URI> address(Map<String, Object> says, String name) {
        Object value = says.get(name);
        try {
            return value instanceof String text ? Optional.of(IssuerDocument.address(text)) : Optional.empty();
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException("Its " + name + " cannot be used: " + bad.getMessage() + ".", bad);
        }
    }

    private static IllegalArgumentException lacks(String name) {
        return new IllegalArgumentException("It lacks " + name + ".");
    }
}
