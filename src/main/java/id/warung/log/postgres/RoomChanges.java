package id.warung.log.postgres;

import static id.warung.log.postgres.Pipeline.flags;
import static id.warung.log.postgres.Pipeline.numbers;
import static id.warung.log.postgres.Pipeline.texts;

import id.warung.protocol.Folding;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of rooms that a group changes, and who becomes a member, or ceases to be one. For one thread, and one group. */
final class RoomChanges {
    private final Map<String, RoomRow> rooms = new TreeMap<>();
    private final TreeMap<RoomUser, Boolean> members = new TreeMap<>(); // true: they have come in

    /** The row as it will be; null when it stays as it is. */
    RoomRow row(String name) {
        return rooms.get(name);
    }

    void put(RoomRow row) {
        rooms.put(row.name(), row);
    }

    void enter(RoomUser who) {
        members.put(who, true);
    }

    void leave(RoomUser who) {
        members.put(who, false);
    }

    boolean isEmpty() {
        return rooms.isEmpty();
    }

    /** The rooms that change, as they will be. */
    Collection<RoomRow> all() {
        return rooms.values();
    }

    void writeMembers(Pipeline pipeline) {
        for (boolean in : new boolean[] {false, true}) {
            List<RoomUser> some = members.entrySet().stream()
                    .filter(member -> member.getValue() == in)
                    .map(Map.Entry::getKey)
                    .toList();
            if (!some.isEmpty()) {
                pipeline.run(
                        in
                                ? "INSERT INTO {s}.members (user_id, room_id) SELECT * FROM unnest(?::text[], ?::bigint[])"
                                        + " ON CONFLICT DO NOTHING"
                                : "DELETE FROM {s}.members m USING unnest(?::text[], ?::bigint[]) AS x (who, room_id)"
                                        + " WHERE m.room_id = x.room_id AND m.user_id = x.who",
                        texts(some, RoomUser::userId),
                        numbers(some, RoomUser::roomId));
            }
        }
    }

    /**
     * Adds what writes the rows to a pipeline; those that the group has made, and in which nothing has become of it, are taken back.
     *
     * @param created the ids of the rows that the group has made, by name
     * @param now in milliseconds
     */
    void writeRooms(Pipeline pipeline, Map<String, Long> created, long now) {
        if (!rooms.isEmpty()) {
            Collection<RoomRow> all = rooms.values();
            pipeline.run(
                    "UPDATE {s}.rooms r SET head = x.head, n = x.n, at_ms = CASE WHEN r.head < x.head THEN ? ELSE r.at_ms END,"
                            + " access = x.access, topic = x.topic, title = x.title, folded = x.folded, calls = x.calls, archived = x.archived, owner = x.owner, moderators = x.moderators, buried = x.buried,"
                            + " version = x.version FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],"
                            + " ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[], ?::boolean[], ?::bigint[])"
                            + " AS x (id, head, n, access, topic, title, folded, calls, archived, owner, moderators, buried, version) WHERE r.id = x.id",
                    now,
                    numbers(all, RoomRow::id),
                    numbers(all, RoomRow::head),
                    numbers(all, row -> row.state().n()),
                    texts(all, row -> row.state().access().wire()),
                    texts(all, row -> row.state().topic()),
                    texts(
                            all,
                            row -> row.state().title().isEmpty()
                                    ? null
                                    : row.state().title()),
                    texts(all, row -> Folding.of(row.state().label())),
                    texts(all, row -> row.state().calls().wire()),
                    flags(all, row -> row.state().archived()),
                    texts(all, row -> row.state().owner()),
                    texts(all, row -> String.join(" ", row.state().moderators())),
                    flags(all, RoomRow::hasTombstones),
                    numbers(all, RoomRow::version));
        }
        List<Long> empty = created.entrySet().stream()
                .filter(made -> !rooms.containsKey(made.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        if (!empty.isEmpty()) {
            pipeline.run("DELETE FROM {s}.rooms WHERE id = ANY (?)", numbers(empty));
        }
    }
}
