package id.warung.log.memory;

import id.warung.log.AppendResult;
import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.MessageLog.PageRequest;
import id.warung.log.PageBytes;
import id.warung.log.Position;
import id.warung.log.RetentionPolicy;
import id.warung.log.RoomState;
import id.warung.log.SearchText;
import id.warung.log.command.EditAt;
import id.warung.log.command.EntryKind;
import id.warung.log.command.RequestKey;
import id.warung.log.command.StoredEntry;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Reactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The latest entries of one ephemeral room. Thread-safe: every method holds its lock; a writer holds the lock for a
 * whole request, a search for a moment at a time.
 */
final class MemoryRoom {
    private static final int SEARCHED_AT_A_TIME = 100;
    private static final int MORE_BYTES = 280; // of an entry in addition to its own, in the maps

    private final Map<String, AppendResult.ReadMarked> marks = new HashMap<>(); // by user
    private final String epoch = Position.newEpoch();
    private final EntryCodec codec;
    private final int maxEntries;
    private final LongConsumer spending;
    private RoomState state;
    private long first = 1;
    private long bytes;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<RequestKey, RequestKey.Executed> executed = new HashMap<>();
    private final TreeMap<Long, List<Long>> edits = new TreeMap<>(); // by target
    private final Map<Long, EntryKind> others = new HashMap<>(); // entries that are not messages, or were erased
    private final MemoryReactions reactions = new MemoryReactions();

    /** Reports to {@code spending} by how many bytes it has grown. */
    MemoryRoom(String name, EntryCodec codec, int maxEntries, LongConsumer spending) {
        this.state = RoomState.initial(name, epoch);
        this.codec = codec;
        this.maxEntries = maxEntries;
        this.spending = spending;
    }

    String name() {
        return state().room();
    }

    synchronized RoomState state() {
        return state;
    }

    /** The lowest seq that is kept. */
    synchronized long first() {
        return first;
    }

    synchronized MessageLog.Page readAfter(PageRequest asked, long after) {
        List<Entry> some = new ArrayList<>();
        PageBytes bytes = new PageBytes(asked.maxBytes());
        for (int i = index(after + 1); i < entries.size() && some.size() < asked.limit(); i++) {
            if (!bytes.takes(entries.get(i).json().length)) {
                break;
            }
            some.add(entries.get(i));
        }
        return page(asked, some, false);
    }

    synchronized MessageLog.Page readBefore(PageRequest asked, long before) {
        List<Entry> some = new ArrayList<>();
        PageBytes bytes = new PageBytes(asked.maxBytes());
        int end = index(before);
        int least = Math.max(0, end - MessageLog.SKIPPED_REACTIONS);
        for (int i = end - 1; i >= least && some.size() < asked.limit(); i--) {
            Entry entry = entries.get(i);
            if (i > least && kind(entry.seq()) == EntryKind.REACTED) {
                continue;
            }
            if (!bytes.takes(entry.json().length)) {
                break;
            }
            some.add(0, entry);
        }
        return page(asked, some, true);
    }

    /** Leaves out some of these entries until their edits and the reactions to them fit; if backwards, the first of them. */
    private MessageLog.Page page(PageRequest asked, List<Entry> some, boolean backwards) {
        MessageLog.Page page = page(asked, some);
        int size = some.size();
        while (size > 1 && page.besideBytes() > asked.maxBytes()) {
            size /= 2;
            int from = backwards ? some.size() - size : 0;
            page = page(asked, some.subList(from, from + size));
        }
        return page;
    }

    /** Searches message by message, as there is no index, until there are enough or the time is over. Folds without the lock. */
    MessageLog.Hits search(PageRequest asked, List<String> words, long before, long untilNanos) {
        int limit = asked.limit();
        List<Long> found = new ArrayList<>();
        long next = before;
        boolean late = false;
        List<Spoken> some = words.isEmpty() ? List.of() : spokenBefore(next);
        while (!some.isEmpty() && !late && found.size() < limit) {
            for (Spoken spoken : some) {
                late = System.nanoTime() - untilNanos >= 0;
                if (late || found.size() == limit) {
                    break;
                }
                if (SearchText.hasAll(codec.header(spoken.text().json()).text(), words)) {
                    found.add(spoken.seq());
                }
                next = spoken.seq();
            }
            some = spokenBefore(next);
        }
        return hits(asked, found, late);
    }

    /** A message, and the entry that has its text: itself, or its last edit. */
    private record Spoken(long seq, Entry text) {}

