package id.warung.log.postgres;

import static id.warung.log.postgres.Pipeline.numbers;
import static id.warung.log.postgres.Pipeline.texts;

import id.warung.protocol.RoomName;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the members of rooms together with their rows. Static, stateless. */
final class RoomReader {
    private RoomReader() {}

    /**
     * Adds what reads the members of these rooms, where another version of the room is known, to a pipeline that reads their rows before;
     * both in one transaction.
     *
     * @param found the rows, which are there when the pipeline has run so far
     * @param to receives each row with its members
     */
    static void withMembers(
            Collection<String> names, List<RoomRow> found, MemberCache cache, Pipeline pipeline, Consumer<RoomRow> to) {
        List<String> asked =
                names.stream().filter(name -> !RoomName.isInbox(name)).toList();
        List<Long> versions = asked.stream().map(cache::version).toList();
        Map<String, Long> known = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            known.put(asked.get(i), versions.get(i));
        }
        Map<Long, List<String>> members = new HashMap<>();
        pipeline.query(
                rows -> {
                    while (rows.next()) {
                        members.computeIfAbsent(rows.getLong(1), id -> new ArrayList<>())
                                .add(rows.getString(2));
                    }
                    for (RoomRow row : found) {
                        RoomRow with = cache.withMembers(
                                row, known.getOrDefault(row.name(), -1L), members.getOrDefault(row.id(), List.of()));
                        if (with == null) {
                            throw new SQLTransientException("Members were forgotten meanwhile", PostgresFailure.AGAIN);
                        }
                        to.accept(with);
                    }
                },
                "SELECT m.room_id, m.user_id FROM unnest(?::text[], ?::bigint[]) AS k (name, version)"
                        + " JOIN {s}.rooms r ON r.name = k.name AND r.access = 'members' AND r.version <> k.version"
                        + " JOIN {s}.members m ON m.room_id = r.id",
                texts(asked),
                numbers(versions));
    }
}
