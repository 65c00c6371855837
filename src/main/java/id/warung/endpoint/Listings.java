package id.warung.endpoint;

import id.warung.log.Directory;
import id.warung.log.Principal;
import id.warung.protocol.Access;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Refused;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Lists of rooms and people as JSON. Thread-safe; blocks. */
public final class Listings {
    private static final int MOST_ROOMS = 200;
    private static final int MOST_MEMBERS = 500;
    private static final int MOST_PEOPLE = 20;

    private final JsonProvider json = JsonProvider.provider();
    private final Directory directory;
    private final Function<User, Principal> principals;

    /** {@code principals} says what a user, or somebody unknown (null), may do. */
    public Listings(Directory directory, Function<User, Principal> principals) {
        this.directory = directory;
        this.principals = principals;
    }

    byte[] rooms(User caller) throws IOException {
        JsonArrayBuilder rooms = json.createArrayBuilder();
        for (Directory.Listed room : directory.rooms(caller == null ? null : caller.id(), MOST_ROOMS)) {
            rooms.add(listed(room, caller));
        }
        return bytes(json.createObjectBuilder().add("rooms", rooms));
    }

    byte[] room(User caller, String name) throws IOException, Refused {
        List<User> members = directory.members(name, MOST_MEMBERS); // before it is asked whether he may know them
        Directory.Listed room = directory.room(caller == null ? null : caller.id(), name);
        if (room == null) {
            throw new Refused(ErrorCode.NO_SUCH_ROOM, "There is no such room, or it is not for you.");
        }
        JsonObjectBuilder answer = listed(room, caller);
        if (room.access() == Access.MEMBERS) {
            answer.add("members", people(members));
        }
        return bytes(answer);
    }

    byte[] people(String prefix) throws IOException {
        List<User> found = prefix.isBlank() ? List.of() : directory.people(prefix.strip(), MOST_PEOPLE);
        return bytes(json.createObjectBuilder().add("people", people(found)));
    }

    private JsonObjectBuilder listed(Directory.Listed room, User caller) {
        JsonObjectBuilder listed = json.createObjectBuilder()
                .add("room", room.room())
                .add("access", room.access().wire())
                .add("topic", room.topic())
                .add("head", room.head())
                .add("n", room.n())
                .add("at", Instant.ofEpochMilli(room.atMillis()).toString());
        if (room.archived()) {
            listed.add("archived", true);
        }
        if (room.member()) {
            listed.add("member", true);
        }
        boolean owns = room.owner() && !RoomName.isReserved(room.room());
        if (owns || principals.apply(caller).has(Principal.Role.MODERATOR)) {
            listed.add("moderator", true);
        }
        if (room.with() != null) {
            listed.add("with", user(room.with()));
        }
        if (room.mark() != null) {
            listed.add(
                            "read",
                            json.createObjectBuilder()
                                    .add("seq", room.mark().seq())
                                    .add("n", room.mark().n()))
                    .add("unread", room.mark().unread())
                    .add("mentions", room.mark().mentions());
        }
        return listed;
    }

    private JsonArrayBuilder people(List<User> users) {
        JsonArrayBuilder people = json.createArrayBuilder();
        users.forEach(user -> people.add(user(user)));
        return people;
    }

    private JsonObjectBuilder user(User user) {
        return json.createObjectBuilder().add("id", user.id()).add("name", user.name());
    }

    private static byte[] bytes(JsonObjectBuilder object) {
        return (object.build() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
