package id.warung.endpoint;

import id.warung.identity.Guests;
import id.warung.log.Directory;
import id.warung.log.Principal;
import id.warung.protocol.Access;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Folding;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Serves lists of rooms and users as JSON. Thread-safe; blocks. */
public final class Listings {
    private static final int ROOMS = 200;
    private static final int MEMBERS = 500;
    private static final int PEOPLE = 20;
    private static final int MOST_PEOPLE = 200;

    private final JsonProvider json = JsonProvider.provider();
    private final Directory directory;
    private final Function<User, Principal> principals;
    private final Guests guests;

    /** {@code principals} gives the roles of a user, or of an anonymous caller (null). */
    public Listings(Directory directory, Function<User, Principal> principals, Guests guests) {
        this.directory = directory;
        this.principals = principals;
        this.guests = guests;
    }

    byte[] rooms(User caller, Query query) throws IOException {
        Directory.Page<Directory.Listed> page = page(() ->
                directory.rooms(caller == null ? null : caller.id(), query.text("after"), query.limit(ROOMS, ROOMS)));
        JsonArrayBuilder rooms = json.createArrayBuilder();
        page.items().forEach(room -> rooms.add(listed(room, caller)));
        return bytes(withNext(json.createObjectBuilder().add("rooms", rooms), page));
    }

    byte[] room(User caller, String name, Query query) throws IOException, CommandRejectedException {
        Directory.Page<User> members = page(
                () -> // before the check whether the caller may know them
                directory.members(name, query.text("after"), query.limit(MEMBERS, MEMBERS)));
        Directory.Listed room = directory.room(caller == null ? null : caller.id(), name);
        if (room == null) {
            throw new CommandRejectedException(
                    ErrorCode.NO_SUCH_ROOM, "There is no such room, or you may not read it.");
        }
        JsonObjectBuilder answer = listed(room, caller);
        if (room.access() == Access.MEMBERS) {
            withNext(answer.add("members", people(members.items())), members);
        }
        return bytes(answer);
    }

    byte[] people(Query query) throws IOException {
        String prefix =
                query.text("q") == null ? "" : Folding.of(query.text("q").strip());
        int limit = query.limit(PEOPLE, MOST_PEOPLE);
        String after = query.text("after");
        Directory.Page<User> page = prefix.isEmpty()
                ? new Directory.Page<>(List.of(), null)
                : page(() -> directory.people(prefix, after, limit));
        List<User> found = new ArrayList<>(page.items());
        if (!prefix.isEmpty() && after == null) {
            Set<String> ids = found.stream().map(User::id).collect(Collectors.toSet());
            guests.startingWith(prefix, limit).stream()
                    .filter(here -> !ids.contains(here.id()))
                    .forEach(found::add);
        }
        return bytes(withNext(json.createObjectBuilder().add("people", people(found)), page));
    }

    private interface Asking<T> {
        Directory.Page<T> ask() throws IOException;
    }

    private static <T> Directory.Page<T> page(Asking<T> asking) throws IOException {
        try {
            return asking.ask();
        } catch (BadQueryException bad) {
            throw bad;
        } catch (IllegalArgumentException noSuchPlace) {
            throw new BadQueryException(noSuchPlace.getMessage());
        }
    }

    private static JsonObjectBuilder withNext(JsonObjectBuilder answer, Directory.Page<?> page) {
        return page.next() == null ? answer : answer.add("next", page.next());
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
        } else if (room.mentions() > 0) {
            listed.add("mentions", room.mentions());
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
