package id.warung.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What was said in a room, as a plain list, and how far its reader has read. */
final class WalkRoom {
    enum Kind {
        PUBLIC,
        MEMBERS,
        DIRECT
    }

    /** A message: {@code seq} is 0 while only the page of its author knows it. */
    record Said(String text, boolean own, int seq, boolean edited, boolean deleted) {
        /** As the page shows it. */
        String shown() {
            return deleted ? Screen.GONE : (own ? "> " : "< ") + text + (edited ? Screen.EDITED : "");
        }
    }

    final String name;
    final Kind kind;
    private final List<Said> said = new ArrayList<>();
    /** How many of the messages the reader has read; −1 before the first visit. Whoever is let in has read all that was said before. */
    private int read;
    /** True as soon as the log has an entry, whichever. */
    private boolean begun;

    boolean archived;

    WalkRoom(String name, Kind kind, boolean begun) {
        this.name = name;
        this.kind = kind;
        this.begun = begun;
        read = kind == Kind.PUBLIC ? -1 : 0;
    }

    void says(String text, boolean own, int seq) {
        said.add(new Said(text, own, seq, false, false));
        begun = true;
        if (own) {
            readAll();
        }
    }

    /** Says something that waits for a connection: it comes behind what was said meanwhile, of which one has seen the first {@code seen} messages. */
    void saysLater(String text, int seen) {
        boolean first = read < 0 && seen == 0;
        said.add(new Said(text, true, 0, false, false));
        begun = true;
        read = Math.max(read, seen);
        if (first || unread() == 0) {
            readAll();
        }
    }

    void edits(Said old, String text) {
        said.set(said.indexOf(old), new Said(text, old.own(), old.seq(), true, false));
    }

    void deletes(Said old) {
        said.set(said.indexOf(old), new Said("", old.own(), old.seq(), false, true));
    }

    /** The reader has seen the end; where nothing has happened there is nothing to be read. */
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

    /** Those of the author that are still there. */
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

    /** The index of the first message that was not read; −1 when there is none. */
    int firstUnread() {
        return unread() == 0 ? -1 : read;
    }

    /** True in the rooms that stand in the reader's sidebar wherever they are. */
    boolean isListed() {
        return isIn() && (!archived || unread() > 0);
    }

    boolean isIn() {
        return kind != Kind.PUBLIC || read >= 0;
    }
}
