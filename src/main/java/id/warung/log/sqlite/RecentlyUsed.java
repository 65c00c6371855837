package id.warung.log.sqlite;

import java.util.LinkedHashMap;
import java.util.Map;

/** The values that were used last, by their names: when there are more than so many, the one that was not used for longest goes. Not thread-safe. */
final class RecentlyUsed<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1;

    private final int most;

    RecentlyUsed(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
    }
}
