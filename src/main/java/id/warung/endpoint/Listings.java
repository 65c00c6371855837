package id.warung.endpoint;

import id.warung.identity.Guests;
import id.warung.log.Directory;
import id.warung.log.Permissions;
import id.warung.log.Principal;
import id.warung.log.RoomListPlace;
import id.warung.log.RoomSearch;
import id.warung.log.RoomState;
import id.warung.protocol.Access;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Folding;
import id.warung.protocol.RoomName;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import id.warung.room.RoomPart;
import id.warung.room.RoomRegistry;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Serves lists of rooms and users as JSON. Thread-safe; blocks. */
public final class Listings {
    private static final int ROOMS = 200;
    private static final int FOUND_ROOMS = 50;
    private static final int IN_COMMON = 50;
    private static final int MEMBERS = 500;
    private static final int PEOPLE = 20;
    private static final int MOST_PEOPLE = 200;

    private final JsonProvider json = JsonProvider.provider();
    private final Directory directory;
    private final Guests guests;
    private final RosterReader rosters;
    private final Elsewhere elsewhere;

    /** Those who are on other nodes; blocks. */
    public interface Elsewhere {
        /** There are no other nodes. */
        Elsewhere NOWHERE = (folded, limit) -> List.of();

        /** At most {@code limit} users whose names, in folded form, start with this. */
        List<User> startingWith(String folded, int limit) throws IOException;

        /** The user with this id, who is on some node; null when they are on none. */
        default User user(String id) throws IOException {
            return null;
        }

        /** Who is in these rooms on other nodes, by room. */
        default Map<String, List<RoomPart>> parts(Collection<String> rooms) throws IOException {
            return Map.of();
        }
    }

    public Listings(Directory directory, Guests guests, RoomRegistry rooms, Elsewhere elsewhere) {
        this.directory = directory;
        this.guests = guests;
        this.rosters = new RosterReader(rooms, elsewhere);
        this.elsewhere = elsewhere;
    }

    byte[] rooms(Principal caller, Query query) throws IOException {
        return query.text("q") == null && query.text("sort") == null ? ownRooms(caller, query) : find(caller, query);
    }

    private byte[] find(Principal caller, Query query) throws IOException {
        String sort = query.text("sort") == null ? "latest" : query.text("sort");
        if (!List.of("latest", "name").contains(sort)) {
            throw new BadQueryException("sort must be latest or name.");
        }
        RoomSearch search = RoomSearch.of(query.text("q") == null ? "" : query.text("q"), sort.equals("name"));
        Directory.Page<Directory.Listed> page =
                page(() -> directory.find(search, idOf(caller), query.text("after"), query.limit(FOUND_ROOMS, ROOMS)));
        List<Directory.Listed> found = page.items().stream()
                .filter(room -> Permissions.mayRead(caller, room.room(), room.access(), room.member()))
                .toList();
        Map<String, Integer> here =
                rosters.counts(found.stream().map(Directory.Listed::room).toList());
        JsonArrayBuilder rooms = json.createArrayBuilder();
        for (Directory.Listed room : found) {
            JsonObjectBuilder listed = listed(room, caller);
            int count = here.getOrDefault(room.room(), 0);
            rooms.add(count == 0 ? listed : listed.add("here", count));
        }
        return bytes(withNext(json.createObjectBuilder().add("rooms", rooms), page));
    }

    /** Who is in a room now, which the caller may read. */
    byte[] here(RoomState room, Query query) throws IOException {
        String prefix =
                query.text("q") == null ? "" : Folding.of(query.text("q").strip());
        Directory.Page<User> page =
                rosters.people(room.room(), prefix, query.text("after"), query.limit(PEOPLE, MOST_PEOPLE));
        return bytes(withNext(json.createObjectBuilder().add("people", people(page.items())), page));
    }

    /** A user, and the rooms that they and the caller are both in. */
    byte[] person(Principal caller, String id) throws IOException, CommandRejectedException {
        if (!Syntax.isUser(id)) { // a database may refuse other texts
            throw noSuchUser();
        }
        User here = guests.find(id);
        User there = here == null ? elsewhere.user(id) : here;
        User user = there == null ? directory.person(id) : there;
        if (user == null) {
            throw noSuchUser();
        }
        JsonArrayBuilder rooms = json.createArrayBuilder();
        List<Directory.Common> common =
                idOf(caller) == null ? List.of() : directory.inCommon(caller.id(), id, IN_COMMON);
        for (Directory.Common room : common) {
            if (caller.covers(room.room())) {
                JsonObjectBuilder object = json.createObjectBuilder().add("room", room.room());
                rooms.add(room.title().isEmpty() ? object : object.add("title", room.title()));
            }
        }
        JsonObjectBuilder answer = user(user);
        if (there != null) {
            answer.add("online", true);
        }
        return bytes(answer.add("rooms", rooms));
    }

