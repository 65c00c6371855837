package id.warung.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** What a text, or bytes, are known by: their SHA-256, in 32 bytes. Static, stateless. */
public final class Sha256 {
    private Sha256() {}

    /** Of a text in UTF-8. */
    public static byte[] of(String text) {
        return of(List.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Of these bytes, one after the other. */
    public static byte[] of(Iterable<byte[]> pieces) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            pieces.forEach(digest::update);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM lacks SHA-256, which every Java platform must have", e);
        }
    }
}
