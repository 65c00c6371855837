package id.warung.log.sqlite;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Creates files and folders that only their owner may open, whatever the umask. Does without where the file system has
 * no such permissions. Static, stateless.
 */
final class PrivateFiles {
    private static final Logger LOG = System.getLogger(PrivateFiles.class.getName());
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final int SETGID_OR_STICKY = 03000;
    /** The files and folders that Warung creates in a data folder; numbers in the names of temporary files are left out. */
    private static final String OURS =
            "warung\\.(db(-wal|-shm|-journal)?|lock)|signing(\\.key|[0-9]*\\.new)|native|work|lost\\+found";

    private PrivateFiles() {}

    /** Creates the folder and its missing parents; an existing folder is left as it is. */
    static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /** Creates an empty file, if there is none. */
    static void makeFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, attributes(file, FILE));
        }
    }

    /**
     * Closes a data folder to other users, with the files that Warung once created in it with the umask's permissions. A folder that is
     * shared on purpose stays as it is: one with other files in it, or with a bit that says so (setgid, sticky).
     */
    static void close(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        List<Path> ours = files.stream()
                .filter(file -> file.getFileName().toString().matches(OURS))
                .toList();
        for (Path file : ours) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                reduce(file, FILE);
            }
        }
        if (ours.size() == files.size() && !isShared(folder)) {
            reduce(folder, FOLDER);
        }
    }

    /** Removes excess permissions, and adds none. */
    private static void reduce(Path path, Set<PosixFilePermission> most) {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        try {
            if (view != null && !most.containsAll(view.readAttributes().permissions())) {
                Set<PosixFilePermission> permissions = view.readAttributes().permissions();
                permissions.retainAll(most);
                view.setPermissions(permissions);
            }
        } catch (NoSuchFileException gone) {
            LOG.log(Logger.Level.DEBUG, "A file to be closed to others is gone: " + path);
        } catch (IOException notOurs) {
            LOG.log(
                    Logger.Level.INFO,
                    "Other users of this machine may be able to read " + path + ": " + notOurs.getMessage());
        }
    }

    /** Whether a program may be loaded from this new file, once it has the permission: not where the file system is mounted noexec. */
    static boolean mayBeExecutable(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return true;
        }
        view.setPermissions(FOLDER);
        return Files.isExecutable(file);
    }

    /** Why a file cannot be used, in a few words. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "missing";
        }
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        return e instanceof FileSystemException of && of.getReason() != null ? of.getReason() : e.toString();
    }

    private static boolean isShared(Path folder) throws IOException {
        return folder.getFileSystem().supportedFileAttributeViews().contains("unix")
                && ((int) Files.getAttribute(folder, "unix:mode") & SETGID_OR_STICKY) != 0;
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
