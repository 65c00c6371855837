package id.warung.drill;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** A small file system that a test may fill, break and unplug. Requires root. */
final class Disk implements AutoCloseable {
    private final Path at;
    private final List<String> mount;
    private boolean mounted;

    private Disk(Path at, List<String> mount) {
        this.at = at;
        this.mount = mount;
    }

    /** A disk in memory. */
    static Disk inMemory(Path folder, String size) {
        return make(folder, List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs"));
    }

    /** A disk in a file, which the kernel makes read-only after an error. */
    static Disk inFile(Path folder, String size) {
        Program.assumeRoot();
        Path image = folder.resolve("image");
        Program.run("truncate", "-s", size, image.toString());
        Program.run("mkfs.ext4", "-q", "-F", image.toString());
        return make(folder, List.of("mount", "-o", "loop,errors=remount-ro", image.toString()));
    }

    private static Disk make(Path folder, List<String> mount) {
        Program.assumeRoot();
        try {
            Disk disk = new Disk(Files.createDirectory(folder.resolve("disk")), mount);
            disk.mount();
            return disk;
        } catch (AssertionError notEvenRoot) {
            throw new TestAbortedException("No disk can be mounted here", notEvenRoot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return at;
    }

    void mount() {
        List<String> command = new ArrayList<>(mount);
        command.add(at.toString());
        Program.run(command.toArray(String[]::new));
        mounted = true;
    }

    void unmount() {
        Program.run("umount", at.toString());
        mounted = false;
    }

    void resize(String size) {
        Program.run("mount", "-o", "remount,size=" + size, at.toString());
    }

    /** Makes the kernel find an error. */
    void fail() {
        String device = Program.run("findmnt", "-n", "-o", "SOURCE", at.toString());
        Path trigger = Path.of("/sys/fs/ext4", Path.of(device).getFileName().toString(), "trigger_fs_error");
        assumeTrue(Files.exists(trigger), "this kernel cannot be told to find an error");
        try {
            Files.writeString(trigger, "1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts the power: unsynced data is lost. */
    void cutPower() {
        // EXT4_IOC_SHUTDOWN, without flushing even the journal
        String script = "open(D, '<', shift) or die $!; $how = pack('L', 2); ioctl(D, 0x8004587d, $how) or die $!";
        Program.run("perl", "-e", script, at.toString());
    }

    @Override
    public void close() {
        if (mounted) {
            unmount();
        }
    }
}
