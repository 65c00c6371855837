package id.warung.identity;

import id.warung.protocol.User;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Creates and verifies the signed tokens that identify returning guests: {@code w1.<user>.<HMAC-SHA256>}. A token says
 * who the user is and nothing else; the server keeps no list of tokens. Thread-safe.
 */
public final class GuestTokens {
    private static final String VERSION = "w1";
    private static final int MAX_CHARS = 1024;

    private final SecretKeySpec key;

    public GuestTokens(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    public String issue(User user) {
        byte[] who = (user.id() + " " + user.name()).getBytes(StandardCharsets.UTF_8);
        String signed = VERSION + "." + base64(who);
        return signed + "." + base64(mac(signed));
    }

    /** The user for whom the token was issued, if it was signed with this server's key. */
    public Optional<User> verify(String token) {
        String[] parts = token.length() > MAX_CHARS ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            return Optional.empty();
        }
        byte[] expected = mac(parts[0] + "." + parts[1]);
        try {
            if (!MessageDigest.isEqual(expected, Base64.getUrlDecoder().decode(parts[2]))) {
                return Optional.empty();
            }
            String who = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            int space = who.indexOf(' ');
            return Optional.of(new User(who.substring(0, space), who.substring(space + 1)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks HmacSHA256, which every Java platform must have", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
