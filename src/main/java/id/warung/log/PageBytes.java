package id.warung.log;

import java.util.List;

/** The bytes of JSON that a page may have. The first thing in it always fits: else its reader would never get on. For one thread. */
public final class PageBytes {
    private final long maxBytes;
    private long bytes;
    private boolean any;

    /** An empty page, of so many bytes at most. */
    public PageBytes(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether so many bytes more fit; then they count. */
    public boolean takes(long more) {
        if (any && bytes + more > maxBytes) {
            return false;
        }
        any = true;
        bytes += more;
        return true;
    }

    /** How many bytes entries have. */
    public static long of(List<Entry> entries) {
        return entries.stream().mapToLong(entry -> entry.json().length).sum();
    }
}
