package id.warung.identity;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.util.List;
import java.util.Set;

/**
 * The claims of an ID token for our client (OpenID Connect Core, 3.1.3.7). The same issuer signs access tokens with the same keys, and
 * one for another client may name ours among its audiences: that other application could sign in as its users here. So no access token
 * passes. Thread-safe.
 */
final class IdTokenRules extends DefaultJWTClaimsVerifier<SecurityContext> {
    /** Claims that access tokens have, by RFC 9068 and by the providers' habit, and ID tokens have not. */
    private static final List<String> OF_ACCESS_TOKENS = List.of("scope", "scp");

    private final String clientId;

    IdTokenRules(String issuer, String clientId) {
        super(clientId, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp"));
        this.clientId = clientId;
    }

    @Override
    public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
        super.verify(claims, context);
        Object party = claims.getClaim("azp");
        if (party == null ? claims.getAudience().size() > 1 : !party.equals(clientId)) {
            throw new BadJWTException("it was issued to another client");
        }
        Object client = claims.getClaim("client_id");
        if (client != null && !client.equals(clientId)) {
            throw new BadJWTException("it was issued to another client");
        }
        if (OF_ACCESS_TOKENS.stream().anyMatch(claims.getClaims()::containsKey)
                || "Bearer".equals(claims.getClaim("typ")) // Keycloak
                || "access".equals(claims.getClaim("token_use"))) { // Cognito
            throw new BadJWTException("it is an access token, not an ID token");
        }
    }
}
