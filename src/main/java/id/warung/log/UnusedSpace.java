package id.warung.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The space between the rows of the database's pages. SQLite overwrites what is deleted, but where it puts the rows of a page elsewhere it
 * may leave copies of them in the space that nobody uses then: see "B-tree Pages" in its description of the file format. They are overwritten
 * here, in the file itself. {@link #dirty} may be called by any thread, {@link #clear} by the writing one, while the write-ahead log is empty.
 *
 * <p>The file is closed after all connections are: a process that closes it gives up the locks that SQLite has on it.
 */
final class UnusedSpace implements Closeable {
    private static final long MOST_BYTES =
            64L * 1024 * 1024 * 1024; // beyond some 128 GiB other pages may begin as these do
    private static final int FIRST_PAGE_HEADER = 100;
    private static final int AUTO_VACUUM = 52; // where its header says whether it shrinks by itself; ours do not
    private static final int BYTES_AT_A_TIME = 1024 * 1024;
    private static final int LARGEST_PAGE = 64 * 1024;

    private final FileChannel file;

    private UnusedSpace(FileChannel file) {
        this.file = file;
    }

    /** That of a database. */
    static UnusedSpace of(Path database) throws IOException {
        return new UnusedSpace(FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** How large the file is. */
    long bytes() throws IOException {
        return file.size();
    }

    /** The numbers, from 0 on, of the pages in which something is left; none of a file that is too large to tell. */
    int[] dirty() throws IOException {
        int pageBytes = pageBytes();
        if (pageBytes == 0 || file.size() > MOST_BYTES) {
            return new int[0];
        }
        int[] dirty = new int[16];
        int count = 0;
        ByteBuffer some = ByteBuffer.allocate(Math.max(BYTES_AT_A_TIME, pageBytes));
        int page = 0;
        while (read(some, (long) page * pageBytes)) {
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
                file.write(ByteBuffer.allocate(end(one, 0, page == 0) - begin), at + begin);
            }
        }
        file.force(false);
    }

    /** Reads as much as there is room for; false at the end of the file. */
    private boolean read(ByteBuffer into, long at) throws IOException {
        into.clear();
        int count = 0;
        while (into.hasRemaining() && count >= 0) {
            count = file.read(into, at + into.position());
        }
        into.flip();
        return into.hasRemaining();
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
        if (begin == 0 || end > pageBytes || begin >= end) {
            return false;
        }
        for (int i = begin; i < end; i++) {
            if (pages.get(at + i) != 0) {
                return true;
            }
        }
        return false;
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
