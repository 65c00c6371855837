package id.warung.log.postgres;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Names of rooms that are known to have a row, so that none is made in vain. Thread-safe. */
final class KnownRooms {
    private static final int MAX_ROOMS = 100_000;

    private final Set<String> names = Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_ROOMS;
        }
    });

    synchronized boolean contains(String name) {
        return names.contains(name);
    }

    synchronized void add(String name) {
        names.add(name);
    }

    synchronized void remove(String name) {
        names.remove(name);
    }
}
