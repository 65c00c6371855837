package id.warung.browser;

import id.warung.browser.WalkRoom.Kind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the walker should see: plain lists, independent of how the page works. */
final class WalkModel {
    private final Map<String, WalkRoom> rooms = new LinkedHashMap<>();
    private final Map<String, String> drafts = new LinkedHashMap<>();

    void add(WalkRoom room) {
        rooms.put(room.name, room);
    }

    WalkRoom room(String name) {
        return rooms.get(name);
    }

    List<WalkRoom> rooms() {
        return List.copyOf(rooms.values());
    }

    String draft(String room) {
        return drafts.getOrDefault(room, "");
    }

    void drafts(String room, String text) {
        drafts.put(room, text);
    }

    /** The unread counts in the sidebar of a page in the room {@code here}, as displayed. */
    Map<String, String> sidebar(String here) {
        Map<String, String> counts = new TreeMap<>();
        for (WalkRoom room : rooms.values()) {
            boolean current = room.name.equals(here);
            if (current || room.isListed()) {
                int unread = current ? 0 : room.unread();
                counts.put(room.name, unread == 0 ? "" : unread > 99 ? "99+" : String.valueOf(unread));
            }
        }
        return counts;
    }

    /** The rooms in the order of Alt and the arrow keys. */
    List<String> order(String here) {
        return rooms.values().stream()
                .filter(room -> room.name.equals(here) || room.isListed())
                .sorted(Comparator.comparing((WalkRoom room) -> room.kind == Kind.DIRECT)
                        .thenComparing(room -> room.name))
                .map(room -> room.name)
                .toList();
    }

    /** The unread count of all rooms except {@code here}. */
    int elsewhere(String here) {
        return rooms.values().stream()
                .filter(room -> room.isIn() && !room.name.equals(here))
                .mapToInt(WalkRoom::unread)
                .sum();
    }
}
