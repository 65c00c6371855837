package id.warung.room;

import id.warung.protocol.Reply;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How far the owner of an inbox has read in other rooms: in the {@value #MAX_MARKS} that they read last. {@link Presence} holds the lock.
 */
final class ReadMarks extends SoftState {
    private static final int MAX_MARKS = 200;

    private final String inbox;
    private final Map<String, Reply.Reads.Mark> marks = new LinkedHashMap<>(4); // by room, the latest last
    private final Set<String> goneBack = new HashSet<>(2); // rooms, since the latest snapshot
    private volatile List<Reply.Reads.Mark> presented = List.of();

    ReadMarks(String inbox, long publishedAt) {
        super(publishedAt);
        this.inbox = inbox;
    }

    /** Ignores what is known already, and what is older unless the user went back; a mark at 0 says that there is none any more. */
    void add(Reply.Reads.Mark latest) {
        Reply.Reads.Mark mark = latest;
        if (mark.back()) {
            goneBack.add(mark.room());
        } else if (mark.seq() > 0 && goneBack.contains(mark.room())) { // and on again: readers know neither
            mark = new Reply.Reads.Mark(mark.room(), mark.seq(), mark.n(), true);
        }
        Reply.Reads.Mark known = marks.get(mark.room());
        boolean late = known != null && known.seq() >= mark.seq() && mark.seq() > 0 && !mark.back();
        if (late || mark.equals(known)) {
            return;
        }
        marks.remove(mark.room());
        marks.put(mark.room(), mark);
        if (marks.size() > MAX_MARKS) {
            marks.remove(marks.keySet().iterator().next());
        }
        change();
    }

    @Override
    Reply present() {
        goneBack.clear();
        presented = List.copyOf(marks.values());
        return new Reply.Reads(inbox, presented);
    }

    /** The latest snapshot or a later one, for a reader for whom only some rooms exist. Any thread may call it. */
    Reply.Reads presentTo(Predicate<String> exists) {
        return new Reply.Reads(
                inbox,
                presented.stream().filter(mark -> exists.test(mark.room())).toList());
    }
}
