package id.warung.log;

import id.warung.log.memory.MemoryLog;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A log that fails when the test says so, and records the groups that it was asked to write. */
public class ScriptedLog implements MessageLog {
    private final EntryCodec codec = new EntryCodec();
    /** Runs before a group is written; may throw anything. */
    @FunctionalInterface
    public interface BeforeAppend {
        void before(List<AppendRequest> group) throws IOException;
    }

    /** Runs before a page is read; may throw. */
    @FunctionalInterface
    public interface BeforeRead {
        void before(String room, long after) throws IOException;
    }

    private final MessageLog written;
    private final List<List<String>> groups = new ArrayList<>();
    private BeforeAppend beforeAppend = group -> {};
    private BeforeRead beforeRead = (room, after) -> {};
    private final List<String> closed = new ArrayList<>();
    private int reads;
    private Trimmed trimmed = (room, first) -> {};

    public ScriptedLog() {
        this(1_000_000);
    }

    public ScriptedLog(int maxEntriesPerRoom) {
        this.written = new MemoryLog(
                codec,
                Clock.systemUTC(),
                maxEntriesPerRoom,
                Long.MAX_VALUE,
                (room, first) -> trimmed.trimmed(room, first));
    }

    /** Wraps a log that keeps what is written. */
    public ScriptedLog(MessageLog written) {
        this.written = written;
    }

    public ScriptedLog beforeAppend(BeforeAppend script) {
        beforeAppend = script;
        return this;
    }

    public ScriptedLog beforeRead(BeforeRead script) {
        beforeRead = script;
        return this;
    }

    /** Sets the listener for trimmed entries. */
    public ScriptedLog tellTrimmed(Trimmed listener) {
        trimmed = listener;
        return this;
    }

    /** The texts of each group that it was asked to write, whether it did or not. */
    public List<List<String>> groups() {
        return groups;
    }

    /** How many pages were requested. */
    public int reads() {
        return reads;
    }

    /** The rooms that were reported as closed. */
    public List<String> closed() {
        return closed;
    }

    public String epoch(String room) {
        try {
            return written.state(room).head().epoch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All texts of a room, in order. */
    public List<String> texts(String room) {
        try {
            return written.read(room, 0, 1_000_000).entries().stream()
                    .map(entry -> codec.textOf(entry.json()))
                    .filter(text -> text != null)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All kept seqs of a room. */
    public List<String> seqs(String room) {
        try {
            return written.read(room, 0, 1_000_000).entries().stream()
                    .map(entry -> Long.toString(entry.seq()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<AppendResult> append(List<AppendRequest> requests) throws IOException {
        groups.add(requests.stream().map(request -> request.command().body()).toList());
        beforeAppend.before(requests);
        return written.append(requests);
    }

    @Override
    public Page read(String room, long after, int limit, int maxBytes) throws IOException {
        reads++;
        beforeRead.before(room, after);
        return written.read(room, after, limit, maxBytes);
    }

    @Override
    public Page readAfter(PageRequest page, long after) throws IOException {
        reads++;
        beforeRead.before(page.room(), after);
        return written.readAfter(page, after);
    }

    @Override
    public Page readBefore(PageRequest page, long before) throws IOException {
        return written.readBefore(page, before);
    }

    @Override
    public Hits search(PageRequest page, String query, long before) throws IOException {
        return written.search(page, query, before);
    }

    /** Fails as an append would. */
    @Override
    public void check() throws IOException {
        beforeAppend.before(List.of());
    }

    @Override
    public void roomClosed(String room) {
        closed.add(room);
    }

    @Override
    public RoomState state(String room) throws IOException {
        beforeRead.before(room, -1);
        return written.state(room);
    }

    @Override
    public RoomState peek(String room) throws IOException {
        return written.peek(room);
    }

    @Override
    public void close() throws IOException {
        written.close();
    }
}