    private static CommandRejectedException noSuchUser() {
        return new CommandRejectedException(ErrorCode.NO_SUCH_USER, "There is no such user.");
    }

    private byte[] ownRooms(Principal caller, Query query) throws IOException {
        Directory.Page<Directory.Listed> page =
                page(() -> directory.rooms(idOf(caller), query.text("after"), query.limit(ROOMS, ROOMS)));
        JsonArrayBuilder rooms = json.createArrayBuilder();
        page.items().stream()
                .filter(room -> Permissions.mayRead(caller, room.room(), room.access(), room.member()))
                .forEach(room -> rooms.add(listed(room, caller)));
        return bytes(withNext(json.createObjectBuilder().add("rooms", rooms), page));
    }

    byte[] room(Principal caller, String name, Query query) throws IOException, CommandRejectedException {
        Directory.Page<User> members = page(
                () -> // before the check whether the caller may know them
                directory.members(name, userAfter(query), query.limit(MEMBERS, MEMBERS)));
        Directory.Listed room = directory.room(caller, name);
        if (room == null) {
            throw new CommandRejectedException(
                    ErrorCode.NO_SUCH_ROOM, "There is no such room, or you may not read it.");
        }
        JsonObjectBuilder answer = listed(room, caller);
        if (room.access() == Access.MEMBERS) {
            withNext(answer.add("members", people(members.items())), members);
        }
        List<User> moderators = new ArrayList<>();
        for (String id : moderatorsOf(room)) {
            User known = directory.person(id);
            moderators.add(known == null ? new User(id, id) : known);
        }
        if (!moderators.isEmpty()) {
            answer.add("moderators", people(moderators));
        }
        if (room.owner() != null && !RoomName.isReserved(room.room())) {
            answer.add("owner", room.owner());
        }
        return bytes(answer);
    }

    /** The creator of a direct conversation is not its moderator. */
    private static Set<String> moderatorsOf(Directory.Listed room) {
        return RoomName.isReserved(room.room()) ? Set.of() : room.moderators();
    }

    byte[] people(Query query) throws IOException {
        String prefix =
                query.text("q") == null ? "" : Folding.of(query.text("q").strip());
        int limit = query.limit(PEOPLE, MOST_PEOPLE);
        String after = userAfter(query);
        boolean mayBeFound = !prefix.isEmpty() && prefix.indexOf('\0') < 0; // which a database may refuse
        Directory.Page<User> page = !mayBeFound
                ? new Directory.Page<>(List.of(), null)
                : page(() -> directory.people(prefix, after, limit));
        List<User> found = new ArrayList<>(page.items());
        if (mayBeFound && after == null) {
            Set<String> ids = found.stream().map(User::id).collect(Collectors.toSet());
            Stream.concat(guests.startingWith(prefix, limit).stream(), elsewhere.startingWith(prefix, limit).stream())
                    .filter(here -> ids.add(here.id()))
                    .forEach(found::add);
        }
        return bytes(withNext(json.createObjectBuilder().add("people", people(found)), page));
    }

    /** The id of the last user of the part before; null: none. */
    private static String userAfter(Query query) {
        String after = query.text("after");
        if (after != null && !Syntax.isUser(after)) {
            throw new BadQueryException(RoomListPlace.noSuchPlace().getMessage());
        }
        return after;
    }

    /** Null for an anonymous caller. */
    private static String idOf(Principal caller) {
        return caller.id().isEmpty() ? null : caller.id();
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

    private JsonObjectBuilder listed(Directory.Listed room, Principal caller) {
        JsonObjectBuilder listed = json.createObjectBuilder()
                .add("room", room.room())
                .add("access", room.access().wire())
                .add("topic", room.topic())
                .add("head", room.head())
                .add("n", room.n())
                .add("at", Instant.ofEpochMilli(room.atMillis()).toString());
        if (!room.title().isEmpty()) {
            listed.add("title", room.title());
        }
        if (room.starred()) {
            listed.add("starred", true);
        }
        if (room.archived()) {
            listed.add("archived", true);
        }
        if (room.member()) {
            listed.add("member", true);
        }
        if (moderatorsOf(room).contains(caller.id()) || caller.has(Principal.Right.MODERATE)) {
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
        JsonObjectBuilder object =
                json.createObjectBuilder().add("id", user.id()).add("name", user.name());
        return user.isGuest() ? object.add("guest", true) : object;
    }

    private static byte[] bytes(JsonObjectBuilder object) {
        return (object.build() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
