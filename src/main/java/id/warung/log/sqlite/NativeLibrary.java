package id.warung.log.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library, which the driver unpacks to a file and loads. The file is in a folder from which programs may be loaded, and
 * gone afterwards where the system allows that: nothing is left, however the process ends. Static.
 */
final class NativeLibrary {
    /** The folder's name in the data folder. */
    static final String FOLDER = "native";

    /** Where the driver unpacks the library; an administrator may set it. */
    private static final String PLACE = "org.sqlite.tmpdir";

    private static final String FILES = "sqlite-*";

    private static boolean loaded;

    private NativeLibrary() {}

    /**
     * Loads the library, unless it is loaded. Thread-safe, blocks.
     *
     * @param dataFolder a folder that only this process uses
     * @throws IOException with a sentence for the administrator
     */
    static synchronized void load(Path dataFolder) throws IOException {
        if (loaded) {
            return;
        }
        String set = System.getProperty(PLACE);
        List<String> unusable = new ArrayList<>();
        for (String place : places(set, dataFolder)) {
            Path folder = dataFolder.resolve(FOLDER);
            Path own = place.equals(folder.toString()) ? folder : null; // the others may have files of other processes
            String problem = problemOf(place, own);
            if (problem != null) {
                unusable.add(place + " (" + problem + ")");
                continue;
            }
            try {
                System.setProperty(PLACE, place);
                loaded = initialize();
                clear(own);
                return;
            } catch (Exception e) { // the driver declares no other
                throw new IOException("SQLite's library cannot be loaded from " + place + ": " + e.getMessage(), e);
            } finally {
                restore(set);
            }
        }
        throw new IOException("SQLite's library can be loaded from none of these folders: "
                + String.join(", ", unusable) + ". Start Java with -D" + PLACE
                + "=… and a folder that is writable and not mounted noexec.");
    }

    /** The driver may start a process; the JVM's thread that waits for it would keep the class loader of an undeployed application for a minute. */
    private static boolean initialize() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader ofApplication = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            return SQLiteJDBCLoader.initialize();
        } finally {
            thread.setContextClassLoader(ofApplication);
        }
    }

    private static List<String> places(String set, Path dataFolder) {
        List<String> places = new ArrayList<>();
        if (set != null) {
            places.add(set);
        }
        places.add(dataFolder.resolve(FOLDER).toString());
        places.add(System.getProperty("java.io.tmpdir"));
        return places;
    }

    /** Why a library cannot be loaded from there; null: it can, as far as can be seen. */
    private static String problemOf(String place, Path own) {
        try {
            if (own != null) {
                PrivateFiles.makeFolder(own);
                clear(own); // of what a killed process has left
                PrivateFiles.makeFolder(own);
            }
            Path probe = Files.createTempFile(Path.of(place), "probe", null);
            try {
                return PrivateFiles.mayBeExecutable(probe) ? null : "mounted noexec";
            } finally {
                Files.delete(probe);
            }
        } catch (InvalidPathException unknown) {
            return "not a folder";
        } catch (IOException e) {
            return PrivateFiles.reason(e);
        }
    }

    /** Removes the files of this start and of earlier ones; a system may keep a library that is in use. */
    private static void clear(Path own) {
        if (own == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(own, FILES)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(own);
        } catch (IOException inUse) {
            System.getLogger(NativeLibrary.class.getName())
                    .log(System.Logger.Level.DEBUG, "SQLite's library stays in " + own, inUse);
        }
    }

    private static void restore(String set) {
        if (set == null) {
            System.clearProperty(PLACE);
        } else {
            System.setProperty(PLACE, set);
        }
    }
}
