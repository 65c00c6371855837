package id.warung.log;

import java.time.Duration;

/**
 * The retention policy of a room: what it keeps of its log; the rest is trimmed.
 *
 * @param age older entries are trimmed; zero: none
 * @param messages the most messages it keeps, with what follows each of them, see {@link #mostEntries}; 0: all
 * @param entries the most entries it keeps, of whatever kind; 0: all
 */
public record RetentionPolicy(Duration age, long messages, long entries) {
    /** Any number of entries. */
    public RetentionPolicy(Duration age, long messages) {
        this(age, messages, 0);
    }

    public static final RetentionPolicy EVERYTHING = new RetentionPolicy(Duration.ZERO, 0);

    /** Where the number of messages is limited, so many entries may be there for each, on average, and so many more for a few. */
    private static final long FOR_EACH_MESSAGE = 20;

    private static final long MORE = 100_000;

    /**
     * The most entries that are kept, whatever they are: who reacts again and again, and takes it back, pushes nothing out for hours, but makes
     * no log grow without end. {@link Long#MAX_VALUE}: any number.
     */
    public long mostEntries() {
        long byMessages = messages == 0 || messages >= Long.MAX_VALUE / FOR_EACH_MESSAGE - MORE
                ? Long.MAX_VALUE
                : messages * FOR_EACH_MESSAGE + MORE;
        return entries == 0 ? byMessages : Math.min(entries, byMessages);
    }
}
