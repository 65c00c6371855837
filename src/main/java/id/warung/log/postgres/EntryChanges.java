package id.warung.log.postgres;

import static id.warung.log.postgres.Pipeline.bytes;
import static id.warung.log.postgres.Pipeline.numbers;
import static id.warung.log.postgres.Pipeline.texts;

import id.warung.log.Entry;
import id.warung.log.command.EntryKind;
import id.warung.log.command.RequestKey;
import id.warung.log.command.StoredEntry;
import id.warung.protocol.EntryCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The entries that a group appends and erases, and which of them edit which. For one thread, and one group. */
final class EntryChanges {
    @SuppressWarnings("ArrayRecordComponent") // never compared, never modified
    private record NewEntry(long atMillis, EntryKind kind, String author, String postId, byte[] hash, byte[] json) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared, never modified
    private record Erased(EntryKind kind, byte[] json, byte[] hash) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared, never modified
    private record Tombstone(String author, String postId, long seq, byte[] hash) {}

    private final EntryCodec codec;
    private final TreeMap<EntryKey, NewEntry> entries = new TreeMap<>();
    private final TreeMap<EntryKey, Erased> erased = new TreeMap<>();
    private final Map<EntryKey, Tombstone> tombstones = new TreeMap<>();
    private final TreeMap<EntryKey, List<Long>> edits = new TreeMap<>(); // by target
    private final TreeMap<EntryKey, Long> forgottenEdits = new TreeMap<>(); // by target: those before a seq

    EntryChanges(EntryCodec codec) {
        this.codec = codec;
    }

    void append(long roomId, Entry entry, EntryKind kind, Instant at, RequestKey requestKey, byte[] hash) {
        entries.put(
                new EntryKey(roomId, entry.seq()),
                new NewEntry(
                        at.toEpochMilli(),
                        kind,
                        entry.authorId(),
                        requestKey == null ? null : requestKey.id(),
                        hash,
                        entry.json()));
    }

    void addAmendment(EntryKey target, long seq) {
        edits.computeIfAbsent(target, place -> new ArrayList<>()).add(seq);
    }

    void deleteEdits(EntryKey target, long before) {
        edits.computeIfPresent(target, (of, seqs) -> {
            seqs.removeIf(seq -> seq < before);
            return seqs;
        });
        forgottenEdits.merge(target, before, Math::max);
    }

    void erase(long roomId, StoredEntry entry, byte[] json) {
        EntryKey place = new EntryKey(roomId, entry.seq());
        EntryKind kind = entry.kind().erased();
        NewEntry ofGroup = entries.get(place);
        if (ofGroup != null) {
            entries.put(place, new NewEntry(ofGroup.atMillis(), kind, ofGroup.author(), null, null, json));
            if (ofGroup.postId() != null) {
                tombstones.put(place, new Tombstone(ofGroup.author(), ofGroup.postId(), entry.seq(), ofGroup.hash()));
            }
        } else {
            erased.put(place, new Erased(kind, json, RequestKey.hashOfBody(codec.bodyOf(entry.json()))));
        }
    }

    /** The entries of earlier groups that are erased. */
    Set<EntryKey> erased() {
        return erased.keySet();
    }

    /** The last entry that the group appends in each room. */
    List<EntryKey> last() {
        Map<Long, EntryKey> last = new TreeMap<>();
        entries.keySet().forEach(key -> last.put(key.roomId(), key));
        return List.copyOf(last.values());
    }

    /**
     * Adds what writes everything to a pipeline.
     *
     * @param attempt marks the entries of this group
     * @param now in milliseconds
     */
    void writeTo(Pipeline pipeline, long attempt, long now) {
        writeEntries(pipeline, attempt);
        writeErased(pipeline, now);
        writeEdits(pipeline);
    }

