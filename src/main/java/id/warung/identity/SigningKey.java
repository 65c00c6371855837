package id.warung.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** The key that signs guests' tokens: created once, stored in the data folder, readable by its owner only. */
public final class SigningKey {
    private static final int KEY_BYTES = 32;

    private SigningKey() {}

    /**
     * Reads the key, or creates it if there is none. For one process at a time, the one that has locked the folder.
     *
     * @throws IOException when the folder cannot be written, or the file is not a key
     */
    public static byte[] in(Path dataFolder) throws IOException {
        Path file = dataFolder.resolve("signing.key");
        if (!Files.exists(file)) {
            make(file);
        }
        byte[] key = Files.readAllBytes(file);
        if (key.length != KEY_BYTES) {
            throw new IOException(file + " is damaged: it must have " + KEY_BYTES
                    + " bytes. Restore it from a backup; or delete it, and all guests get new identities.");
        }
        return key;
    }

    private static void make(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path made = Files.createTempFile(file.getParent(), "signing", ".new");
        try {
            if (Files.getFileAttributeView(made, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            }
            Files.write(made, key, StandardOpenOption.SYNC);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE); // the file has the whole key or does not exist
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
