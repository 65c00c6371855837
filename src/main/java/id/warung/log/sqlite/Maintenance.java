package id.warung.log.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The maintenance commands of the command line. Every method blocks, and returns or throws a sentence. Static, stateless. */
public final class Maintenance {
    private static final String KEY = "signing.key";

    private Maintenance() {}

    /**
     * Copies the data folder, even of a running Warung. The copy is as private as the original.
     *
     * @param target a directory that does not exist
     */
    public static String backup(Path dataFolder, Path target) throws IOException {
        if (Files.exists(target)) {
            throw new IOException(target + " already exists. A backup overwrites nothing: choose a new directory.");
        }
        Path partial = target.resolveSibling(target.getFileName() + ".part");
        PrivateFiles.makeFolder(partial);
        PrivateFiles.close(partial);
        Files.deleteIfExists(partial.resolve(SqliteDatabase.FILE)); // left by an interrupted backup
        Files.deleteIfExists(partial.resolve(KEY));
        SqliteEpochs.copy(dataFolder, partial.resolve(SqliteDatabase.FILE));
        if (Files.exists(dataFolder.resolve(KEY))) {
            PrivateFiles.makeFile(partial.resolve(KEY));
            Files.write(partial.resolve(KEY), Files.readAllBytes(dataFolder.resolve(KEY)));
        }
        Files.move(partial, target);
        return "Everything in " + dataFolder + " was copied to " + target + ".";
    }

    /**
     * Begins a new epoch, so that clients discard what they have: for a folder restored from a copy made by other means. Warung must not
     * be running.
     */
    public static String newEpoch(Path dataFolder) throws IOException {
        if (!Files.exists(dataFolder.resolve(SqliteDatabase.FILE))) {
            throw new IOException("There is no database in " + dataFolder + ". Choose another folder with --data.");
        }
        return "The new epoch is " + SqliteEpochs.begin(dataFolder) + ".";
    }
}
