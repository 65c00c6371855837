package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import java.text.ParseException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims of ID tokens and of access tokens, as providers write them. */
class IdTokenRulesTest {
    private final IdTokenRules rules = new IdTokenRules("https://login.example", "warung");

    private static JWTClaimsSet claims(String claims) throws ParseException {
        return JWTClaimsSet.parse("{\"iss\":\"https://login.example\",\"sub\":\"1\",\"exp\":"
                + Instant.now().plusSeconds(60).getEpochSecond() + "," + claims + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"aud\":\"warung\"",
                "\"aud\":[\"warung\"],\"nonce\":\"n\",\"at_hash\":\"x\"",
                "\"aud\":\"warung\",\"azp\":\"warung\",\"typ\":\"ID\",\"sid\":\"s\"",
                "\"aud\":[\"warung\",\"other\"],\"azp\":\"warung\"",
                "\"aud\":\"warung\",\"token_use\":\"id\"",
            })
    void anIdTokenForUsIsGood(String claims) {
        assertThatCode(() -> rules.verify(claims(claims), null)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"aud\":\"other\"",
                "\"aud\":[]",
                "\"aud\":[\"warung\",\"other\"]",
                "\"aud\":[\"warung\",\"other\"],\"azp\":\"other\"",
                "\"aud\":\"warung\",\"azp\":\"other\"",
                "\"aud\":\"warung\",\"azp\":7",
                "\"aud\":\"warung\",\"client_id\":\"other\"",
                "\"aud\":\"warung\",\"azp\":\"warung\",\"typ\":\"Bearer\"",
                "\"aud\":\"warung\",\"scope\":\"openid profile\"",
                "\"aud\":\"warung\",\"scope\":[\"openid\"]",
                "\"aud\":\"warung\",\"scp\":\"openid\"",
                "\"aud\":\"warung\",\"token_use\":\"access\"",
            })
    void aTokenForAnotherClientOrAnotherPurposeIsNot(String claims) {
        assertThat(catchThrowable(() -> rules.verify(claims(claims), null))).isInstanceOf(BadJWTException.class);
    }
}
