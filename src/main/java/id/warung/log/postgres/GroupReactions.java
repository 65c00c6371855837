package id.warung.log.postgres;

import static id.warung.log.postgres.Pipeline.numbers;
import static id.warung.log.postgres.Pipeline.texts;

import id.warung.log.command.Needs;
import id.warung.log.command.Needs.Place;
import id.warung.log.command.Needs.Reaction;
import id.warung.log.command.ReactionCounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The reactions that a group needs to know. For one thread, and one group. */
final class GroupReactions {
    private static final String OF_ROOM = " WITH ORDINALITY AS k (room, seq, i) JOIN {s}.rooms r ON r.name = k.room";

    private final Map<Place, Map<String, Integer>> counts = new HashMap<>();
    private final Map<Place, List<Long>> entries = new HashMap<>();
    private final Set<Reaction> reacting = new HashSet<>();
    private final Set<Reaction> asked = new HashSet<>();

    /** Adds what reads them to a pipeline; false when there is nothing to read. */
    boolean read(Needs needs, Pipeline pipeline) {
        List<Place> counted = needs.reactions().stream()
                .filter(place -> counts.putIfAbsent(place, new HashMap<>()) == null)
                .toList();
        if (!counted.isEmpty()) {
            pipeline.query(
                    rows -> {
                        while (rows.next()) {
                            counts.get(counted.get(rows.getInt(1) - 1)).put(rows.getString(2), rows.getInt(3));
                        }
                    },
                    "SELECT k.i, c.emoji, c.count FROM unnest(?::text[], ?::bigint[])" + OF_ROOM
                            + PostgresReactions.COUNTS,
                    rooms(counted),
                    seqs(counted));
        }
        List<Reaction> some = needs.reacting().stream().filter(asked::add).toList();
        if (!some.isEmpty()) {
            pipeline.query(
                    rows -> {
                        while (rows.next()) {
                            reacting.add(some.get(rows.getInt(1) - 1));
                        }
                    },
                    "SELECT k.i FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[]) WITH ORDINALITY"
                            + " AS k (room, target, emoji, who, i) JOIN {s}.rooms r ON r.name = k.room"
                            + " JOIN {s}.reactions x ON x.room_id = r.id AND x.target = k.target AND x.emoji = k.emoji"
                            + " AND x.user_id = k.who",
                    texts(some, Reaction::room),
                    numbers(some, Reaction::target),
                    texts(some, Reaction::emoji),
                    texts(some, Reaction::userId));
        }
        return readEntries(needs, pipeline) || !counted.isEmpty() || !some.isEmpty();
    }

    private boolean readEntries(Needs needs, Pipeline pipeline) {
        List<Place> places = needs.reactionEntries().keySet().stream()
                .filter(place -> entries.putIfAbsent(place, new ArrayList<>()) == null)
                .toList();
        if (!places.isEmpty()) {
            pipeline.query(
                    rows -> {
                        while (rows.next()) {
                            entries.get(places.get(rows.getInt(1) - 1)).add(rows.getLong(2));
                        }
                    },
                    "SELECT k.i, x.seq FROM unnest(?::text[], ?::bigint[], ?::bigint[]) WITH ORDINALITY"
                            + " AS k (room, seq, most, i) JOIN {s}.rooms r ON r.name = k.room"
                            + " CROSS JOIN LATERAL (SELECT d.seq FROM {s}.reactions d"
                            + " WHERE d.room_id = r.id AND d.target = k.seq ORDER BY d.seq LIMIT k.most) x ORDER BY k.i, x.seq",
                    rooms(places),
                    seqs(places),
                    numbers(places, place -> (long) needs.reactionEntries().get(place)));
        }
        return !places.isEmpty();
    }

    private static Object rooms(Collection<Place> places) {
        return texts(places, Place::room);
    }

    private static Object seqs(Collection<Place> places) {
        return numbers(places, Place::seq);
    }

    ReactionCounts counts(String room, long target) {
        return new ReactionCounts(counts.getOrDefault(new Place(room, target), Map.of()));
    }

    boolean reacts(String room, long target, String emoji, String userId) {
        return reacting.contains(new Reaction(room, target, emoji, userId));
    }

    List<Long> entries(String room, long target) {
        return entries.getOrDefault(new Place(room, target), List.of());
    }
}
