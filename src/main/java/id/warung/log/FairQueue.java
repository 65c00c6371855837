package id.warung.log;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The queue of append requests, taken in turns: those of known users and those of guests alternate. Among the sources of each kind, every
 * other waiting source has a turn between two requests of one, and within a source every other author. So all guests together,
 * from however many addresses, take every second turn at most while known users wait. The requests of an author keep their order. Not
 * thread-safe.
 */
final class FairQueue {
    private static final int SHARED_GROUPS = 1_000;

    private static final class Source {
        private final String key;
        private final boolean ofGuests;
        private final ArrayDeque<Author> turns = new ArrayDeque<>(2);
        private long group; // the group of its last turn, and how many it had there
        private int turnsInGroup;

        Source(String key, boolean ofGuests) {
            this.key = key;
            this.ofGuests = ofGuests;
        }
    }

    private static final class Author {
        private final String id;
        private final Source source;
        private final ArrayDeque<AppendRequest> requests = new ArrayDeque<>(2);

        Author(String id, Source source) {
            this.id = id;
            this.source = source;
        }
    }

    // only those with waiting requests
    private final Map<String, Source> sources = new HashMap<>();
    private final Map<String, Author> authors = new HashMap<>();
    private final ArrayDeque<Source> known = new ArrayDeque<>();
    private final ArrayDeque<Source> guests = new ArrayDeque<>();
    private boolean guestsAreNext;
    private long group;
    private String lastSource; // that had a turn
    private long sharedUntil; // the last group that counts as shared

    /** Whether no request waits. */
    boolean isEmpty() {
        return authors.isEmpty();
    }

    /** Starts a new group: turns count anew. */
    void beginGroup() {
        group++;
    }

    /** Whether another source had a turn in one of the last {@value #SHARED_GROUPS} groups. */
    boolean isShared() {
        return group <= sharedUntil;
    }

    /** Adds a request after its author's others, whatever source those came from. */
    void add(AppendRequest request) {
        String id = request.author().id();
        Author author = authors.get(id);
        if (author == null) {
            boolean guest = request.author().isGuest();
            author = new Author(id, source(request.source() == null ? id : request.source(), guest));
            authors.put(id, author);
            author.source.turns.add(author);
        }
        author.requests.add(request);
    }

    /** Puts back a request that was taken and is unfinished, before its author's later ones. */
    void putBack(AppendRequest request) {
        Author author = authors.get(request.author().id());
        if (author == null) {
            add(request);
        } else {
            author.requests.addFirst(request);
        }
    }

    /** The guests and the known users of an address are two sources. */
    private Source source(String address, boolean ofGuests) {
        String key = ofGuests ? address : " " + address;
        Source source = sources.get(key);
        if (source == null) {
            source = new Source(key, ofGuests);
            sources.put(key, source);
            line(ofGuests).add(source);
        }
        return source;
    }

    private ArrayDeque<Source> line(boolean ofGuests) {
        return ofGuests ? guests : known;
    }

    /** Takes the request whose turn it is; null when none waits, or every waiting source has had this many turns in this group. */
    AppendRequest poll(int turnsToEach) {
        Source source = next(line(guestsAreNext), turnsToEach);
        if (source == null) {
            source = next(line(!guestsAreNext), turnsToEach);
        }
        if (source == null) {
            return null;
        }
        guestsAreNext = !source.ofGuests;
        if (lastSource != null && !lastSource.equals(source.key)) {
            sharedUntil = group + SHARED_GROUPS;
        }
        lastSource = source.key;
        source.turnsInGroup = source.group == group ? source.turnsInGroup + 1 : 1;
        source.group = group;
        Author author = source.turns.poll();
        AppendRequest request = author.requests.poll();
        if (author.requests.isEmpty()) {
            authors.remove(author.id);
        } else {
            source.turns.add(author);
        }
        if (source.turns.isEmpty()) {
            sources.remove(source.key);
        } else {
            line(source.ofGuests).add(source);
        }
        return request;
    }

    /** The others in the line have had at least as many turns as the first. */
    private Source next(ArrayDeque<Source> line, int turnsToEach) {
        Source first = line.peek();
        boolean mayTake = first != null && (first.group != group || first.turnsInGroup < turnsToEach);
        return mayTake ? line.poll() : null;
    }
}
