package id.warung.log;

import java.util.List;

/** Limits the bytes of JSON on a page. The first item always fits: otherwise its reader would make no progress. Not thread-safe. */
public final class PageBytes {
    private final long maxBytes;
    private long bytes;
    private boolean any;

    /** An empty page of at most this many bytes. */
    public PageBytes(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether this many more bytes fit; if so, they count. */
    public boolean takes(long more) {
        if (any && bytes + more > maxBytes) {
            return false;
        }
        any = true;
        bytes += more;
        return true;
    }

    /** The bytes of these entries. */
    public static long of(List<Entry> entries) {
        return entries.stream().mapToLong(entry -> entry.json().length).sum();
    }
}
