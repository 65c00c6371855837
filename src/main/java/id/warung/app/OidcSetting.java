package id.warung.app;

import id.warung.identity.OidcSettings;
import java.net.URI;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The settings of signing in at an OpenID Connect provider. Static, stateless. */
final class OidcSetting {
    private static final String ISSUER = "warung.oidc-issuer";
    private static final String CLIENT_ID = "warung.oidc-client-id";
    private static final String SCOPES = "warung.oidc-scopes";
    private static final String AUDIENCE = "warung.oidc-audience";

    /** As RFC 6749 (3.3) has it. */
    private static final Pattern SCOPE_LIST = Pattern.compile("[!#-\\[\\]-~]+( [!#-\\[\\]-~]+)*");

    private static final Pattern PRINTABLE = Pattern.compile("[!-~](?:[ -~]*[!-~])?");

    private OidcSetting() {}

    /**
     * Reads and checks them.
     *
     * @param isWay whether {@code oidc} is among the ways to sign in
     * @throws IllegalArgumentException with a sentence for the administrator
     */
    static Optional<OidcSettings> read(UnaryOperator<String> lookup, boolean isWay) {
        String issuer = lookup.apply(ISSUER);
        String clientId = lookup.apply(CLIENT_ID);
        String scopes = lookup.apply(SCOPES);
        String audience = lookup.apply(AUDIENCE);
        if (!isWay) {
            if (Stream.of(issuer, clientId, scopes, audience).anyMatch(value -> value != null)) {
                throw new IllegalArgumentException(
                        "The settings warung.oidc-… have no effect without oidc among the ways in warung.auth, such as"
                                + " warung.auth=guest,oidc.");
            }
            return Optional.empty();
        }
        return Optional.of(new OidcSettings(
                issuer(required(ISSUER, issuer, "the provider's issuer, such as https://login.example/realms/team")),
                matching(CLIENT_ID, required(CLIENT_ID, clientId, "the id of this client at the provider"), PRINTABLE),
                scopes(scopes == null ? OidcSettings.DEFAULT_SCOPES : scopes.strip()),
                Optional.ofNullable(audience).map(value -> matching(AUDIENCE, value.strip(), PRINTABLE))));
    }

    private static String required(String setting, String value, String what) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "With oidc in warung.auth, the setting " + setting + " must be " + what + ".");
        }
        return value.strip();
    }

    private static URI issuer(String value) {
        try {
            URI issuer = OidcSettings.address(value);
            if (issuer.getRawQuery() == null) {
                return issuer;
            }
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(
                    "The setting " + ISSUER + " must be an issuer's address: " + bad.getMessage() + ".", bad);
        }
        throw new IllegalArgumentException("The setting " + ISSUER + " must be an issuer's address, without a query.");
    }

    private static String scopes(String value) {
        String scopes = matching(SCOPES, value, SCOPE_LIST);
        if (!Stream.of(scopes.split(" ")).anyMatch("openid"::equals)) {
            throw new IllegalArgumentException(
                    "The setting " + SCOPES + " must have openid among its scopes, such as openid profile.");
        }
        return scopes;
    }

    private static String matching(String setting, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("The setting " + setting + " is \"" + value
                    + "\", but must be printable ASCII characters"
                    + (pattern == SCOPE_LIST ? " with one space between two scopes." : "."));
        }
        return value;
    }
}
