package id.warung.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import id.warung.kit.ManualClock;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.RoomPattern;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {
    private static final byte[] SECRET =
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef".getBytes(UTF_8);
    private static final String ISSUER = "https://app.example";
    private static final String AUDIENCE = "warung";
    private static final RSAKey RSA = rsa("k1");
    private static final ECKey EC = ec();
    private static final IdentityClaims CLAIMS = new IdentityClaims("name", "realm_access.roles");

    private final JwtVerifier verifier = JwtVerifier.ofSecret(SECRET, ISSUER, AUDIENCE, CLAIMS);

    @TempDir
    Path folder;

    private static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("k2").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new TreeMap<>();
        claims.put("iss", ISSUER);
        claims.put("aud", AUDIENCE);
        claims.put("sub", "ana@app");
        claims.put("exp", inSeconds(600));
        claims.put("name", "Ana");
        return claims;
    }

    private static long inSeconds(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    private static String signed(JWSHeader header, Map<String, Object> claims, JWSSigner signer) {
        try {
            JWSObject token = new JWSObject(header, new Payload(claims));
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hs(Map<String, Object> claims) {
        return hs(new JWSHeader(JWSAlgorithm.HS256), claims, SECRET);
    }

    private static String hs(JWSHeader header, Map<String, Object> claims, byte[] secret) {
        try {
            return signed(header, claims, new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> with(String claim, Object value) {
        Map<String, Object> claims = claims();
        claims.put(claim, value);
        return claims;
    }

    private static Map<String, Object> without(String claim) {
        Map<String, Object> claims = claims();
        claims.remove(claim);
        return claims;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static Identity identity(JwtVerifier verifier, String token) throws CommandRejectedException {
        try {
            return verifier.verify(token).toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw (CommandRejectedException) failed.getCause();
        }
    }

    private final ManualClock clock = new ManualClock();

    private IssuerKeys keys(IssuerKeys.Source source) {
        return new IssuerKeys(source, Runnable::run, clock);
    }

    private static ErrorCode refusal(JwtVerifier verifier, String token) {
        return catchRefused(verifier, token).code();
    }

    private static CommandRejectedException catchRefused(JwtVerifier verifier, String token) {
        Throwable thrown = catchThrowable(() -> identity(verifier, token));
        assertThat(thrown).as(token).isInstanceOf(CommandRejectedException.class);
        return (CommandRejectedException) thrown;
    }

    @Test
    void aGoodTokenSaysWhoItIs() throws CommandRejectedException {
        Map<String, Object> claims = claims();
        claims.put("realm_access", Map.of("roles", List.of("moderator", "offline")));
        claims.put("rooms", List.of("team-*", "news"));

        Identity ana = identity(verifier, hs(claims));

        assertThat(ana.user().id()).matches("s-[a-z2-7]{26}").isEqualTo(Identity.idOf(ISSUER, "ana@app"));
        assertThat(ana.user().name()).isEqualTo("Ana");
        assertThat(ana.roles()).containsExactlyInAnyOrder("moderator", "offline");
        assertThat(ana.rooms().orElseThrow()).extracting(RoomPattern::toString).containsExactly("team-*", "news");
        assertThat(ana.expiresAt().getEpochSecond()).isEqualTo(claims.get("exp"));
    }

    /** SHA-256 of "issuer", a zero byte and "subject", by openssl and base32 of coreutils. */
    @Test
    void anIdIsTheHashOfIssuerAndSubject() {
        assertThat(Identity.idOf("container", "ana")).isEqualTo(EXPECTED_ID);
        assertThat(Identity.idOf("a", "bc")).isNotEqualTo(Identity.idOf("ab", "c"));
    }

    private static final String EXPECTED_ID = "s-d6vieor65nhqbg67mbkryuepjk";

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void everyAlgorithmOfSecretsIsTaken(String algorithm) throws CommandRejectedException {
        JWSHeader header = new JWSHeader(JWSAlgorithm.parse(algorithm));
        assertThat(identity(verifier, hs(header, claims(), SECRET)).rooms()).isEmpty();
    }

    @Test
    void keysOfTheIssuerVerifyWithEachAlgorithm() throws Exception {
        JwtVerifier byKeys = byFile(RSA, EC);
        for (String algorithm : List.of("RS256", "PS256")) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                    .keyID("k1")
                    .build();
            assertThat(identity(byKeys, signed(header, claims(), new RSASSASigner(RSA)))
                            .user()
                            .name())
                    .isEqualTo("Ana");
        }
        JWSHeader es = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k2").build();
        assertThat(identity(byKeys, signed(es, claims(), new ECDSASigner(EC)))
                        .user()
                        .name())
                .isEqualTo("Ana");
        JWSHeader rs512 = new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("k1").build();
        assertThat(refusal(byKeys, signed(rs512, claims(), new RSASSASigner(RSA))))
                .isEqualTo(ErrorCode.BAD_TOKEN);
    }

    private JwtVerifier byFile(JWK... keys) throws IOException {
        Path file = folder.resolve("jwks.json");
        Files.writeString(file, new JWKSet(List.of(keys)).toPublicJWKSet().toString());
        return JwtVerifier.ofKeys(keys(IssuerKeys.in(file)), ISSUER, AUDIENCE, CLAIMS);
    }

    static Stream<Arguments> bad() throws Exception {
        String publicPem = RSA.toRSAPublicKey().toString();
        JWSHeader.Builder hs256 = new JWSHeader.Builder(JWSAlgorithm.HS256);
        return Stream.of(
                Arguments.of("no signature", base64("{\"alg\":\"none\"}") + "." + base64("{}") + "."),
                Arguments.of("none in another spelling", base64("{\"alg\":\"nOnE\"}") + "." + base64("{}") + "."),
                Arguments.of(
                        "another secret",
                        hs(hs256.build(), claims(), "x".repeat(64).getBytes(UTF_8))),
                Arguments.of("a public key as secret", hs(hs256.build(), claims(), publicPem.getBytes(UTF_8))),
                Arguments.of("another issuer", hs(with("iss", "https://other.example"))),
                Arguments.of("no issuer", hs(without("iss"))),
                Arguments.of("another audience", hs(with("aud", List.of("a", "b")))),
                Arguments.of("no audience", hs(without("aud"))),
                Arguments.of("no subject", hs(without("sub"))),
                Arguments.of("an empty subject", hs(with("sub", ""))),
                Arguments.of("no end", hs(without("exp"))),
                Arguments.of("past its end", hs(with("exp", inSeconds(-61)))),
                Arguments.of("a text as end", hs(with("exp", "tomorrow"))),
                Arguments.of("not yet", hs(with("nbf", inSeconds(120)))),
                Arguments.of("rooms as text", hs(with("rooms", "team-*"))),
                Arguments.of("rooms as null", hs(with("rooms", null))),
                Arguments.of("rooms as numbers", hs(with("rooms", List.of(1)))),
                Arguments.of("a room that cannot be", hs(with("rooms", List.of("team-*", "Team")))),
                Arguments.of("too many rooms", hs(with("rooms", java.util.Collections.nCopies(101, "a")))),
                Arguments.of("a number as name", hs(with("name", 7))),
                Arguments.of("roles as numbers", hs(with("realm_access", Map.of("roles", List.of(1))))),
                Arguments.of(
                        "another type",
                        hs(
                                hs256.type(new com.nimbusds.jose.JOSEObjectType("logout+jwt"))
                                        .build(),
                                claims(),
                                SECRET)),
                Arguments.of(
                        "jku",
                        hs(
                                header().jwkURL(URI.create("http://127.0.0.1:1/jwks"))
                                        .build(),
                                claims(),
                                SECRET)),
                Arguments.of(
                        "x5u",
                        hs(
                                header().x509CertURL(URI.create("http://127.0.0.1:1/x"))
                                        .build(),
                                claims(),
                                SECRET)),
                Arguments.of("jwk", hs(header().jwk(RSA.toPublicJWK()).build(), claims(), SECRET)),
                Arguments.of(
                        "crit",
                        hs(
                                header().criticalParams(java.util.Set.of("exp"))
                                        .customParam("exp", 1)
                                        .build(),
                                claims(),
                                SECRET)),
                Arguments.of("long", hs(with("picture", "p".repeat(1_000_000)))),
                Arguments.of("nothing", ""),
                Arguments.of("points", ".."),
                Arguments.of("a guest's token", "w1.dS0x.AAAA"),
                Arguments.of("deep", base64("{\"alg\":" + "[".repeat(1_000)) + ".e30.AA"));
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.HS256);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void aBadTokenIsRefused(String kind, String token) throws IOException {
        CommandRejectedException refused = catchRefused(verifier, token);
        assertThat(refused.code()).isEqualTo(ErrorCode.BAD_TOKEN);
        assertThat(refused.getMessage())
                .startsWith("The token is not valid here: ")
                .hasSizeLessThan(300);
        assertThat(refusal(byFile(RSA, EC), token)).isEqualTo(ErrorCode.BAD_TOKEN);
    }

    @Test
    void clocksMayDifferByAMinute() throws CommandRejectedException {
        Map<String, Object> claims = claims();
        claims.put("exp", inSeconds(-50));
        claims.put("nbf", inSeconds(50));
        assertThat(identity(verifier, hs(claims)).user().name()).isEqualTo("Ana");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u202Eevil", "a\u0000b"})
    void withoutAFitNameThereIsAnother(String name) throws CommandRejectedException {
        Map<String, Object> claims = with("name", name);
        assertThat(identity(verifier, hs(claims)).user().name()).matches("user-[a-z2-7]{6}");
        claims.put("preferred_username", "ana");
        assertThat(identity(verifier, hs(claims)).user().name()).isEqualTo("ana");
    }

    @Test
    void rolesMayBeWordsOrUnderAnAddressAsName() throws CommandRejectedException {
        Map<String, Object> claims = with("https://app.example/roles", "member, moderator");
        JwtVerifier named =
                JwtVerifier.ofSecret(SECRET, ISSUER, AUDIENCE, new IdentityClaims("name", "https://app.example/roles"));
        assertThat(identity(named, hs(claims)).roles()).containsExactlyInAnyOrder("member", "moderator");
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> JwtVerifier.ofSecret(new byte[31], ISSUER, AUDIENCE, CLAIMS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 32 bytes");
    }

    /** A token with one byte changed anywhere is never good, unless the change leaves what it decodes to the same. */
    @Test
    void noMutationOfAGoodTokenIsGood() throws ParseException {
        String good = hs(claims());
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            char[] token = good.toCharArray();
            token[random.nextInt(token.length)] = (char) (' ' + random.nextInt(95));
            String mutated = new String(token);
            if (!decoded(mutated).equals(decoded(good))) {
                assertThat(refusal(verifier, mutated)).isEqualTo(ErrorCode.BAD_TOKEN);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(4_000);
    }

    private static List<String> decoded(String token) {
        return Stream.of(token.split("\\.", -1))
                .map(part -> {
                    try {
                        return new String(
                                Base64.getUrlDecoder().decode(part), java.nio.charset.StandardCharsets.ISO_8859_1);
                    } catch (IllegalArgumentException notBase64) {
                        return part;
                    }
                })
                .toList();
    }

    @Test
    void keysAreFetchedOnceForManyUnknownOnes() throws Exception {
        AtomicInteger fetches = new AtomicInteger();
        withKeys(new JWKSet(List.of(RSA)), fetches, address -> {
            JwtVerifier byKeys = JwtVerifier.ofKeys(keys(IssuerKeys.at(address)), ISSUER, AUDIENCE, CLAIMS);
            assertThat(fetches).hasValue(0);
            try {
                identity(byKeys, signed(rs("k1"), claims(), new RSASSASigner(RSA)));
                for (int i = 0; i < 50; i++) {
                    String token = signed(rs("../../" + i), claims(), new RSASSASigner(RSA));
                    assertThat(refusal(byKeys, token)).isIn(ErrorCode.BAD_TOKEN, ErrorCode.UNAVAILABLE);
                }
                identity(byKeys, signed(rs("k1"), claims(), new RSASSASigner(RSA)));
            } catch (CommandRejectedException | JOSEException e) {
                throw new IllegalStateException(e);
            }
            assertThat(fetches).hasValue(1);
            clock.moveMs(31_000);
            for (int i = 0; i < 50; i++) {
                String token = unsigned(i);
                assertThat(refusal(byKeys, token)).isEqualTo(ErrorCode.BAD_TOKEN);
            }
            assertThat(fetches).as("one more for 50 unknown keys").hasValue(2);
        });
    }

    @Test
    void aServerWithoutKeysIsNoReasonToRefuseForEver() throws Exception {
        AtomicInteger fetches = new AtomicInteger();
        JWKSet[] served = {null};
        withKeys(served, fetches, address -> {
            JwtVerifier byKeys = JwtVerifier.ofKeys(keys(IssuerKeys.at(address)), ISSUER, AUDIENCE, CLAIMS);
            try {
                String token = signed(rs("k1"), claims(), new RSASSASigner(RSA));
                assertThat(refusal(byKeys, token)).isEqualTo(ErrorCode.UNAVAILABLE);
                served[0] = new JWKSet(List.of(RSA));
                clock.moveMs(6_000);
                assertThat(identity(byKeys, token).user().name()).isEqualTo("Ana");
            } catch (CommandRejectedException | JOSEException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String unsigned(int key) {
        try {
            return signed(rs("k-" + key), claims(), new RSASSASigner(RSA));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSHeader rs(String keyId) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build();
    }

    private static void withKeys(JWKSet keys, AtomicInteger fetches, Consumer<URI> test) throws IOException {
        withKeys(new JWKSet[] {keys}, fetches, test);
    }

    /** Serves what the array holds at the time; null: nothing. */
    private static void withKeys(JWKSet[] keys, AtomicInteger fetches, Consumer<URI> test) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            fetches.incrementAndGet();
            byte[] body = keys[0] == null
                    ? new byte[0]
                    : keys[0].toPublicJWKSet().toString().getBytes(UTF_8);
            exchange.sendResponseHeaders(keys[0] == null ? 503 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            test.accept(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys"));
        } finally {
            server.stop(0);
        }
    }
}
