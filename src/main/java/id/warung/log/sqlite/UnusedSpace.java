package id.warung.log.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The unused space between the rows of the database's pages. SQLite overwrites deleted data, but when it moves rows within a page it may
 * leave copies of them in space that is then unused: see "B-tree Pages" in its file format. This class overwrites such copies, in the
 * file itself. Any thread may call {@link #dirty}; {@link #clear} is for the writing thread, while the write-ahead log is empty.
 *
 * <p>The file is closed after all connections: a process that closes it releases the locks that SQLite has on it.
 */
final class UnusedSpace implements Closeable {
    // with more than twice as many, other kinds of pages may start like these
    private static final long MOST_PAGES = 1 << 24;
    private static final int FIRST_PAGE_HEADER = 100;
    private static final int AUTO_VACUUM = 52; // the header's field for automatic shrinking, which our files do not use
    private static final int BYTES_AT_A_TIME = 1024 * 1024;
    private static final int LARGEST_PAGE = 64 * 1024;

    private final RandomAccessFile file; // not a channel, which an interrupted thread would close

    private UnusedSpace(RandomAccessFile file) {
        this.file = file;
    }

    /** The unused space of a database. */
    static UnusedSpace of(Path database) throws IOException {
        return new UnusedSpace(new RandomAccessFile(database.toFile(), "rw"));
    }

    /** The size of the file. */
    long bytes() throws IOException {
        return file.length();
    }

    /** The numbers, from 0, of pages with remains; none for a file that is too large to tell. */
    int[] dirty() throws IOException {
        int pageBytes = pageBytes();
        if (pageBytes == 0 || bytes() / pageBytes > MOST_PAGES) {
            return new int[0];
        }
        int[] dirty = new int[16];
        int count = 0;
        ByteBuffer some = ByteBuffer.allocate(Math.max(BYTES_AT_A_TIME, pageBytes));
        int page = 0;
        while (read(some, (long) page * pageBytes)) {
            if (some.remaining() < pageBytes) {
                break; // a page truncated by a full disk
            }
            while (some.remaining() >= pageBytes) {
                if (isDirty(some, some.position(), page == 0, pageBytes)) {
                    if (count == dirty.length) {
                        dirty = Arrays.copyOf(dirty, 2 * count);
                    }
                    dirty[count++] = page;
                }
                some.position(some.position() + pageBytes);
                page++;
            }
        }
        return Arrays.copyOf(dirty, count);
    }

    /** Overwrites the remains in these pages, as they are now. */
    void clear(int... pages) throws IOException {
        int pageBytes = pageBytes();
        ByteBuffer one = ByteBuffer.allocate(pageBytes);
        for (int page : pages) {
            long at = (long) page * pageBytes;
            if (read(one, at) && one.remaining() == pageBytes && isDirty(one, 0, page == 0, pageBytes)) {
                int begin = begin(one, 0, page == 0);
                write(new byte[end(one, 0, page == 0) - begin], at + begin);
            }
        }
        file.getFD().sync();
    }

    /** Fills the buffer; false at the end of the file. */
    private synchronized boolean read(ByteBuffer into, long at) throws IOException {
        into.clear();
        file.seek(at);
        int count = 0;
        while (into.hasRemaining() && count >= 0) {
            count = file.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
            into.position(into.position() + Math.max(0, count));
        }
        into.flip();
        return into.hasRemaining();
    }

    private synchronized void write(byte[] bytes, long at) throws IOException {
        file.seek(at);
        file.write(bytes);
    }

    /**
     * The page size; 0 while the file has no database, or one in which other kinds of pages (those that map pages) may start like these.
     */
    private int pageBytes() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(FIRST_PAGE_HEADER);
        if (!read(header, 0) || header.remaining() < FIRST_PAGE_HEADER || header.getInt(AUTO_VACUUM) != 0) {
            return 0;
        }
        int bytes = header.getShort(16) & 0xffff;
        return bytes == 1 ? LARGEST_PAGE : bytes;
    }

    private static boolean isDirty(ByteBuffer pages, int at, boolean first, int pageBytes) {
        int begin = begin(pages, at, first);
        int end = end(pages, at, first);
        if (begin == 0 || end > pageBytes || begin >= end || !isSound(pages, at, first, begin, end, pageBytes)) {
            return false;
        }
        for (int i = begin; i < end; i++) {
            if (pages.get(at + i) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether all rows and free blocks are at valid places: otherwise it is another kind of page, or damaged. */
    private static boolean isSound(ByteBuffer pages, int at, boolean first, int begin, int end, int pageBytes) {
        int header = at + (first ? FIRST_PAGE_HEADER : 0);
        int free = pages.getShort(header + 1) & 0xffff;
        if (free != 0 && free < end) {
            return false;
        }
        int rows = pages.getShort(header + 3) & 0xffff;
        for (int row = at + begin - 2 * rows; row < at + begin; row += 2) {
            int where = pages.getShort(row) & 0xffff;
            if (where < end || where >= pageBytes) {
                return false;
            }
        }
        return true;
    }

    /** Where the unused space starts: after the list of the rows' places; 0 in a page without rows. */
    private static int begin(ByteBuffer pages, int at, boolean first) {
        int header = first ? FIRST_PAGE_HEADER : 0;
        int rows = pages.getShort(at + header + 3) & 0xffff;
        return switch (pages.get(at + header)) {
            case 2, 5 -> header + 12 + 2 * rows; // an interior page of a tree
            case 10, 13 -> header + 8 + 2 * rows; // a leaf
            default -> 0;
        };
    }

    /** Where the first row starts. */
    private static int end(ByteBuffer pages, int at, boolean first) {
        int end = pages.getShort(at + (first ? FIRST_PAGE_HEADER : 0) + 5) & 0xffff;
        return end == 0 ? LARGEST_PAGE : end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
