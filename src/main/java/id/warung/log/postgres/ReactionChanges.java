package id.warung.log.postgres;

import static id.warung.log.postgres.Pipeline.numbers;
import static id.warung.log.postgres.Pipeline.texts;

import id.warung.protocol.React;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The reactions that a group adds, takes back and forgets. For one thread, and one group. */
final class ReactionChanges {
    private record Reacting(EntryKey message, String emoji, String userId) implements Comparable<Reacting> {
        private static final Comparator<Reacting> ORDER = Comparator.comparing(Reacting::message)
                .thenComparing(Reacting::emoji)
                .thenComparing(Reacting::userId);

        @Override
        public int compareTo(Reacting other) {
            return ORDER.compare(this, other);
        }
    }

    /** An entry of the group: {@code says} is null when it takes a reaction back, or was taken back. */
    private record Row(EntryKey message, long seq, Reacting says) {}

    private final TreeMap<EntryKey, Row> rows = new TreeMap<>(); // by entry
    private final Map<Reacting, Row> added = new HashMap<>();
    private final TreeSet<Reacting> takenBack = new TreeSet<>(); // of earlier groups
    private final TreeMap<EntryKey, Long> forgotten = new TreeMap<>(); // by message: those before a seq

    void react(long roomId, React react, String userId, long seq) {
        EntryKey message = new EntryKey(roomId, react.seq());
        Reacting its = new Reacting(message, react.emoji(), userId);
        Row row = new Row(message, seq, react.on() ? its : null);
        rows.put(new EntryKey(roomId, seq), row);
        if (react.on()) {
            added.put(its, row);
            return;
        }
        Row earlier = added.remove(its);
        if (earlier == null) {
            takenBack.add(its);
        } else {
            rows.put(new EntryKey(roomId, earlier.seq()), new Row(message, earlier.seq(), null));
        }
    }

    /** Those of the group are written first. */
    void delete(EntryKey message, long before) {
        forgotten.merge(message, before, Math::max);
    }

    /** Adds what writes everything to a pipeline. */
    void writeTo(Pipeline pipeline) {
        if (!takenBack.isEmpty()) {
            pipeline.run(
                    "UPDATE {s}.reactions d SET emoji = NULL, user_id = NULL"
                            + " FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[]) AS x (room_id, target, emoji, who)"
                            + " WHERE d.room_id = x.room_id AND d.target = x.target AND d.emoji = x.emoji AND d.user_id = x.who",
                    numbers(takenBack, its -> its.message().roomId()),
                    numbers(takenBack, its -> its.message().seq()),
                    texts(takenBack, Reacting::emoji),
                    texts(takenBack, Reacting::userId));
        }
        List<Row> all = new ArrayList<>(rows.values());
        if (!all.isEmpty()) {
            pipeline.run(
                    "INSERT INTO {s}.reactions (room_id, target, seq, emoji, user_id)"
                            + " SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])",
                    numbers(all, row -> row.message().roomId()),
                    numbers(all, row -> row.message().seq()),
                    numbers(all, Row::seq),
                    texts(all, row -> row.says() == null ? null : row.says().emoji()),
                    texts(all, row -> row.says() == null ? null : row.says().userId()));
        }
        if (!forgotten.isEmpty()) {
            pipeline.run(
                    "DELETE FROM {s}.reactions d USING unnest(?::bigint[], ?::bigint[], ?::bigint[])"
                            + " AS x (room_id, target, before)"
                            + " WHERE d.room_id = x.room_id AND d.target = x.target AND d.seq < x.before",
                    numbers(forgotten.keySet(), EntryKey::roomId),
                    numbers(forgotten.keySet(), EntryKey::seq),
                    numbers(forgotten.values()));
        }
    }
}