    private synchronized List<Spoken> spokenBefore(long before) {
        List<Spoken> some = new ArrayList<>();
        for (int i = index(before) - 1; i >= 0 && some.size() < SEARCHED_AT_A_TIME; i--) {
            Entry entry = entries.get(i);
            if (isMessage(entry.seq())) {
                some.add(new Spoken(entry.seq(), latestEdit(entry.seq(), 0).orElse(entry)));
            }
        }
        return some;
    }

    private synchronized MessageLog.Hits hits(PageRequest asked, List<Long> found, boolean incomplete) {
        PageBytes page = new PageBytes(asked.maxBytes());
        boolean more = found.size() == asked.limit();
        List<MessageLog.Hit> hits = new ArrayList<>();
        SortedMap<Long, Entry> amendments = new TreeMap<>(); // by what they amend
        SortedMap<Long, Reactions> reacted = new TreeMap<>();
        for (long seq : found) {
            if (get(seq) == null || !isMessage(seq)) {
                continue; // it has been deleted meanwhile
            }
            MessageLog.Hit hit = new MessageLog.Hit(get(seq), around(index(seq)));
            Map<Long, Entry> itsAmendments = new HashMap<>();
            Map<Long, Reactions> itsReactions = new HashMap<>();
            Stream.concat(Stream.of(hit.entry()), hit.around().stream())
                    .map(Entry::seq)
                    .filter(shown -> !amendments.containsKey(shown))
                    .forEach(shown -> {
                        latestEdit(shown, 0).ifPresent(edit -> itsAmendments.put(shown, edit));
                        reactions
                                .of(state.room(), shown, shown, asked.userId())
                                .forEach(its -> itsReactions.put(shown, its));
                    });
            if (!page.takes(hit.entry().json().length
                    + PageBytes.of(hit.around())
                    + PageBytes.of(List.copyOf(itsAmendments.values()))
                    + itsReactions.values().stream()
                            .mapToLong(Reactions::weightBytes)
                            .sum())) {
                more = true;
                break;
            }
            hits.add(hit);
            amendments.putAll(itsAmendments);
            reacted.putAll(itsReactions);
        }
        return new MessageLog.Hits(
                state, hits, List.copyOf(amendments.values()), List.copyOf(reacted.values()), more, incomplete);
    }

    private List<Entry> around(int index) {
        List<Entry> around = new ArrayList<>(2);
        for (int step : new int[] {-1, 1}) {
            int i = index + step;
            while (i >= 0 && i < entries.size() && !isMessage(entries.get(i).seq())) {
                i += step;
            }
            if (i >= 0 && i < entries.size()) {
                around.add(entries.get(i));
            }
        }
        return around;
    }

    private Optional<Entry> latestEdit(long target, long after) {
        List<Long> all = edits.getOrDefault(target, List.of());
        return all.isEmpty() || all.get(all.size() - 1) <= after
                ? Optional.empty()
                : Optional.of(entries.get(index(all.get(all.size() - 1))));
    }

    private MessageLog.Page page(PageRequest asked, List<Entry> some) {
        List<Entry> amendments = new ArrayList<>();
        List<Reactions> reacted = List.of();
        if (!some.isEmpty()) {
            long from = some.get(0).seq();
            long last = some.get(some.size() - 1).seq();
            for (long target : edits.subMap(from, true, last, true).keySet()) {
                latestEdit(target, last).ifPresent(amendments::add);
            }
            amendments.sort(Comparator.comparingLong(Entry::seq));
            reacted = reactions.of(state.room(), from, last, asked.userId());
        }
        return new MessageLog.Page(state, first, List.copyOf(some), amendments, reacted);
    }

    private int index(long seq) {
        return (int) Math.max(0, Math.min(seq - first, entries.size()));
    }

    private boolean isMessage(long seq) {
        return !others.containsKey(seq);
    }

    synchronized void add(RoomState after, Entry entry, EntryKind kind, RequestKey requestKey, byte[] hash) {
        state = after;
        if (requestKey != null) {
            executed.put(requestKey, new RequestKey.Executed(entry.seq(), hash));
        }
        entries.add(entry);
        spend(entry.weightBytes() + MORE_BYTES);
        if (kind != EntryKind.MESSAGE) {
            others.put(entry.seq(), kind);
        }
        if (entries.size() > maxEntries + maxEntries / 4) {
            trim(entries.size() - maxEntries);
        }
    }

    /** Replaces the room's state. */
    synchronized void stands(RoomState now) {
        state = now;
    }

    synchronized AppendResult.ReadMarked mark(String userId) {
        return marks.get(userId);
    }

