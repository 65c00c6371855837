package id.warung.log;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The queue of append requests, taken in turns: between two requests of one source every other waiting source has a
 * turn, and within a source every other author. The requests of an author keep their order. Not thread-safe.
 */
final class FairQueue {
    private static final int SHARED_GROUPS = 1_000;

    private static final class Source {
        private final String key;
        private final ArrayDeque<Author> turns = new ArrayDeque<>(2);
        private long group; // the group of its last turn, and how many it had there
        private int turnsInGroup;

        Source(String key) {
            this.key = key;
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
    private final ArrayDeque<Source> turns = new ArrayDeque<>();
    private long group;
    private String lastSource; // that had a turn
    private long sharedUntil; // the last group that counts as shared

    /** Starts a new group: turns count anew. */
    void beginGroup() {
        group++;
    }

    /** Whether every waiting source has had this many turns in this group, or all that it had. */
    boolean hasGiven(int turnsToEach) {
        Source source = turns.peek(); // the others have had at least as many
        return source != null && source.group == group && source.turnsInGroup >= turnsToEach;
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
            author = new Author(id, source(request.source() == null ? id : request.source()));
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

    private Source source(String key) {
        Source source = sources.get(key);
        if (source == null) {
            source = new Source(key);
            sources.put(key, source);
            turns.add(source);
        }
        return source;
    }

    /** Takes the request whose turn it is; null when none waits. */
    AppendRequest poll() {
        Source source = turns.poll();
        if (source == null) {
            return null;
        }
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
            turns.add(source);
        }
        return request;
    }
}
