package id.warung.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Limits;
import java.text.ParseException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Verifies the JWTs (RFC 7519, RFC 8725) by which users of another application sign in. Only tokens signed by the configured key or keys
 * are good, for this issuer and audience, and with an end; 60 s of clock skew are allowed. Headers that name or carry a key are refused,
 * so no token makes the server fetch anything but the issuer's keys. Thread-safe; nobody waits while keys are fetched.
 */
public final class JwtVerifier {
    /** The algorithms with one secret that both sides know. */
    private static final Set<JWSAlgorithm> SECRET = Set.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);
    /** The algorithms with a key that only the issuer knows. */
    private static final Set<JWSAlgorithm> PUBLIC = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private static final int LEAST_SECRET_BYTES = 32;

    private final Set<JWSAlgorithm> algorithms;
    private final Function<String, CompletionStage<JWKSource<SecurityContext>>> keys; // by the id of a key
    private final DefaultJWTClaimsVerifier<SecurityContext> required;
    private final String issuer;
    private final IdentityClaims claims;

    private JwtVerifier(
            Set<JWSAlgorithm> algorithms,
            Function<String, CompletionStage<JWKSource<SecurityContext>>> keys,
            String issuer,
            DefaultJWTClaimsVerifier<SecurityContext> required,
            IdentityClaims claims) {
        this.algorithms = algorithms;
        this.keys = keys;
        this.required = required;
        this.issuer = issuer;
        this.claims = claims;
    }

    /**
     * Verifies tokens that are signed with a secret.
     *
     * @param audience one of the token's audiences
     * @throws IllegalArgumentException with a sentence, when the secret is too short to be one
     */
    public static JwtVerifier ofSecret(byte[] secret, String issuer, String audience, IdentityClaims claims) {
        if (secret.length < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException("It must have at least " + LEAST_SECRET_BYTES
                    + " bytes, such as the output of: openssl rand -base64 32.");
        }
        CompletionStage<JWKSource<SecurityContext>> key =
                CompletableFuture.completedFuture(new ImmutableSecret<>(secret));
        return new JwtVerifier(SECRET, keyId -> key, issuer, required(issuer, audience), claims);
    }

    /** Verifies tokens that are signed with one of the issuer's keys. */
    public static JwtVerifier ofKeys(IssuerKeys keys, String issuer, String audience, IdentityClaims claims) {
        return ofKeys(keys, issuer, required(issuer, audience), claims);
    }

    /** Verifies ID tokens for a client of an OpenID Connect provider; its access tokens are refused. */
    public static JwtVerifier ofIdTokens(IssuerKeys keys, String issuer, String clientId, IdentityClaims claims) {
        return ofKeys(keys, issuer, new IdTokenRules(issuer, clientId), claims);
    }

    private static JwtVerifier ofKeys(
            IssuerKeys keys, String issuer, DefaultJWTClaimsVerifier<SecurityContext> required, IdentityClaims claims) {
        return new JwtVerifier(
                PUBLIC, keyId -> keys.with(keyId).thenApply(ImmutableJWKSet::new), issuer, required, claims);
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> required(String issuer, String audience) {
        return new DefaultJWTClaimsVerifier<>(
                audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp"));
    }

    /**
     * The identity for which a token stands; fails with {@link CommandRejectedException} when the token is not good, or
     * the issuer's keys cannot be fetched now.
     */
    public CompletionStage<Identity> verify(String token) {
        try {
            if (token.length() > Limits.MAX_TOKEN_CHARS) {
                throw refused("it is too long");
            }
            if (!JWT.matcher(token).matches()) {
                throw refused("it is not a signed JWT"); // libraries read other alphabets too: a token has one spelling
            }
            SignedJWT signed = SignedJWT.parse(token);
            JWSHeader header = signed.getHeader();
            if (header.getJWK() != null
                    || header.getJWKURL() != null
                    || header.getX509CertURL() != null
                    || header.getX509CertChain() != null
                    || header.getCriticalParams() != null) {
                throw refused("its header has jwk, jku, x5u, x5c or crit");
            }
            if (!algorithms.contains(header.getAlgorithm())) {
                throw refused("it is not signed with one of " + algorithms);
            }
            if (!issuer.equals(signed.getJWTClaimsSet().getIssuer())) {
                throw refused("another issuer has given it out");
            }
            return keys.apply(header.getKeyID()).handle((source, failure) -> {
                if (failure != null) {
                    throw new CompletionException(new CommandRejectedException(
                            ErrorCode.UNAVAILABLE,
                            "The keys of the token's issuer cannot be read now. Try again in a moment."));
                }
                try {
                    return verified(signed, source, token);
                } catch (CommandRejectedException notGood) {
                    throw new CompletionException(notGood);
                }
            });
        } catch (ParseException notSigned) {
            return CompletableFuture.failedFuture(refused("it is not a signed JWT"));
        } catch (CommandRejectedException notGood) {
            return CompletableFuture.failedFuture(notGood);
        }
    }

    private Identity verified(SignedJWT signed, JWKSource<SecurityContext> source, String token)
            throws CommandRejectedException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, source));
        processor.setJWTClaimsSetVerifier(required);
        try {
            return claims.identity(processor.process(signed, null), token);
        } catch (BadJOSEException notGood) {
            throw refused(notGood.getMessage());
        } catch (JOSEException broken) {
            throw refused("it cannot be verified");
        }
    }

    private static CommandRejectedException refused(String reason) {
        return new CommandRejectedException(ErrorCode.BAD_TOKEN, "The token is not valid here: " + reason + ".");
    }
}
