package id.warung.log;

import java.util.UUID;

/** A position in a room's log: the epoch names the log, seq the last entry that the reader has. */
public record Position(String epoch, long seq) {
    /** A name for a log that no log has had. Thread-safe. */
    public static String newEpoch() {
        return "e-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
