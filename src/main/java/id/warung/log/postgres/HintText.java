package id.warung.log.postgres;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A hint as the payload of a notification: {@code node number room room …}. It has at most {@value #MAX_BYTES} bytes; if the names do not
 * fit, it names no room, which means any.
 *
 * @param node who sent it
 * @param number counts the hints of a node
 * @param rooms empty: any
 */
record HintText(String node, long number, List<String> rooms) {
    private static final int MAX_BYTES = 7_900; // PostgreSQL takes fewer than 8,000; names of rooms are ASCII

    /** The payload. */
    String encoded() {
        String head = node + " " + number;
        int bytes = head.length();
        for (String room : rooms) {
            bytes += 1 + room.length();
        }
        return rooms.isEmpty() || bytes > MAX_BYTES ? head : head + " " + String.join(" ", rooms);
    }

    /** Reads a payload; what nobody here has sent is a hint about any room. */
    static HintText decoded(String payload) {
        List<String> words = new ArrayList<>(Arrays.asList(payload.split(" ", -1)));
        try {
            String node = words.remove(0);
            return new HintText(node, Long.parseLong(words.remove(0)), words);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return new HintText("", 0, List.of());
        }
    }

    static HintText of(String node, long number, Collection<String> rooms) {
        return new HintText(node, number, List.copyOf(rooms));
    }
}
