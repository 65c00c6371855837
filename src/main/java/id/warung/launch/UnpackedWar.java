package id.warung.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The WAR's files on disk, kept between starts in a directory named by the WAR's content. Every start checks every file
 * and repairs what is missing or damaged; each file appears atomically, so that simultaneous starts do not disturb each
 * other.
 */
final class UnpackedWar {
    private UnpackedWar() {}

    /** Unpacks into the cache (null: there is none), or into {@code otherwise} if that is not writable. */
    static Path in(Path cache, Path war, Path otherwise) throws IOException, NoSuchAlgorithmException {
        try (ZipFile zip = new ZipFile(war.toFile())) {
            if (cache == null) {
                return unpack(zip, otherwise);
            }
            try {
                return unpack(zip, cache);
            } catch (IOException notWritable) {
                return unpack(zip, otherwise);
            }
        }
    }

    private static Path unpack(ZipFile zip, Path parent) throws IOException, NoSuchAlgorithmException {
        List<? extends ZipEntry> entries =
                zip.stream().filter(entry -> !entry.isDirectory()).toList();
        Path root = makePrivate(parent, parent.resolve(fingerprint(entries))).toRealPath();
        for (ZipEntry entry : entries) {
            Path file = root.resolve(entry.getName()).normalize();
            if (!file.startsWith(root)) {
                throw new IOException("The WAR has an entry whose path leads outside: " + entry.getName());
            }
            if (!isWhole(file, entry)) {
                write(zip, entry, file, parent);
            }
        }
        return root;
    }

    /** Makes the folder private: anybody who could write there could make us run another program. */
    private static Path makePrivate(Path parent, Path folder) throws IOException {
        PrivateFolder.create(folder);
        PrivateFolder.close(parent);
        return folder;
    }

    private static void write(ZipFile zip, ZipEntry entry, Path file, Path parent) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(parent, "part", null);
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static boolean isWhole(Path file, ZipEntry entry) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != entry.getSize()) {
            return false;
        }
        CRC32 crc = new CRC32();
        crc.update(Files.readAllBytes(file));
        return crc.getValue() == entry.getCrc();
    }

    private static String fingerprint(List<? extends ZipEntry> entries) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (ZipEntry entry : entries) {
            digest.update(entry.getName().getBytes(StandardCharsets.UTF_8));
            digest.update(ByteBuffer.allocate(Long.BYTES * 2)
                    .putLong(entry.getSize())
                    .putLong(entry.getCrc())
                    .flip());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
}
