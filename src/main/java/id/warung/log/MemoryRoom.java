package id.warung.log;

import id.warung.protocol.EntryCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** The latest entries of one ephemeral room. Thread-safe: every method holds its lock, which a writer holds for a whole draft. */
final class MemoryRoom {
    record Key(String authorId, String id) {}

    final RoomRow row;
    final Map<String, Outcome.Noted> reads = new HashMap<>(); // by user
    final String epoch = "e-" + UUID.randomUUID().toString().substring(0, 8);
    private final EntryCodec codec;
    private final int maxEntries;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Key, Long> byId = new HashMap<>();
    private final Map<Long, String> bodiesOfErased = new HashMap<>();
    private final TreeMap<Long, List<Long>> edits = new TreeMap<>(); // by target
    private final Map<Long, Boolean> others = new HashMap<>(); // entries that are no messages: whether they were erased

    MemoryRoom(String name, EntryCodec codec, int maxEntries) {
        this.row = new RoomRow(name);
        this.codec = codec;
        this.maxEntries = maxEntries;
    }

    synchronized RoomState state() {
        return row.state(epoch);
    }

    synchronized MessageLog.Page read(long from, int limit, int maxBytes) {
        int start = index(from);
        int most = start + Math.min(limit, entries.size() - start);
        PageBytes bytes = new PageBytes(maxBytes);
        int end = start;
        while (end < most && bytes.takes(entries.get(end).json().length)) {
            end++;
        }
        MessageLog.Page page = page(start, end);
        while (PageBytes.of(page.amends()) > maxBytes && end - start > 1) {
            end = start + (end - start) / 2;
            page = page(start, end);
        }
        return page;
    }

    synchronized MessageLog.Page readBefore(long before, int limit, int maxBytes) {
        int end = index(before);
        int least = Math.max(end - limit, 0);
        PageBytes bytes = new PageBytes(maxBytes);
        int start = end;
        while (start > least && bytes.takes(entries.get(start - 1).json().length)) {
            start--;
        }
        MessageLog.Page page = page(start, end);
        while (PageBytes.of(page.amends()) > maxBytes && end - start > 1) {
            start = end - (end - start) / 2;
            page = page(start, end);
        }
        return page;
    }

    /** Looks at every message: there are not many, and none of them has an index. */
    synchronized MessageLog.Hits search(List<String> words, long before, int limit, int maxBytes) {
        PageBytes page = new PageBytes(maxBytes);
        List<MessageLog.Hit> hits = new ArrayList<>();
        SortedMap<Long, Entry> amends = new TreeMap<>(); // by what they amend
        boolean full = false;
        for (int i = index(before) - 1; i >= 0 && !full && hits.size() < limit && !words.isEmpty(); i--) {
            Entry entry = entries.get(i);
            if (isMessage(entry.seq()) && SearchText.hasAll(latestText(entry), words)) {
                MessageLog.Hit hit = new MessageLog.Hit(entry, around(i));
                Map<Long, Entry> itsAmends = new HashMap<>();
                Stream.concat(Stream.of(entry), hit.around().stream())
                        .map(Entry::seq)
                        .filter(seq -> !amends.containsKey(seq))
                        .forEach(seq -> latestEdit(seq, 0).ifPresent(edit -> itsAmends.put(seq, edit)));
                full = !page.takes(entry.json().length
                        + PageBytes.of(hit.around())
                        + PageBytes.of(List.copyOf(itsAmends.values())));
                if (!full) {
                    hits.add(hit);
                    amends.putAll(itsAmends);
                }
            }
        }
        return new MessageLog.Hits(position(), hits, List.copyOf(amends.values()), full || hits.size() == limit);
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

    private String latestText(Entry message) {
        return latestEdit(message.seq(), 0)
                .map(edit -> codec.read(edit.json()).get("text"))
                .orElseGet(() -> codec.textOf(message.json()));
    }

    private Optional<Entry> latestEdit(long target, long after) {
        List<Long> all = edits.getOrDefault(target, List.of());
        return all.isEmpty() || all.get(all.size() - 1) <= after
                ? Optional.empty()
                : Optional.of(entries.get(index(all.get(all.size() - 1))));
    }

    private MessageLog.Page page(int start, int end) {
        List<Entry> page = List.copyOf(entries.subList(start, end));
        List<Entry> amends = new ArrayList<>();
        if (!page.isEmpty()) {
            long last = page.get(page.size() - 1).seq();
            for (long target : edits.subMap(page.get(0).seq(), true, last, true).keySet()) {
                latestEdit(target, last).ifPresent(amends::add);
            }
            amends.sort(Comparator.comparingLong(Entry::seq));
        }
        return new MessageLog.Page(position(), row.first, page, amends);
    }

    private Position position() {
        return new Position(epoch, row.head);
    }

    private int index(long seq) {
        return (int) Math.max(0, Math.min(seq - row.first, entries.size()));
    }

    private boolean isMessage(long seq) {
        return !others.containsKey(seq);
    }

    boolean add(Entry entry, Key key, Store.Kind kind) {
        if (key != null && byId.putIfAbsent(key, entry.seq()) != null) {
            return false;
        }
        entries.add(entry);
        if (kind != Store.Kind.MESSAGE) {
            others.put(entry.seq(), false);
        }
        if (entries.size() > maxEntries + maxEntries / 4) {
            trim(entries.size() - maxEntries);
        }
        return true;
    }

    /** What the author asked for under this id, and where it is; null when he has not. */
    Map.Entry<Long, String> earlier(Key key) {
        Long seq = byId.get(key);
        if (seq == null) {
            return null;
        }
        String erased = bodiesOfErased.get(seq);
        return Map.entry(seq, erased != null ? erased : codec.bodyOf(get(seq).json()));
    }

    /** Null when it is not kept. */
    Entry get(long seq) {
        return seq < row.first || seq >= row.first + entries.size() ? null : entries.get(index(seq));
    }

    Store.Kind kind(long seq) {
        Boolean erased = others.get(seq);
        return erased == null ? Store.Kind.MESSAGE : erased ? Store.Kind.ERASED : Store.Kind.OTHER;
    }

    void amends(long target, long seq) {
        edits.computeIfAbsent(target, t -> new ArrayList<>()).add(seq);
    }

    List<Long> edits(long target) {
        return List.copyOf(edits.getOrDefault(target, List.of()));
    }

    void erase(long seq, byte[] json) {
        Entry entry = get(seq);
        bodiesOfErased.put(seq, codec.bodyOf(entry.json()));
        entries.set(index(seq), new Entry(seq, entry.authorId(), json));
        others.put(seq, true);
    }

    void forgetEdits(long target) {
        edits.remove(target);
    }

    private void trim(int count) {
        entries.subList(0, count).clear();
        row.first += count;
        byId.values().removeIf(seq -> seq < row.first);
        others.keySet().removeIf(seq -> seq < row.first);
        bodiesOfErased.keySet().removeIf(seq -> seq < row.first);
        edits.headMap(row.first).clear();
        edits.values().forEach(seqs -> seqs.removeIf(seq -> seq < row.first));
        edits.values().removeIf(List::isEmpty);
    }
}
