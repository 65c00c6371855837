package id.warung.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Records what senders posted and what they were promised; finds where a log differs from it. The fate of a post
 * without an answer is unknown: it may be there once, or not at all. Ids are unique among all senders. Thread-safe.
 */
final class Ledger {
    record Post(String room, String id, String text) {}

    private final Map<String, Post> sent;
    private final Map<String, Long> acked = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    Ledger() {
        this(new ConcurrentHashMap<>());
    }

    private Ledger(Map<String, Post> sent) {
        this.sent = sent;
    }

    void sent(Post post) {
        sent.put(post.id(), post);
    }

    /** Records an ack; a second one must be the same. */
    void acked(String id, long seq) {
        Long before = acked.putIfAbsent(id, seq);
        if (before != null && before != seq) {
            fault(id + " was acknowledged at " + before + " and at " + seq);
        }
    }

    /** A copy with the promises made so far. */
    Ledger untilNow() {
        Ledger now = new Ledger(sent);
        now.acked.putAll(acked);
        return now;
    }

    /** Drops all promises about the room: an older state was restored, or the room is in memory only. */
    void forget(String room) {
        acked.keySet().removeIf(id -> sent.get(id).room().equals(room));
    }

    void fault(String sentence) {
        faults.add(sentence);
    }

    int sentCount() {
        return sent.size();
    }

    int ackedCount() {
        return acked.size();
    }

    /** All differences between the logs of all rooms and what senders were promised, or what readers saw. */
    List<String> faults(Map<String, RoomLog> logs, List<Reading> readings) {
        List<String> all = new ArrayList<>(faults);
        Map<String, Seen> kept = new HashMap<>();
        for (RoomLog log : logs.values()) {
            all.addAll(faultsOf(log, kept));
        }
        acked.forEach((id, seq) -> {
            RoomLog log = logs.get(sent.get(id).room());
            Seen there = log == null ? null : log.at(seq);
            boolean trimmed = log != null && seq < log.first();
            if (!trimmed && (there == null || !id.equals(there.id()))) {
                all.add("LOST: " + id + " was acknowledged at " + seq + ", there is " + there);
            }
        });
        for (Reading reading : readings) {
            all.addAll(reading.faults(logs));
        }
        return all;
    }

    private List<String> faultsOf(RoomLog log, Map<String, Seen> kept) {
        List<String> found = new ArrayList<>();
        long expected = log.first();
        for (Seen entry : log.entries()) {
            if (entry.seq() != expected++) {
                found.add("HOLE: " + log.room() + " has " + entry + " where " + (expected - 1) + " belongs");
            }
            Post post = sent.get(entry.id());
            if (post == null || !post.room().equals(log.room()) || post.text().hashCode() != entry.textHash()) {
                found.add("FOREIGN: " + log.room() + " has " + entry + ", which nobody posted");
            }
            if (kept.put(entry.id(), entry) != null) {
                found.add("DOUBLED: " + log.room() + " has " + entry + " once more");
            }
        }
        return found;
    }
}
