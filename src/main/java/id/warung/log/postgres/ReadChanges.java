package id.warung.log.postgres;

import static id.warung.log.postgres.Pipeline.flags;
import static id.warung.log.postgres.Pipeline.numbers;
import static id.warung.log.postgres.Pipeline.texts;

import id.warung.log.AppendResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** How far users have read, and which mentions they have not read, as a group changes it. For one thread, and one group. */
final class ReadChanges {
    private record UpTo(long seq, int most) {}

    private final TreeMap<RoomUser, List<Long>> mentions = new TreeMap<>();
    private final TreeMap<RoomUser, UpTo> forgottenMentions = new TreeMap<>();
    private final TreeMap<RoomUser, AppendResult.ReadMarked> marks = new TreeMap<>(); // null: forgotten
    private final TreeMap<EntryKey, String> calls = new TreeMap<>(); // of all users of a room; with their authors
    private final TreeMap<RoomUser, Boolean> stars = new TreeMap<>();
    private final Map<String, Long> inboxVersions = new HashMap<>(); // of the owners of marks

    void mention(RoomUser who, long seq) {
        mentions.computeIfAbsent(who, key -> new ArrayList<>()).add(seq);
    }

    void deleteMentions(RoomUser who, long upTo, int most) {
        mentions.computeIfPresent(who, (of, seqs) -> {
            seqs.removeIf(seq -> seq <= upTo);
            return seqs;
        });
        forgottenMentions.merge(
                who,
                new UpTo(upTo, most),
                (a, b) -> new UpTo(Math.max(a.seq(), b.seq()), Math.max(a.most(), b.most())));
    }

    void callAll(EntryKey entry, String authorId) {
        calls.put(entry, authorId);
    }

    void star(RoomUser who, boolean on) {
        stars.put(who, on);
    }

    /** Nobody is mentioned or called any more by an entry of this group. */
    void erase(EntryKey entry) {
        calls.remove(entry);
        mentions.forEach((who, seqs) -> {
            if (who.roomId() == entry.roomId()) {
                seqs.remove(entry.seq());
            }
        });
    }

    /** How far the user has read; null: that is forgotten. */
    void mark(RoomUser who, AppendResult.ReadMarked mark) {
        marks.put(who, mark);
    }

    /** The version that a user's inbox will have, by which other nodes find the marks. */
    void inboxVersion(String userId, long version) {
        inboxVersions.put(userId, version);
    }

    boolean isEmpty() {
        return marks.isEmpty() && forgottenMentions.isEmpty();
    }

    /** Adds what writes everything to a pipeline; also forgets who is mentioned or called by erased entries. */
    void writeTo(Pipeline pipeline, Set<EntryKey> erased) {
        writeMentions(pipeline, erased);
        writeCalls(pipeline, erased);
        writeStars(pipeline);
        writeMarks(pipeline);
    }

    private void writeMentions(Pipeline pipeline, Set<EntryKey> erased) {
        if (!forgottenMentions.isEmpty() || !erased.isEmpty()) {
            // one by whoever holds their user's inbox, the other by whoever holds their room: both lock in one order
            pipeline.run(
                    "DELETE FROM {s}.mentions WHERE ctid = ANY (ARRAY (SELECT m.ctid FROM ("
                            + "SELECT y.user_id, y.room_id, y.seq FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[])"
                            + " AS x (who, room_id, up_to, most) CROSS JOIN LATERAL (SELECT * FROM {s}.mentions z"
                            + " WHERE z.user_id = x.who AND z.room_id = x.room_id AND z.seq <= x.up_to ORDER BY z.seq"
                            + " LIMIT x.most) y"
                            + " UNION SELECT z.user_id, z.room_id, z.seq FROM unnest(?::bigint[], ?::bigint[]) AS x (room_id, seq)"
                            + " JOIN {s}.mentions z ON z.room_id = x.room_id AND z.seq = x.seq) gone"
                            + " JOIN {s}.mentions m ON m.user_id = gone.user_id AND m.room_id = gone.room_id AND m.seq = gone.seq"
                            + " ORDER BY m.user_id, m.room_id, m.seq FOR UPDATE OF m))",
                    texts(forgottenMentions.keySet(), RoomUser::userId),
                    numbers(forgottenMentions.keySet(), RoomUser::roomId),
                    numbers(forgottenMentions.values(), UpTo::seq),
                    numbers(forgottenMentions.values(), upTo -> (long) upTo.most()),
                    numbers(erased, EntryKey::roomId),
                    numbers(erased, EntryKey::seq));
        }
        List<RoomUser> who = new ArrayList<>();
        List<Long> seqs = new ArrayList<>();
        mentions.forEach((user, its) -> its.forEach(seq -> {
            who.add(user);
            seqs.add(seq);
        }));
        if (!who.isEmpty()) {
            pipeline.run(
                    "INSERT INTO {s}.mentions (user_id, room_id, seq) SELECT * FROM unnest(?::text[], ?::bigint[], ?::bigint[])",
                    texts(who, RoomUser::userId),
                    numbers(who, RoomUser::roomId),
                    numbers(seqs));
        }
    }

