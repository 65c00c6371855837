package id.warung.identity;

import id.warung.protocol.User;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Creates and verifies the signed tokens that identify returning guests, and people whom the server or a proxy has
 * signed in: {@code w2.<who>.<HMAC-SHA256>}. The server keeps no list of tokens. Tokens of older versions,
 * {@code w1}, are good as well; they do not say when they were given out. Thread-safe.
 */
public final class WarungTokens {
    private static final String VERSION = "w2";
    private static final String FIRST_VERSION = "w1";
    private static final int MAX_CHARS = 2048;
    private static final int PARTS = 6;
    private static final String NONE = "-";
    private static final String HMAC = "HmacSHA256";

    private final Supplier<byte[]> key;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public WarungTokens(byte[] key, Clock clock) {
        this(() -> key, clock);
    }

    /** {@code key} is asked for each token; it throws an unchecked exception while the key is not known. */
    public WarungTokens(Supplier<byte[]> key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /** Whether the text says of itself that it is such a token. */
    static boolean isOne(String token) {
        return token.startsWith(VERSION + ".") || token.startsWith(FIRST_VERSION + ".");
    }

    /** A token for a guest, which does not end by itself; given out at this time, which must be before it is known to be allowed. */
    public String ofGuest(User guest, Instant issuedAt) {
        return issue(Identity.ofGuest(guest, issuedAt));
    }

    /** The identity of a person who signs in now, and for whom others vouch. */
    public Identity signedIn(User user, Set<String> roles, Duration validity) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS); // as the token says it
        byte[] unique = new byte[16];
        random.nextBytes(unique);
        return new Identity(user, roles, Optional.empty(), now, now.plus(validity), Identity.signInOf(base64(unique)));
    }

    /** A token for this identity; it says nothing about rooms. */
    public String issue(Identity identity) {
        String who = String.join(
                " ",
                identity.user().id(),
                Long.toString(identity.issuedAt().getEpochSecond()),
                identity.expiresAt() == null
                        ? NONE
                        : Long.toString(identity.expiresAt().getEpochSecond()),
                identity.roles().isEmpty() ? NONE : roles(identity.roles()),
                identity.signIn(),
                identity.user().name());
        String signed = VERSION + "." + base64(who.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(mac(signed));
    }

    /** The identity for which the token was issued, if it was signed with this server's key and has not ended by itself. */
    public Optional<Identity> verify(String token) {
        String[] parts = token.length() > MAX_CHARS ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3 || !isOne(token)) {
            return Optional.empty();
        }
        byte[] expected = mac(parts[0] + "." + parts[1]);
        try {
            if (!MessageDigest.isEqual(expected, Base64.getUrlDecoder().decode(parts[2]))) {
                return Optional.empty();
            }
            String who = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            Identity identity = parts[0].equals(VERSION) ? read(who) : readFirst(who);
            boolean over = identity.expiresAt() != null && clock.instant().isAfter(identity.expiresAt());
            return over ? Optional.empty() : Optional.of(identity);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Identity read(String who) {
        String[] parts = who.split(" ", PARTS);
        return new Identity(
                new User(parts[0], parts[5]),
                parts[3].equals(NONE) ? Set.of() : roles(parts[3]),
                Optional.empty(),
                Instant.ofEpochSecond(Long.parseLong(parts[1])),
                parts[2].equals(NONE) ? null : Instant.ofEpochSecond(Long.parseLong(parts[2])),
                parts[4]);
    }

    /** A server's roles may have any characters. */
    private static String roles(Set<String> roles) {
        return new TreeSet<>(roles)
                .stream()
                        .map(role -> URLEncoder.encode(role, StandardCharsets.UTF_8))
                        .collect(Collectors.joining(","));
    }

    private static Set<String> roles(String encoded) {
        return Stream.of(encoded.split(","))
                .map(role -> URLDecoder.decode(role, StandardCharsets.UTF_8))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Identity readFirst(String who) {
        int space = who.indexOf(' ');
        return Identity.ofGuest(new User(who.substring(0, space), who.substring(space + 1)), Instant.EPOCH);
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.get(), HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks HmacSHA256, which every Java platform must have", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
