package id.warung.room;

import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.logging.LogContext;
import id.warung.pump.FatalErrors;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The part of a room's log that is older than its tail: whole blocks, read from the log when a cursor asks, and shared
 * by all readers at the same place. Keeps the {@value #MAX_PARTS} most recently used blocks as long as there is memory:
 * a block of long messages has megabytes, and the number of rooms is not limited. Thread-safe; never blocks its caller.
 */
final class Archive {
    private static final Logger LOG = System.getLogger(Archive.class.getName());
    private static final int MAX_PARTS = 4;

    /** A part of the log: the lowest seq that is still kept, and the block of entries from there; null when there are none. */
    record Part(long first, Block block) {
        private boolean serves(long seq) {
            return first > seq || (block != null && block.holds(seq));
        }
    }

    private final String room;
    private final MessageLog log;
    private final LongSupplier head;
    private final Executor blocking;
    private final Map<Long, Reference<Part>> parts = new LinkedHashMap<>(16, 0.75f, true);
    private volatile long discarded; // how often; changed under the lock
    // by block: each reader and the seq that it needs
    private final Map<Long, Map<Reader, Long>> waiting = new HashMap<>();

    /** {@code head} is the room's: the log may go on after it, and the room does not know yet who may read that. */
    Archive(String room, MessageLog log, LongSupplier head, Executor blocking) {
        this.room = room;
        this.log = log;
        this.head = head;
        this.blocking = blocking;
    }

    /** The part with this entry; or null, and the reader is woken when the part has been read. */
    synchronized Part part(long seq, Reader reader) {
        long number = Block.numberOf(seq);
        Reference<Part> kept = parts.get(number);
        Part part = kept == null ? null : kept.get();
        if (part != null && part.serves(seq)) {
            return part;
        }
        Map<Reader, Long> others = waiting.get(number);
        if (others != null) {
            others.put(reader, seq);
            return null;
        }
        waiting.put(number, new HashMap<>(Map.of(reader, seq)));
        blocking.execute(() -> read(number));
        return null;
    }

    /** Discards the entries before this seq, which were trimmed or erased, also those that are being read just now. */
    synchronized void discard(long before) {
        parts.keySet().removeIf(number -> number <= Block.numberOf(before - 1));
        discarded++;
    }

    private void read(long number) {
        Map<Reader, Long> waited = null;
        Part part = null;
        while (waited == null) { // once, unless an entry was erased meanwhile
            long before = discarded;
            part = readOnce(number);
            waited = kept(number, part, before);
        }
        Part made = part;
        waited.forEach((reader, seq) -> {
            if (made != null && made.serves(seq)) { // otherwise it would ask again at once, and for ever
                notifyReader(reader);
            }
        });
    }

    private Part readOnce(long number) {
        try {
            MessageLog.Page page = log.read(room, number * Block.ENTRIES, Block.ENTRIES);
            long known = head.getAsLong();
            List<Entry> ofBlock = page.entries().stream()
                    .filter(entry -> Block.numberOf(entry.seq()) == number && entry.seq() <= known)
                    .toList();
            return new Part(page.first(), ofBlock.isEmpty() ? null : Block.of(ofBlock));
        } catch (IOException | RuntimeException | Error e) {
            FatalErrors.report(e);
            LOG.log(
                    Logger.Level.ERROR,
                    LogContext.NONE.withRoom(room).line("A room could not be read"),
                    e); // the next wake tries again
            return null;
        }
    }

    /**
     * Wakes the reader on this thread: later, the blocks of other readers might have replaced its block, and no reader would make
     * progress.
     */
    private void notifyReader(Reader reader) {
        try {
            reader.drive();
        } catch (RuntimeException | Error e) {
            FatalErrors.report(e);
            LOG.log(Logger.Level.ERROR, reader.context().withRoom(room).line("A reader could not be notified"), e);
        }
    }

    /** Stores the part and returns the readers that wait for it; null when the part is out of date. */
    private synchronized Map<Reader, Long> kept(long number, Part part, long discardedBefore) {
        if (discarded != discardedBefore) {
            return null;
        }
        if (part != null) {
            parts.put(number, new SoftReference<>(part));
            if (parts.size() > MAX_PARTS) {
                parts.remove(parts.keySet().iterator().next());
            }
        }
        return waiting.remove(number);
    }
}