    private void writeEntries(Pipeline pipeline, long attempt) {
        if (entries.isEmpty()) {
            return;
        }
        Collection<NewEntry> all = entries.values();
        pipeline.run(
                "INSERT INTO {s}.entries (room_id, seq, at_ms, internal_id, kind, author, post_id, request_hash, json)"
                        + " SELECT x.room_id, x.seq, x.at_ms, ?, x.kind, x.author, x.post_id, x.request_hash, x.json"
                        + " FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bytea[],"
                        + " ?::bytea[]) AS x (room_id, seq, at_ms, kind, author, post_id, request_hash, json)",
                attempt,
                numbers(entries.keySet(), EntryKey::roomId),
                numbers(entries.keySet(), EntryKey::seq),
                numbers(all, NewEntry::atMillis),
                numbers(all, entry -> (long) entry.kind().code()),
                texts(all, NewEntry::author),
                texts(all, NewEntry::postId),
                bytes(all, NewEntry::hash),
                bytes(all, NewEntry::json));
    }

    /** The first execution of a request counts, also if its entry is gone. */
    private void writeErased(Pipeline pipeline, long now) {
        if (!tombstones.isEmpty()) {
            Collection<Tombstone> all = tombstones.values();
            pipeline.run(
                    "INSERT INTO {s}.tombstones (room_id, author, post_id, seq, at_ms, text_hash)"
                            + " SELECT x.room_id, x.author, x.post_id, x.seq, ?, x.hash FROM unnest(?::bigint[], ?::text[],"
                            + " ?::text[], ?::bigint[], ?::bytea[]) AS x (room_id, author, post_id, seq, hash)"
                            + " ON CONFLICT DO NOTHING",
                    now,
                    numbers(tombstones.keySet(), EntryKey::roomId),
                    texts(all, Tombstone::author),
                    texts(all, Tombstone::postId),
                    numbers(all, Tombstone::seq),
                    bytes(all, Tombstone::hash));
        }
        if (!erased.isEmpty()) {
            Collection<Erased> all = erased.values();
            Object roomIds = numbers(erased.keySet(), EntryKey::roomId);
            Object seqs = numbers(erased.keySet(), EntryKey::seq);
            pipeline.run(
                    "INSERT INTO {s}.tombstones (room_id, author, post_id, seq, at_ms, text_hash)"
                            + " SELECT e.room_id, e.author, e.post_id, e.seq, ?, coalesce(e.request_hash, x.hash)"
                            + " FROM unnest(?::bigint[], ?::bigint[], ?::bytea[]) AS x (room_id, seq, hash)"
                            + " JOIN {s}.entries e ON e.room_id = x.room_id AND e.seq = x.seq AND e.post_id IS NOT NULL"
                            + " ON CONFLICT DO NOTHING",
                    now,
                    roomIds,
                    seqs,
                    bytes(all, Erased::hash));
            pipeline.run(PostgresErasure.RECORD_THESE, roomIds, seqs);
            pipeline.run(
                    "UPDATE {s}.entries e SET json = x.json, kind = x.kind, post_id = NULL, request_hash = NULL"
                            + " FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[]) AS x (room_id, seq, kind, json)"
                            + " WHERE e.room_id = x.room_id AND e.seq = x.seq",
                    roomIds,
                    seqs,
                    numbers(all, its -> (long) its.kind().code()),
                    bytes(all, Erased::json));
            pipeline.run(
                    "DELETE FROM {s}.search w USING unnest(?::bigint[], ?::bigint[]) AS x (room_id, seq)"
                            + " WHERE w.room_id = x.room_id AND w.seq = x.seq",
                    roomIds,
                    seqs);
        }
    }

    private void writeEdits(Pipeline pipeline) {
        if (!forgottenEdits.isEmpty()) {
            pipeline.run(
                    "DELETE FROM {s}.edits d USING unnest(?::bigint[], ?::bigint[], ?::bigint[])"
                            + " AS x (room_id, target, before)"
                            + " WHERE d.room_id = x.room_id AND d.target = x.target AND d.seq < x.before",
                    numbers(forgottenEdits.keySet(), EntryKey::roomId),
                    numbers(forgottenEdits.keySet(), EntryKey::seq),
                    numbers(forgottenEdits.values()));
        }
        List<EntryKey> targets = new ArrayList<>();
        List<Long> seqs = new ArrayList<>();
        edits.forEach((target, its) -> its.forEach(seq -> {
            targets.add(target);
            seqs.add(seq);
        }));
        if (!targets.isEmpty()) {
            pipeline.run(
                    "INSERT INTO {s}.edits (room_id, target, seq) SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[])",
                    numbers(targets, EntryKey::roomId),
                    numbers(targets, EntryKey::seq),
                    numbers(seqs));
        }
    }
}
