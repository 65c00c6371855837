package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A root directory that is not a mount: the mount of the folder's file system cannot be found. */
class ChrootIT {
    /** Bind-mounts the folders that are named first, and runs the rest. All mounts end with the process. */
    private static final String ENTER =
            "set -e; cd \"$0\"; while [ \"$1\" != in ]; do mkdir -p \".$1\"; mount --rbind \"$1\" \".$1\"; shift; done;"
                    + " shift; exec chroot . \"$@\"";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void warungStartsInAChroot() throws IOException {
        Program.assumeRoot();
        Path root = Files.createDirectory(folder.resolve("root"));
        for (String name : List.of("bin", "lib", "lib64")) {
            if (Files.isSymbolicLink(Path.of("/", name))) {
                Files.createSymbolicLink(root.resolve(name), Files.readSymbolicLink(Path.of("/", name)));
            }
        }
        String here = Path.of("").toAbsolutePath().toString();
        String java = System.getProperty("java.home");
        try (WarungProcess warung = new WarungProcess(folder, Path.of("/data"))
                .under(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        ENTER,
                        root.toString(),
                        "/usr",
                        "/etc",
                        "/proc",
                        "/dev",
                        java,
                        here,
                        "in")
                .with("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=/")
                .start()) {
            assertThat(new History(warung).health().getString("status")).isEqualTo("ready");
            assertThat(root.resolve("data/warung.db")).isNotEmptyFile();
        }
    }
}
