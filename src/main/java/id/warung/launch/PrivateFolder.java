package id.warung.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Creates folders that only their owner may open, whatever the umask, where the file system has such permissions. Static. */
final class PrivateFolder {
    static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateFolder() {}

    /** Creates the folder and its missing parents; an existing one is left as it is. */
    static Path create(Path folder) throws IOException {
        return hasPermissions(folder)
                ? Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : Files.createDirectories(folder);
    }

    /** Closes an existing folder. */
    static void close(Path folder) throws IOException {
        if (hasPermissions(folder) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(folder))) {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
        }
    }

    private static boolean hasPermissions(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
