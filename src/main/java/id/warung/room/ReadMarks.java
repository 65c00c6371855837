package id.warung.room;

import id.warung.protocol.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the owner of an inbox has read in other rooms: in the {@value #MAX_MARKS} that they read last. {@link Presence} holds the lock.
 */
final class ReadMarks extends SoftState {
    private static final int MAX_MARKS = 200;

    private final String inbox;
    private final Map<String, Reply.Reads.Mark> marks = new LinkedHashMap<>(4); // by room, the latest last

    ReadMarks(String inbox, long publishedAt) {
        super(publishedAt);
        this.inbox = inbox;
    }

    void add(Reply.Reads.Mark mark) {
        marks.remove(mark.room());
        marks.put(mark.room(), mark);
        if (marks.size() > MAX_MARKS) {
            marks.remove(marks.keySet().iterator().next());
        }
        change();
    }

    @Override
    Reply present() {
        return new Reply.Reads(inbox, List.copyOf(marks.values()));
    }
}
