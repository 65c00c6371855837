package id.warung.room;

import id.warung.log.Entry;
import id.warung.protocol.JsonArray;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Up to {@value #ENTRIES} consecutive entries, and the frames made of them. The end of a frame depends on the room, not
 * on the reader: it is at the head or at an edge (after {@value #ENTRIES} entries or {@value #EDGE_BYTES} bytes), so
 * that readers from different places soon ask for the same frames. Frames that nobody sends are garbage-collected. One
 * thread adds, any thread reads.
 */
final class Block {
    static final int ENTRIES = 256;
    private static final int EDGE_BYTES = 64 * 1024;

    private final long number;
    private final Entry[] entries = new Entry[ENTRIES];
    private final boolean[] edgeBehind = new boolean[ENTRIES];
    private final AtomicReferenceArray<Reference<Frame>> frames = new AtomicReferenceArray<>(ENTRIES);
    private volatile AtomicReferenceArray<Reference<Frame>> plainFrames; // created by the first plain-text reader
    private int bytesSinceEdge;
    private int weightBytes;
    private volatile long head; // publishes what was added up to this seq

    private Block(long number) {
        this.number = number;
        this.head = firstSeq() - 1;
    }

    static long numberOf(long seq) {
        return (seq - 1) / ENTRIES;
    }

    static Block startingWith(Entry entry) {
        Block block = new Block(numberOf(entry.seq()));
        block.add(entry);
        return block;
    }

    /** A block of these entries, in order; at least one. */
    static Block of(List<Entry> entries) {
        Block block = startingWith(entries.get(0));
        entries.subList(1, entries.size()).forEach(block::add);
        return block;
    }

    void add(Entry entry) {
        int slot = slot(entry.seq());
        entries[slot] = entry;
        bytesSinceEdge += entry.json().length;
        weightBytes += entry.weightBytes();
        if (bytesSinceEdge >= EDGE_BYTES || slot == ENTRIES - 1) {
            edgeBehind[slot] = true;
            bytesSinceEdge = 0;
        }
        head = entry.seq();
    }

    long number() {
        return number;
    }

    /** Roughly the memory that its entries take. For the adding thread. */
    int weightBytes() {
        return weightBytes;
    }

    /** A block with the entries after the last edge, at least the last entry. For the adding thread. */
    Block sinceEdge() {
        int slot = slot(head);
        while (slot > 0 && entries[slot - 1] != null && !edgeBehind[slot - 1]) {
            slot--;
        }
        Block since = startingWith(entries[slot]);
        for (slot++; slot <= slot(head); slot++) {
            since.add(entries[slot]);
        }
        return since;
    }

    /** The block without the entries before a seq; itself if there are none, null if nothing remains. For the adding thread. */
    Block from(long first) {
        if (head < first) {
            return null;
        }
        if (first <= firstSeq() || Arrays.stream(entries, 0, slot(first)).allMatch(Objects::isNull)) {
            return this;
        }
        Block from = new Block(number);
        for (int slot = slot(first); slot <= slot(head); slot++) {
            from.entries[slot] = entries[slot];
            from.edgeBehind[slot] = edgeBehind[slot];
            from.weightBytes += entries[slot] == null ? 0 : entries[slot].weightBytes();
        }
        from.bytesSinceEdge = bytesSinceEdge;
        from.head = head;
        return from;
    }

    /** Whether the block can serve a reader whose next entry is this one. */
    boolean holds(long seq) {
        return numberOf(seq) == number && seq <= head && entries[slot(seq)] != null;
    }

    /** The frame from {@code next} to the head or the next edge. Only for a seq that it {@linkplain #holds holds}. */
    Frame frame(long next) {
        int slot = slot(next);
        long last = cutPoint(next);
        Frame frame = made(frames, slot);
        if (frame == null || frame.last() < last) {
            frame = build(next, last);
        }
        return frame;
    }

    /** The same for one reader alone, who gets each entry in a form of their own. */
    Frame frameOf(long next, UnaryOperator<byte[]> form) {
        long last = cutPoint(next);
        return Frame.ofEntries(last, events(next, last, form));
    }

    /**
     * The entry as plain text, one message per frame. Null when it is not a message, or when {@code readerId} wrote it.
     *
     * @param textOf returns a message's text, otherwise null
     */
    Frame plainFrame(long next, String readerId, Function<Entry, String> textOf) {
        int slot = slot(next);
        Entry entry = entries[slot];
        if (entry.authorId().equals(readerId)) {
            return null;
        }
        AtomicReferenceArray<Reference<Frame>> all = plainFrames();
        Frame frame = made(all, slot);
        if (frame == null) {
            String text = textOf.apply(entry);
            frame = text == null ? null : Frame.ofPlainText(next, text);
            all.set(slot, new WeakReference<>(frame));
        }
        return frame;
    }

    private AtomicReferenceArray<Reference<Frame>> plainFrames() {
        AtomicReferenceArray<Reference<Frame>> all = plainFrames;
        if (all == null) {
            all = new AtomicReferenceArray<>(ENTRIES);
            plainFrames = all; // of two simultaneous readers, one makes a frame in vain
        }
        return all;
    }

    private static Frame made(AtomicReferenceArray<Reference<Frame>> frames, int slot) {
        Reference<Frame> frame = frames.get(slot);
        return frame == null ? null : frame.get();
    }

    private long cutPoint(long next) {
        long last = head;
        for (long seq = next; seq < last; seq++) {
            if (edgeBehind[slot(seq)] || entries[slot(seq + 1)] == null) {
                return seq; // missing entries are read from the log
            }
        }
        return last;
    }

    /** Synchronized, so that simultaneous readers do not each build the frame. */
    private synchronized Frame build(long next, long last) {
        Frame made = made(frames, slot(next));
        if (made != null && made.last() >= last) {
            return made;
        }
        made = Frame.ofEntries(last, events(next, last, UnaryOperator.identity()));
        frames.set(slot(next), new WeakReference<>(made));
        return made;
    }

    private byte[] events(long next, long last, UnaryOperator<byte[]> form) {
        List<byte[]> events = new ArrayList<>((int) (last - next + 1));
        for (long seq = next; seq <= last; seq++) {
            events.add(form.apply(entries[slot(seq)].json()));
        }
        return JsonArray.of(events);
    }

    private long firstSeq() {
        return number * ENTRIES + 1;
    }

    private static int slot(long seq) {
        return (int) ((seq - 1) % ENTRIES);
    }
}
