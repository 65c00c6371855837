package id.warung.log.sqlite;

import java.util.LinkedHashMap;
import java.util.Map;

/** A cache of values by name: when it is full, the least recently used value is dropped. Not thread-safe. */
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
