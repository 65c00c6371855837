package id.warung.log.command;

import java.util.HashMap;
import java.util.Map;

/** How many users react to one message with which character, each counted up to {@link #MOST}. For one thread. */
public final class ReactionCounts {
    /** More than a group can take back, so that what was counted so far does not become 0. */
    public static final int MOST = 500;

    private final Map<String, Integer> counts;

    /** Copies the counts, none of which is 0. */
    public ReactionCounts(Map<String, Integer> counts) {
        this.counts = new HashMap<>(counts);
    }

    int kinds() {
        return counts.size();
    }

    int count(String emoji) {
        return counts.getOrDefault(emoji, 0);
    }

    void add(String emoji, boolean on) {
        counts.merge(emoji, on ? 1 : -1, (before, more) -> before + more == 0 ? null : Integer.valueOf(before + more));
    }
}
