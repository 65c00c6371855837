package id.warung.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process out of a data folder, until it is closed or the process ends, however it ends. */
final class DataLock implements Closeable {
    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the folder, or fails with a sentence for the administrator. */
    static DataLock of(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("warung.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new DataLock(channel);
            }
        } catch (OverlappingFileLockException sameProcess) {
            // the same answer
        }
        channel.close();
        throw new IOException("Another Warung uses the data folder " + folder
                + ". Stop it, or give this one a folder of its own (--data or WARUNG_DATA).");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