    /** Stores a read mark; null forgets it. */
    synchronized void mark(String userId, AppendResult.ReadMarked mark) {
        if (mark == null) {
            marks.remove(userId);
        } else {
            marks.put(userId, mark);
        }
    }

    /** The earlier execution of the request; null when there is none whose entry is still kept. */
    synchronized RequestKey.Executed findByRequest(RequestKey requestKey) {
        return executed.get(requestKey);
    }

    /** Null when it is not kept. */
    synchronized StoredEntry kept(long seq) {
        Entry entry = get(seq);
        return entry == null ? null : new StoredEntry(seq, kind(seq), entry.authorId(), entry.json());
    }

    private Entry get(long seq) {
        return seq < first || seq >= first + entries.size() ? null : entries.get(index(seq));
    }

    private EntryKind kind(long seq) {
        return others.getOrDefault(seq, EntryKind.MESSAGE);
    }

    synchronized void amendments(long target, long seq) {
        edits.computeIfAbsent(target, t -> new ArrayList<>()).add(seq);
    }

    synchronized List<EditAt> edits(long target) {
        return edits.getOrDefault(target, List.of()).stream()
                .map(seq -> new EditAt(seq, get(seq).json().length))
                .toList();
    }

    /** Reads or changes its reactions. */
    synchronized <T> T reactions(Function<MemoryReactions, T> what) {
        return what.apply(reactions);
    }

    synchronized void erase(long seq, byte[] json) {
        Entry entry = get(seq);
        if (entry == null) {
            return; // it was dropped to make space for the entry that erases it
        }
        Entry erased = new Entry(seq, entry.authorId(), json);
        entries.set(index(seq), erased);
        spend(erased.weightBytes() - entry.weightBytes());
        others.put(seq, kind(seq).erased());
    }

    synchronized void deleteEdits(long target, long before) {
        List<Long> seqs = edits.getOrDefault(target, new ArrayList<>());
        seqs.removeIf(seq -> seq < before);
        if (seqs.isEmpty()) {
            edits.remove(target);
        }
    }

    /** Roughly the memory that it takes. */
    synchronized long bytes() {
        return bytes;
    }

    private void spend(long more) {
        bytes += more;
        spending.accept(more);
    }

    /** Empties the room, which has no readers any more. */
    synchronized void close() {
        trim(entries.size());
    }

    /** Drops the oldest entries until there are at most this many bytes, or one entry; returns whether any was dropped. */
    synchronized boolean trimTo(long maxBytes) {
        int count = 0;
        for (long left = bytes; left > maxBytes && count < entries.size() - 1; count++) {
            left -= entries.get(count).weightBytes() + MORE_BYTES;
        }
        trim(count);
        return count > 0;
    }

    /** Drops what the policy does not keep; returns the first seq that is kept. */
    synchronized long trim(RetentionPolicy policy, Instant now) {
        int before = Math.max(
                policy.messages() == 0 ? 0 : beforeLatest(policy.messages()),
                policy.age().isZero() ? 0 : olderThan(now.minus(policy.age())));
        trim((int) Math.max(before, entries.size() - policy.mostEntries()));
        return first;
    }

    /** How many entries are before the latest {@code count} messages. */
    private int beforeLatest(long count) {
        long left = count;
        for (int i = entries.size() - 1; i > 0; i--) {
            EntryKind kind = kind(entries.get(i).seq());
            if ((kind == EntryKind.MESSAGE || kind == EntryKind.ERASED) && --left == 0) {
                return i;
            }
        }
        return 0;
    }

    /** How many entries from the oldest on are older. The age of an erased entry is unknown, so it is dropped with the entry after it. */
    private int olderThan(Instant since) {
        for (int i = 0, older = 0; i < entries.size(); i++) {
            String at = codec.header(entries.get(i).json()).at();
            if (at != null && !Instant.parse(at).isBefore(since)) {
                return older;
            }
            older = at == null ? older : i + 1;
        }
        return entries.size();
    }

    private void trim(int count) {
        if (count == 0) {
            return;
        }
        List<Entry> gone = entries.subList(0, count);
        spend(-gone.stream()
                .mapToLong(entry -> entry.weightBytes() + MORE_BYTES)
                .sum());
        gone.clear();
        first += count;
        executed.values().removeIf(its -> its.seq() < first);
        others.keySet().removeIf(seq -> seq < first);
        edits.headMap(first).clear();
        reactions.trim(first);
        edits.values().forEach(seqs -> seqs.removeIf(seq -> seq < first));
        edits.values().removeIf(List::isEmpty);
    }
}
