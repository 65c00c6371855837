package id.warung.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The process's own folder for temporary files, closed to others. The process holds a lock on a file in it as long as it lives; folders
 * of processes that have ended without removing theirs are removed by the next one that starts. For one thread.
 */
final class WorkFolder {
    private static final String PREFIX = "warung-";
    private static final String LOCK = "in-use.lock";

    private final Path path;
    private final FileChannel lock;

    private WorkFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates a folder in the first of these places that can be written, and cleans all of them up.
     *
     * @param places folders, which need not exist
     * @throws IOException with a sentence that says why none of them can be used
     */
    static WorkFolder in(List<Path> places) throws IOException {
        List<String> unusable = new ArrayList<>();
        for (Path place : places) { // in all of them: a process may have found another one usable
            removeThoseOfTheDead(place);
        }
        for (Path place : places) {
            try {
                PrivateFolder.create(place);
                return createIn(place);
            } catch (IOException e) {
                unusable.add(place + " (" + reason(e) + ")");
            }
        }
        throw new IOException("There is no folder for temporary files: " + String.join(", ", unusable)
                + ". Set XDG_CACHE_HOME to a folder that this user may write to.");
    }

    Path path() {
        return path;
    }

    /** Removes the folder and everything in it. */
    void delete() throws IOException {
        lock.close(); // first: some systems keep files that are open
        delete(path);
    }

    /** Another process may take a folder for one of the dead as long as it is not locked: then this makes another one. */
    private static WorkFolder createIn(Path place) throws IOException {
        while (true) {
            Path path = Files.createTempDirectory(place, PREFIX);
            Path file = path.resolve(LOCK);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel) && Files.exists(file)) {
                return new WorkFolder(path, channel);
            }
            channel.close();
        }
    }

    private static void removeThoseOfTheDead(Path place) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(place, PREFIX + "*")) {
            for (Path folder : folders) {
                Path file = folder.resolve(LOCK);
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    removeIfDead(folder, file);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            // then nothing of ours is in it that could be removed
        }
    }

    private static void removeIfDead(Path folder, Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (locked(channel)) {
                delete(folder);
            }
        } catch (IOException notOurs) {
            // the folder of another user, or removed by another process meanwhile
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Why a folder cannot be used, in a few words. */
    static String reason(IOException e) {
        if (e instanceof FileSystemException of && of.getReason() != null) {
            return of.getReason();
        }
        if (e instanceof NoSuchFileException) {
            return "missing";
        }
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        boolean isFile = e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException;
        return isFile ? "not a folder" : String.valueOf(e.getMessage());
    }
}
