package id.warung.log;

import java.time.Duration;

/**
 * The retention policy of a room: what it keeps of its log; the rest is trimmed.
 *
 * @param age older entries are trimmed; zero: none
 * @param entries the most entries it keeps; 0: all
 */
public record RetentionPolicy(Duration age, long entries) {
    public static final RetentionPolicy EVERYTHING = new RetentionPolicy(Duration.ZERO, 0);
}
