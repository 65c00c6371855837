package id.warung.log;

import java.time.Duration;

/**
 * What a room keeps of its log; the rest is trimmed.
 *
 * @param age entries older than this go; zero: none do
 * @param entries how many are kept at most; 0: all
 */
public record Keep(Duration age, long entries) {
    public static final Keep EVERYTHING = new Keep(Duration.ZERO, 0);
}
