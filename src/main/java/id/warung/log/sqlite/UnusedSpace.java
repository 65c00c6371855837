package id.warung.log.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The space between the rows of the database's pages. SQLite overwrites what is deleted, but where it puts the rows of a page elsewhere it
 * may leave copies of them in the space that nobody uses then: see "B-tree Pages" in its description of the file format. They are overwritten
 * here, in the file itself. {@link #dirty} may be called by any thread, {@link #clear} by the writing one, while the write-ahead log is empty.
 *
 * <p>The file is closed after all connections are: a process that closes it gives up the locks that SQLite has on it.
 */
final class UnusedSpace implements Closeable {
    private static final long MOST_PAGES = 1 << 24; // beyond twice as many, other pages may begin as these do
    private static final int FIRST_PAGE_HEADER = 100;
    private static final int AUTO_VACUUM = 52; // where its header says whether it shrinks by itself; ours do not
    private static final int BYTES_AT_A_TIME = 1024 * 1024;
    private static final int LARGEST_PAGE = 64 * 1024;

    private final RandomAccessFile file; // no channel: an interrupted thread would close it

    private UnusedSpace(RandomAccessFile file) {
        this.file = file;
    }

    /** That of a database. */
    static UnusedSpace of(Path database) throws IOException {
        return new UnusedSpace(new RandomAccessFile(database.toFile(), "rw"));
    }

    /** How large the file is. */
    long bytes() throws IOException {
        return file.length();
    }

    /** The numbers, from 0 on, of the pages in which something is left; none of a file that is too large to tell. */
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
                break; // a page that a full disk has cut off
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

    /** Overwrites what is left in these pages, as they are now. */
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

    /** Reads as much as there is room for; false at the end of the file. */
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

    /** 0 while there is no database in the file, and of one in which other pages begin as these do: those that say what others are for. */
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

    /** Whether all rows, and what is free between them, lie where they should: else it is no such page, or damaged. */
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

    /** Where the unused space begins: behind the list of where the rows are; 0 in a page that has no rows. */
    private static int begin(ByteBuffer pages, int at, boolean first) {
        int header = first ? FIRST_PAGE_HEADER : 0;
        int rows = pages.getShort(at + header + 3) & 0xffff;
        return switch (pages.get(at + header)) {
            case 2, 5 -> header + 12 + 2 * rows; // within a tree
            case 10, 13 -> header + 8 + 2 * rows; // a leaf
            default -> 0;
        };
    }

    /** Where the first row begins. */
    private static int end(ByteBuffer pages, int at, boolean first) {
        int end = pages.getShort(at + (first ? FIRST_PAGE_HEADER : 0) + 5) & 0xffff;
        return end == 0 ? LARGEST_PAGE : end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
