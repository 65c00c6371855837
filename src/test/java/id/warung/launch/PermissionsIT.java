package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a permissive umask: other users of the machine cannot open anything that a running Warung and its backup write. */
class PermissionsIT {
    private static final String[] LAX = {"sh", "-c", "umask 000; exec \"$@\"", "sh"};
    private static final Set<PosixFilePermission> ANYBODY = PosixFilePermissions.fromString("rwxrwxrwx");

    @TempDir
    private Path folder;

    private Path data;
    private Path copy;

    @BeforeEach
    void names() {
        data = folder.resolve("above/data");
        copy = folder.resolve("copies/copy");
    }

    private WarungProcess start() {
        return new WarungProcess(folder, data).apart().under(LAX).start();
    }

    /** A backup of the folder in the system property, as a start would take it. */
    private void backup() throws IOException {
        Path said = Files.createDirectories(folder.resolve("backup"));
        try (WarungProcess backup = new WarungProcess(said)
                .apart()
                .under(LAX)
                .with("JDK_JAVA_OPTIONS", "\"-Dwarung.data=" + data + "\"")
                .launch("backup", "--to", copy.toString())) {
            assertThat(backup.exitCode()).as(backup.err()).isZero();
        }
    }

    @Test
    void nothingOfItsOwnIsOpenToOthers() throws IOException {
        try (WarungProcess warung = start()) {
            talk(warung);
            backup();
            assertThat(names(data))
                    .contains("warung.db", "warung.db-wal", "warung.db-shm", "warung.lock", "signing.key");
            assertThat(names(copy)).contains("warung.db", "signing.key");
            assertThat(openToOthers(data.getParent())).isEmpty();
            assertThat(openToOthers(copy.getParent())).isEmpty();
            assertThat(openToOthers(warung.cache())).isEmpty();
            assertThat(openToOthers(warung.temporary())).isEmpty();
            for (Path file : files(data)) {
                assertThat(others(file)).as(file.toString()).isEmpty();
            }
        }
    }

    @Test
    void filesThatAnEarlierVersionLeftOpenBecomePrivate() throws IOException {
        try (WarungProcess warung = start()) {
            talk(warung);
        } // killed: the latest data is in -wal
        backup();
        Path partial = Files.createDirectory(copy.resolveSibling("copy.part")); // of an interrupted backup
        Files.move(copy.resolve("warung.db"), partial.resolve("warung.db"));
        Files.delete(copy.resolve("signing.key"));
        Files.delete(copy);
        List<Path> left = new ArrayList<>(files(data));
        left.addAll(List.of(data, folder.resolve("cache/warung"), partial, partial.resolve("warung.db")));
        for (Path path : left) {
            Files.setPosixFilePermissions(path, ANYBODY);
        }
        try (WarungProcess warung = start()) {
            backup();
            assertThat(openToOthers(data.getParent())).isEmpty();
            assertThat(openToOthers(copy.getParent())).isEmpty();
            assertThat(openToOthers(warung.cache())).isEmpty();
            for (Path file : files(data)) {
                assertThat(others(file)).as(file.toString()).isEmpty();
            }
            assertThat(warung.err()).doesNotContain("WARNING", "Other users of this machine may");
        }
    }

    private static void talk(WarungProcess warung) {
        String room = Person.anyRoom();
        try (Person ana = Person.in(room, warung.chat())) {
            ana.post(room, "between you and me");
        }
    }

    /** What a user who is neither the owner nor in the group can open; nothing behind a closed folder. */
    private static List<Path> openToOthers(Path top) throws IOException {
        List<Path> open = new ArrayList<>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes unused) throws IOException {
                if (!folder.equals(top) && others(folder).isEmpty()) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!folder.equals(top)) {
                    open.add(folder);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes unused) throws IOException {
                if (!others(file).isEmpty()) {
                    open.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return open;
    }

    private static Set<PosixFilePermission> others(Path path) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(Files.getPosixFilePermissions(path));
        permissions.removeAll(PosixFilePermissions.fromString("rwx------"));
        return permissions;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        return files(folder).stream().map(file -> file.getFileName().toString()).toList();
    }
}