    private void writeCalls(Pipeline pipeline, Set<EntryKey> erased) {
        if (!erased.isEmpty()) {
            pipeline.run(
                    "DELETE FROM {s}.room_calls c USING unnest(?::bigint[], ?::bigint[]) AS x (room_id, seq)"
                            + " WHERE c.room_id = x.room_id AND c.seq = x.seq",
                    numbers(erased, EntryKey::roomId),
                    numbers(erased, EntryKey::seq));
        }
        if (!calls.isEmpty()) {
            pipeline.run(
                    "INSERT INTO {s}.room_calls (room_id, seq, author)"
                            + " SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::text[])",
                    numbers(calls.keySet(), EntryKey::roomId),
                    numbers(calls.keySet(), EntryKey::seq),
                    texts(calls.values(), author -> author));
        }
    }

    private void writeStars(Pipeline pipeline) {
        for (boolean on : new boolean[] {false, true}) {
            List<RoomUser> some = stars.entrySet().stream()
                    .filter(star -> star.getValue() == on)
                    .map(Map.Entry::getKey)
                    .toList();
            if (!some.isEmpty()) {
                pipeline.run(
                        on
                                ? "INSERT INTO {s}.stars (user_id, room_id) SELECT * FROM unnest(?::text[], ?::bigint[])"
                                        + " ON CONFLICT DO NOTHING"
                                : "DELETE FROM {s}.stars t USING unnest(?::text[], ?::bigint[]) AS x (who, room_id)"
                                        + " WHERE t.room_id = x.room_id AND t.user_id = x.who",
                        texts(some, RoomUser::userId),
                        numbers(some, RoomUser::roomId));
            }
        }
    }

    private void writeMarks(Pipeline pipeline) {
        List<RoomUser> forgotten = marks.entrySet().stream()
                .filter(mark -> mark.getValue() == null)
                .map(Map.Entry::getKey)
                .toList();
        if (!forgotten.isEmpty()) {
            pipeline.run(
                    "DELETE FROM {s}.reads d USING unnest(?::text[], ?::bigint[]) AS x (who, room_id)"
                            + " WHERE d.user_id = x.who AND d.room_id = x.room_id",
                    texts(forgotten, RoomUser::userId),
                    numbers(forgotten, RoomUser::roomId));
            pipeline.run(
                    "INSERT INTO {s}.forgotten_reads (user_id, room_id, version)"
                            + " SELECT * FROM unnest(?::text[], ?::bigint[], ?::bigint[])"
                            + " ON CONFLICT (user_id, room_id) DO UPDATE SET version = excluded.version",
                    texts(forgotten, RoomUser::userId),
                    numbers(forgotten, RoomUser::roomId),
                    versions(forgotten));
        }
        List<RoomUser> who =
                marks.keySet().stream().filter(key -> marks.get(key) != null).toList();
        if (!who.isEmpty()) {
            List<AppendResult.ReadMarked> its =
                    marks.values().stream().filter(Objects::nonNull).toList();
            pipeline.run(
                    "INSERT INTO {s}.reads (user_id, room_id, seq, n, back, version)"
                            + " SELECT * FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::boolean[], ?::bigint[])"
                            + " ON CONFLICT (user_id, room_id)"
                            + " DO UPDATE SET seq = excluded.seq, n = excluded.n, back = excluded.back, version = excluded.version",
                    texts(who, RoomUser::userId),
                    numbers(who, RoomUser::roomId),
                    numbers(its, AppendResult.ReadMarked::seq),
                    numbers(its, AppendResult.ReadMarked::n),
                    flags(its, AppendResult.ReadMarked::back),
                    versions(who));
        }
    }

    /** Of their inboxes. */
    private Object versions(List<RoomUser> who) {
        return numbers(who, user -> inboxVersions.getOrDefault(user.userId(), 0L));
    }
}
