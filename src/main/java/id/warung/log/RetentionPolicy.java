package id.warung.log;

import java.time.Duration;

/**
 * The retention policy of a room: what it keeps of its log; the rest is trimmed.
 *
 * @param age older entries are trimmed; zero: none
 * @param messages the most messages it keeps, with what follows each of them; 0: all
 * @param entries the most entries it keeps, of whatever kind; 0: all
 */
public record RetentionPolicy(Duration age, long messages, long entries) {
    /** Any number of entries. */
    public RetentionPolicy(Duration age, long messages) {
        this(age, messages, 0);
    }

    public static final RetentionPolicy EVERYTHING = new RetentionPolicy(Duration.ZERO, 0);
}
