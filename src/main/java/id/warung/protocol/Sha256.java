package id.warung.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** SHA-256 hashes of texts and bytes, in 32 bytes. Static, stateless. */
public final class Sha256 {
    private Sha256() {}

    /** The hash of a text in UTF-8. */
    public static byte[] of(String text) {
        return of(List.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The hash of these bytes, one after the other. */
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
