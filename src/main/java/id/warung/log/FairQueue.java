package id.warung.log;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Drafts that wait to be written, handed out in turns: between two drafts of one source every other source that waits has a turn, and
 * within a source every other author. An author's drafts keep their order. Not thread-safe.
 */
final class FairQueue {
    private static final int SHARED_GROUPS = 1_000;

    private static final class Source {
        private final String key;
        private final ArrayDeque<Author> turns = new ArrayDeque<>(2);
        private long group; // in which it had its last turn, and how many there
        private int turnsInGroup;

        Source(String key) {
            this.key = key;
        }
    }

    private static final class Author {
        private final String id;
        private final Source source;
        private final ArrayDeque<Draft> drafts = new ArrayDeque<>(2);

        Author(String id, Source source) {
            this.id = id;
            this.source = source;
        }
    }

    // only those with something that waits
    private final Map<String, Source> sources = new HashMap<>();
    private final Map<String, Author> authors = new HashMap<>();
    private final ArrayDeque<Source> turns = new ArrayDeque<>();
    private long group;
    private String lastSource; // that had a turn
    private long sharedUntil; // the last group that is taken for shared

    /** What is taken from now on is of another group. */
    void beginGroup() {
        group++;
    }

    /** Whether everybody who waits has had so many turns in this group, or all they had. */
    boolean hasGiven(int turnsToEach) {
        Source source = turns.peek(); // the others have had as many
        return source != null && source.group == group && source.turnsInGroup >= turnsToEach;
    }

    /** Whether another source than now had a turn in one of the last {@value #SHARED_GROUPS} groups. */
    boolean isShared() {
        return group <= sharedUntil;
    }

    /** Adds the draft behind its author's others, from whichever source those came. */
    void add(Draft draft) {
        String id = draft.author().id();
        Author author = authors.get(id);
        if (author == null) {
            author = new Author(id, source(draft.source() == null ? id : draft.source()));
            authors.put(id, author);
            author.source.turns.add(author);
        }
        author.drafts.add(draft);
    }

    /** Adds a draft that was handed out and is not done before what its author has said after it. */
    void putBack(Draft draft) {
        Author author = authors.get(draft.author().id());
        if (author == null) {
            add(draft);
        } else {
            author.drafts.addFirst(draft);
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

    /** Takes the draft whose turn it is; null when nothing waits. */
    Draft poll() {
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
        Draft draft = author.drafts.poll();
        if (author.drafts.isEmpty()) {
            authors.remove(author.id);
        } else {
            source.turns.add(author);
        }
        if (source.turns.isEmpty()) {
            sources.remove(source.key);
        } else {
            turns.add(source);
        }
        return draft;
    }
}
