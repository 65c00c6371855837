package id.warung.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The messages of a room as a plain list, and how far its reader has read. */
final class WalkRoom {
    enum Kind {
        PUBLIC,
        MEMBERS,
        DIRECT
    }

    /**
     * A message; {@code seq} is 0 while only its author's page knows it.
     *
     * @param reactions characters, with {@code >} behind those of the reader and {@code <} behind those of others
     */
    record Said(String text, boolean own, int seq, boolean edited, boolean deleted, Set<String> reactions) {
        Said(String text, boolean own, int seq) {
            this(text, own, seq, false, false, Set.of());
        }

        /** The message as the page shows it. */
        String shown() {
            return deleted ? Screen.GONE : (own ? "> " : "< ") + text + (edited ? Screen.EDITED : "") + pills();
        }

        private String pills() {
            StringBuilder pills = new StringBuilder();
            for (String emoji : EMOJI) {
                boolean mine = reactions.contains(emoji + ">");
                int count = (mine ? 1 : 0) + (reactions.contains(emoji + "<") ? 1 : 0);
                pills.append(count == 0 ? "" : " " + emoji + count + (mine ? "*" : ""));
            }
            return pills.toString();
        }

        /** Whether the reader, or somebody else, reacts with this character. */
        boolean hasReaction(String emoji, boolean mine) {
            return reactions.contains(emoji + (mine ? ">" : "<"));
        }
    }

    /** Those that the walker and others react with, in the order of their code points. */
    static final List<String> EMOJI = List.of("🍵", "👍");

    final String name;
    final Kind kind;
    private final List<Said> said = new ArrayList<>();
    /** How many messages the reader has read; −1 before the first visit. A new member has read all earlier ones. */
    private int read;
    /** True as soon as the log has any entry. */
    private boolean begun;

    boolean archived;

    WalkRoom(String name, Kind kind, boolean begun) {
        this.name = name;
        this.kind = kind;
        this.begun = begun;
        read = kind == Kind.PUBLIC ? -1 : 0;
    }

    void says(String text, boolean own, int seq) {
        said.add(new Said(text, own, seq));
        begun = true;
        if (own) {
            readAll();
        }
    }

    /**
     * Adds a message that waits for a connection: it comes after those posted meanwhile, of which its author has seen the first
     * {@code seen}.
     */
    void saysLater(String text, int seen) {
        boolean first = read < 0 && seen == 0;
        said.add(new Said(text, true, 0));
        begun = true;
        read = Math.max(read, seen);
        if (first || unread() == 0) {
            readAll();
        }
    }

    void edits(Said old, String text) {
        said.set(said.indexOf(old), new Said(text, old.own(), old.seq(), true, false, old.reactions()));
    }

    void deletes(Said old) {
        said.set(said.indexOf(old), new Said("", old.own(), old.seq(), false, true, Set.of()));
    }

    /** The reader, or somebody else, reacts to a message, or does not any more. */
    void reacts(Said old, String emoji, boolean mine) {
        Set<String> reactions = new TreeSet<>(old.reactions());
        String one = emoji + (mine ? ">" : "<");
        if (!reactions.remove(one)) {
            reactions.add(one);
        }
        said.set(said.indexOf(old), new Said(old.text(), old.own(), old.seq(), old.edited(), old.deleted(), reactions));
    }

    /** The reader has seen the end; in a room without entries there is nothing to read. */
    void readAll() {
        if (begun) {
            read = said.size();
        }
    }

    List<Said> said() {
        return List.copyOf(said);
    }

    List<String> shown() {
        return said.stream().map(Said::shown).toList();
    }

    /** The remaining messages of the reader, or of others. */
    List<Said> by(boolean own) {
        return said.stream()
                .filter(each -> each.own() == own && !each.deleted())
                .toList();
    }

    int unread() {
        return read < 0
                ? 0
                : (int) IntStream.range(read, said.size())
                        .filter(i -> !said.get(i).own())
                        .count();
    }

    /** The index of the first unread message; −1 when there is none. */
    int firstUnread() {
        return unread() == 0 ? -1 : read;
    }

    /** True for rooms that are always in the reader's sidebar. */
    boolean isListed() {
        return isIn() && (!archived || unread() > 0);
    }

    boolean isIn() {
        return kind != Kind.PUBLIC || read >= 0;
    }
}
