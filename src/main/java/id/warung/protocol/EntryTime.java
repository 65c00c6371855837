package id.warung.protocol;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** The time of an entry as text, to the millisecond. Entries come many to a millisecond, so that the last text is kept. Thread-safe. */
final class EntryTime {
    private static final DateTimeFormatter AT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static volatile EntryTime last = new EntryTime(0);

    private final long millis;
    private final String text;

    private EntryTime(long millis) {
        this.millis = millis;
        this.text = AT.format(Instant.ofEpochMilli(millis));
    }

    /** The time in UTC, such as {@code 2026-11-23T19:31:35.007Z}. */
    static String text(Instant at) {
        long millis = at.toEpochMilli();
        EntryTime its = last;
        if (its.millis != millis) {
            its = new EntryTime(millis);
            last = its;
        }
        return its.text;
    }
}
