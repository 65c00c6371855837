package id.warung.log.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock on a data folder, which keeps other processes out until it is closed or the process ends, however it ends. */
final class DataLock implements Closeable {
    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Locks the folder, creating it if necessary and closing it to other users. Fails with a sentence for the administrator. */
    static DataLock of(Path folder) throws IOException {
        FileChannel channel = open(folder);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new DataLock(channel);
            }
        } catch (OverlappingFileLockException sameProcess) {
            // handled below, like a lock of another process
        }
        channel.close();
        throw new IOException("Another Warung uses the data folder " + folder
                + ". Stop it, or give this one its own folder (--data or WARUNG_DATA).");
    }

    private static FileChannel open(Path folder) throws IOException {
        try {
            PrivateFiles.makeFolder(folder);
            Path file = folder.resolve("warung.lock");
            PrivateFiles.makeFile(file);
            PrivateFiles.close(folder);
            return FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(
                    "The data folder " + folder + " cannot be used: " + reason(e)
                            + ". Give Warung a folder that it can write to (--data or WARUNG_DATA).",
                    e);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof FileAlreadyExistsException inTheWay) {
            return inTheWay.getFile() + " is a file";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "there is no permission to write " + denied.getFile();
        }
        return failure.getMessage();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
