package id.warung.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The files that make a server's identity, as an administrator names them. Immutable; the files may change at any time.
 *
 * @param certificate PEM: the server's own certificate, then those of its issuers
 * @param key PEM: the private key; may be the same file
 * @param passwordFile the file with the key's password; null: there is none
 * @param password the key's password; null: there is none, or it is in the file
 */
record TlsFiles(Path certificate, Path key, Path passwordFile, String password) {
    private static final int MOST_BYTES = 1024 * 1024;

    /**
     * What the files contain at a moment.
     *
     * @param password null: none is configured
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by its fingerprint
    record Contents(byte[] certificate, byte[] key, String password) {
        /** The same for the same contents, and for no others. */
        String fingerprint() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                for (byte[] part :
                        new byte[][] {certificate, key, String.valueOf(password).getBytes(StandardCharsets.UTF_8)}) {
                    digest.update(MessageDigest.getInstance("SHA-256").digest(part));
                }
                return HexFormat.of().formatHex(digest.digest());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e); // every JDK has it
            }
        }
    }

    /** @throws UsageException with a sentence, when one of the files cannot be read */
    Contents read() throws UsageException {
        return new Contents(
                bytes("certificate", certificate),
                bytes("key", key),
                passwordFile == null
                        ? password
                        : withoutLineEnd(new String(bytes("key's password", passwordFile), StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(String what, Path file) throws UsageException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length <= MOST_BYTES) {
                return bytes;
            }
        } catch (IOException e) {
            String why = Files.isDirectory(file)
                    ? "it is a folder"
                    : Files.exists(file)
                            ? "the user that runs Warung needs permission to read it"
                            : "there is no such file, or its folder may not be read";
            throw new UsageException("The TLS " + what + " " + file + " cannot be read: " + why + ".");
        }
        throw new UsageException("The TLS " + what + " " + file + " has more than " + MOST_BYTES
                + " bytes: it must be a PEM file, which has a few thousand.");
    }

    private static String withoutLineEnd(String text) {
        return text.replaceFirst("\\r?\\n\\z", "");
    }
}
