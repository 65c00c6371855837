package id.warung.browser;

import id.warung.browser.WalkRoom.Said;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Compares the screen with the model. */
final class WalkCheck {
    private final WalkModel model;
    private final List<String> differences = new ArrayList<>();

    WalkCheck(WalkModel model) {
        this.model = model;
    }

    List<String> differences() {
        return differences;
    }

    /** Checks the log, except what others may have read meanwhile. */
    void room(WalkTab tab, Screen screen) {
        if (screen == null) {
            differences.add(tab + ": the page is not there");
            return;
        }
        WalkRoom room = model.room(tab.place().room());
        is(tab, "the address", screen.address(), tab.place().address());
        is(tab, "the connection", screen.phase(), "live");
        is(tab, "the marked rooms", screen.here(), List.of(room.name));
        is(tab, "what waits", screen.waiting(), List.of());
        is(tab, "the field", screen.draft(), room.archived ? null : model.draft(room.name));
        messages(tab, screen, room);
        edges(tab, screen, room);
        line(tab, screen, room);
    }

    /** Checks the unread counts of other rooms. */
    void surroundings(WalkTab tab, Screen screen) {
        String here = tab.place().room();
        Map<String, String> sidebar = new TreeMap<>(screen.sidebar());
        is(tab, "the sidebar", sidebar, model.sidebar(here));
        int n = model.elsewhere(here);
        String counted = screen.title().startsWith("(") ? screen.title().replaceFirst("\\).*", ")") : "";
        is(tab, "what the title counts", counted, n > 0 ? "(" + n + ")" : "");
    }

    private void messages(WalkTab tab, Screen screen, WalkRoom room) {
        List<String> shown = screen.messages();
        List<String> all = room.shown();
        int from = all.size() - shown.size();
        boolean tail = from >= 0 && all.subList(from, all.size()).equals(shown);
        if (shown.isEmpty() != all.isEmpty() || !(tail || (tab.mayRest && isPart(all, shown)))) {
            differences.add(tab + ": shown is\n    " + excerpt(shown) + "\n  of\n    " + excerpt(all));
        }
    }

    private void edges(WalkTab tab, Screen screen, WalkRoom room) {
        List<String> fetching = screen.notes().stream()
                .filter(note -> note.matches(".*(…|could not be fetched).*"))
                .toList();
        is(tab, "what is still being fetched in sight", fetching, List.of());
        boolean all = screen.messages().size() == room.said().size();
        if (!screen.filled() && !all) {
            differences.add(tab + ": there is room for more than "
                    + screen.messages().size() + " of " + room.said().size());
        }
        boolean quiet = screen.notes().contains("No messages yet");
        if (quiet != screen.rows().isEmpty()) {
            differences.add(
                    tab + ": quiet is " + quiet + " with " + screen.rows().size() + " rows");
        }
        if (screen.following() != screen.atEnd() && (screen.following() || !tab.mayRest)) {
            differences.add(tab + ": following is " + screen.following() + ", at the end is " + screen.atEnd());
        }
        if (!screen.following() && !tab.mayRest) {
            differences.add(tab + ": it is not at the end");
        }
        int seq = tab.place().seq();
        if (seq > 0 && tab.arriving) {
            room.said().stream()
                    .filter(said -> said.seq() == seq && !said.deleted())
                    .forEach(said -> sighted(tab, screen, said));
        }
    }

    private void sighted(WalkTab tab, Screen screen, Said said) {
        int row = screen.rows().indexOf(said.shown());
        if (row < 0 || !screen.isSighted(row)) {
            differences.add(tab + ": the message of the address is not in sight: " + said.shown());
        }
    }

    private void line(WalkTab tab, Screen screen, WalkRoom room) {
        int line = screen.rows().indexOf(Screen.NEW);
        if (tab.newFrom < 0) {
            if (line >= 0) {
                differences.add(tab + ": a line where nothing is new, above " + below(screen, line));
            }
            return;
        }
        if (line < 0) {
            int first = room.said().size() - screen.messages().size();
            boolean comes = tab.arriving && tab.place().seq() == 0 && !tab.resumes;
            if (comes || (first <= tab.newFrom && !tab.mayRest)) {
                differences.add(tab + ": no line above what is new");
            }
            return;
        }
        long above = screen.rows().subList(0, line).stream()
                .filter(row -> !row.startsWith("-- "))
                .count();
        int after = screen.messages().size() - (int) above;
        if (!tab.mayRest
                || room.shown()
                        .subList(room.said().size() - after, room.said().size())
                        .equals(screen.messages()
                                .subList((int) above, screen.messages().size()))) {
            is(tab, "messages below the line", after, room.said().size() - tab.newFrom);
        }
        if (tab.arriving && tab.place().seq() == 0 && !tab.resumes && !screen.isSighted(line)) {
            differences.add(tab + ": the line above what is new is not in sight");
        }
    }

    private static String below(Screen screen, int line) {
        return line + 1 < screen.rows().size() ? screen.rows().get(line + 1) : "nothing";
    }

    private static boolean isPart(List<String> all, List<String> part) {
        return Collections.indexOfSubList(all, part) >= 0;
    }

    private static String excerpt(List<String> rows) {
        int size = rows.size();
        return size + ": " + (size <= 24 ? rows : rows.subList(0, 6) + " … " + rows.subList(size - 18, size));
    }

    private void is(WalkTab tab, String what, Object actual, Object expected) {
        if (!Objects.equals(actual, expected)) {
            differences.add(tab + ": " + what + ": is " + actual + ", has to be " + expected);
        }
    }
}
