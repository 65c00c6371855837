package id.warung.kit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/** Tokens of an application around Warung, which signs them with a secret. Static. */
public final class Jwts {
    public static final String SECRET = "0123456789abcdef0123456789abcdef-kit";
    public static final String ISSUER = "https://app.example.org";
    public static final String AUDIENCE = "warung";

    private Jwts() {}

    /** A process whose users come from the application, and as guests. */
    public static WarungProcess on(WarungProcess warung) {
        return warung.with("WARUNG_AUTH", "guest,token")
                .with("WARUNG_TOKEN_SECRET", SECRET)
                .with("WARUNG_TOKEN_ISSUER", ISSUER)
                .with("WARUNG_TOKEN_AUDIENCE", AUDIENCE);
    }

    /** A token for a user of the application, good for an hour, given out now; unlike any other, also of the same second. */
    public static String of(String subject, String name) {
        Map<String, String> unlike = Map.of("jti", UUID.randomUUID().toString());
        return of(subject, name, Instant.now(), Duration.ofHours(1), unlike);
    }

    /** A token with more claims. */
    public static String of(String subject, String name, Instant issued, Duration validity, Map<String, ?> claims) {
        JWTClaimsSet.Builder all = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(issued.plus(validity)))
                .claim("name", name);
        claims.forEach(all::claim);
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), all.build());
        try {
            token.sign(new MACSigner(SECRET));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
