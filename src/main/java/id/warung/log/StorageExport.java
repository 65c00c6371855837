package id.warung.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** All that a storage keeps, table by table, for another storage that takes its place. For one thread; every method blocks. */
public interface StorageExport extends Closeable {
    /** Receives a row: for each column null, a Long, a String, or bytes. */
    interface Row {
        void take(Object... values) throws IOException;
    }

    /** Passes all rows of a table, in any order. */
    void each(String table, List<String> columns, Row row) throws IOException;

    /** The epoch of its logs. */
    String epoch();

    /** The key that signs guests' tokens; null when there is none yet. */
    byte[] signingKey() throws IOException;

    /** Gives the log away: the storage stays as it is, and begins a new epoch when it is opened again. */
    void giveAway() throws IOException;
}
