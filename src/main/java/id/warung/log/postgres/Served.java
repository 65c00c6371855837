package id.warung.log.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far this node has served each room: a log that ends earlier is not the same log, and has a new epoch. Thread-safe. */
final class Served {
    private static final int MAX_ROOMS = 100_000;

    private final Map<String, Long> heads = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_ROOMS;
        }
    };

    private final Schema schema;
    private final PostgresEpoch epoch;

    Served(Schema schema, PostgresEpoch epoch) {
        this.schema = schema;
        this.epoch = epoch;
    }

    /** How far rooms were served before something is read of them; 0: not at all. */
    record Before(String epoch, Map<String, Long> heads) {}

    /** Call it before the heads of these rooms are read. */
    synchronized Before before(Collection<String> rooms) {
        String now = epoch.current(); // first: a change of the epoch clears the heads
        Map<String, Long> before = new HashMap<>();
        rooms.forEach(room -> before.put(room, heads.getOrDefault(room, 0L)));
        return new Before(now, before);
    }

    /**
     * Compares a head that was read.
     *
     * @throws SQLTransientException when the room ends earlier: a new epoch has begun, and everything is to be read again
     */
    void check(Connection connection, String room, Before before, long head) throws SQLException {
        if (head < before.heads().get(room) && schema.logged()) {
            epoch.begin(connection, before.epoch());
            throw new SQLTransientException("The room was put back", PostgresFailure.AGAIN);
        }
        reaches(room, head);
    }

    synchronized void reaches(String room, long head) {
        if (head > 0) {
            heads.merge(room, head, Math::max);
        }
    }

    synchronized void forget(String room) {
        heads.remove(room);
    }

    /** In a new epoch. */
    synchronized void clear() {
        heads.clear();
    }
}
