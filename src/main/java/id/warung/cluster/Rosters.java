package id.warung.cluster;

import id.warung.log.Leases;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import id.warung.room.RoomPart;
import id.warung.room.RoomRegistry;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells the other nodes who is in the rooms of this one, and the rooms who is in them on other nodes. An inbox has only one user, whom
 * nobody else sees. Thread-safe.
 */
public final class Rosters {
    private static final String HERE = "+";
    private static final String TYPING = "~";

    private final RoomRegistry rooms;

    public Rosters(RoomRegistry rooms) {
        this.rooms = rooms;
    }

    /** Has the rooms say who is in them. Called once, before anybody comes in. */
    public void start(Exchange exchange) {
        rooms.tellOthers((room, part) -> {
            if (!RoomName.isInbox(room)) {
                exchange.say(room, text(part));
            }
        });
    }

    /** What the other nodes say about a room. */
    public void others(String room, Collection<String> texts) {
        rooms.setOthers(room, texts.stream().map(Rosters::part).toList());
    }

    /** What the other nodes say about rooms now, by room; blocks. */
    public static Map<String, List<RoomPart>> parts(Leases leases, Collection<String> rooms) throws IOException {
        return leases.about(rooms).stream()
                .filter(part -> !part.text().isEmpty())
                .collect(Collectors.groupingBy(
                        Leases.Part::key, Collectors.mapping(part -> part(part.text()), Collectors.toList())));
    }

    /** The number of users, and a line for each who is named; ids have no spaces, and names are one line. */
    static String text(RoomPart part) {
        if (part.count() == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder().append(part.count());
        append(text, HERE, part.users());
        append(text, TYPING, part.typing());
        return text.toString();
    }

    private static void append(StringBuilder text, String what, List<User> users) {
        users.forEach(user ->
                text.append('\n').append(what).append(user.id()).append(' ').append(user.name()));
    }

    static RoomPart part(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        return new RoomPart(Integer.parseInt(lines.get(0)), users(lines, HERE), users(lines, TYPING));
    }

    private static List<User> users(List<String> lines, String what) {
        return lines.stream()
                .filter(line -> line.startsWith(what))
                .map(line -> line.substring(what.length()).split(" ", 2))
                .map(user -> new User(user[0], user[1]))
                .toList();
    }
}
