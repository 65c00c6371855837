package id.warung.bench;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The limit set by the disk: it writes and syncs a group, then the next. The file has its final size from the start, like a log that is
 * reused.
 */
final class RawDisk {
    private static final int FILE_BYTES = 4 * 1024 * 1024;
    private static final int ENTRY_BYTES = 200;

    private RawDisk() {}

    /** Arguments: the folder, the messages per group, the seconds. */
    @SuppressWarnings("SystemOut")
    public static void main(String... args) throws Exception {
        Path file = Path.of(args[0], "raw-disk");
        int messages = Integer.parseInt(args[1]);
        ByteBuffer group = ByteBuffer.allocateDirect(Math.min(messages * ENTRY_BYTES, FILE_BYTES));
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[FILE_BYTES]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
            Times times = Times.of(Double.parseDouble(args[2]), () -> {
                if (channel.position() + group.capacity() > FILE_BYTES) {
                    channel.position(0);
                }
                group.clear();
                while (group.hasRemaining()) {
                    channel.write(group);
                }
                channel.force(false);
            });
            System.out.println(times.json("disk", messages));
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
