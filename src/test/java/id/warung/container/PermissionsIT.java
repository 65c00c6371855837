package id.warung.container;

import static id.warung.client.Person.anyName;
import static id.warung.client.Person.anyRoom;
import static id.warung.client.Person.field;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Library;
import id.warung.client.Person;
import id.warung.client.Wire;
import id.warung.kit.PermissionTable;
import id.warung.kit.PermissionTable.Cell;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * WebSocket and HTTP on a WAR where only moderators create rooms: the table of permissions, as far as it can be checked from outside, and
 * names.
 */
class PermissionsIT extends OnServer {
    private static final String KEY = "0123456789abcdefXYZ";
    private static final Set<String> ROOMS = Set.of(
            "absent",
            "public",
            "direct-not-begun",
            "direct",
            "direct-of-others-not-begun",
            "direct-of-others",
            "inbox",
            "inbox-of-other",
            "game-absent",
            "bad-name");
    private static final Set<String> COMMANDS = Set.of(
            "join",
            "post",
            "post-again",
            "topic",
            "archive",
            "create",
            "add",
            "remove-self",
            "remove-other",
            "edit-other");

    private final String open = anyRoom();

    @Deployment(testable = false)
    static WebArchive whereModeratorsMakeRooms() {
        return packedWar(Map.of(
                "warung.hello-timeout-ms", "60000", // one of the callers never signs in
                "warung.new-rooms", "moderators",
                "warung.api-keys", "Builds=" + KEY,
                "warung.ephemeral-rooms", "game-*"));
    }

    /** A caller, and the rooms to which they have a relation. */
    private record Asker(String id, String token, Person session, Person direct, Person others) {}

    @Test
    @Tag("smoke")
    void bothDoorsAnswerAsTheTableSays() throws Exception {
        assertThat(posts(KEY, open, "first", null).statusCode()).isEqualTo(201);
        String keysId = json(get("api/rooms/" + open + "/messages")).getJsonArray("entries").stream()
                .map(JsonValue::asJsonObject)
                .findFirst()
                .orElseThrow()
                .getJsonObject("from")
                .getString("id");
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        try (Person nobody = Person.connect(chat());
                Person guest = Person.in(open, chat());
                Person peer = Person.signedIn(chat());
                Person host = Person.signedIn(chat())) {
            String direct = guest.direct(peer);
            peer.direct(host);
            peer.join(direct, "\"last\":0");
            peer.post(direct, "other");
            guest.join(direct, "\"last\":0");
            guest.join(guest.inbox(), "\"last\":0");
            for (String room : List.of(open, direct)) {
                guest.command("post", room, field("text", "own"));
            }
            Map<String, Asker> askers = Map.of(
                    "nobody", new Asker("u-nobody", null, nobody, peer, host),
                    "guest", new Asker(guest.id(), guest.token(), guest, peer, host),
                    "key", new Asker(keysId, KEY, null, peer, host));
            for (Cell cell : PermissionTable.cells()) {
                if (isAsked(cell)) {
                    asked++;
                    String answer =
                            answer(cell, askers.get(cell.role()), room(cell, askers.get(cell.role()), peer, host));
                    if (!answer.equals(cell.answer())) {
                        wrong.add(cell + ": " + answer + " and not " + cell.answer());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(200);
    }

    private static boolean isAsked(Cell cell) {
        boolean keysDirect = cell.role().equals("key")
                && cell.room().equals("direct"); // a back end's conversation has not been started
        return cell.holdsWhere(true)
                && ROOMS.contains(cell.room())
                && !keysDirect
                && switch (cell.role()) {
                    case "nobody", "guest" -> cell.door().equals("http") || COMMANDS.contains(cell.command());
                    case "key" -> true;
                    case "plain" -> !cell.answer().equals("ok"); // an accepted command has no answer
                    default -> false;
                };
    }

    private String room(Cell cell, Asker who, Person peer, Person host) {
        String me = who == null ? "u-nobody" : who.id();
        return switch (cell.room()) {
            case "public" -> open;
            case "direct" -> between(me, peer.id());
            case "direct-of-others" -> between(peer.id(), host.id());
            case "direct-not-begun" -> between(me, "u-zzzz");
            case "direct-of-others-not-begun" -> between(host.id(), "u-zzzz");
            case "inbox" -> "inbox." + me;
            case "inbox-of-other" -> peer.inbox();
            case "game-absent" -> "game-" + anyRoom();
            case "bad-name" -> "Kitchen!";
            default -> anyRoom();
        };
    }

    private static String between(String one, String other) {
        return one.compareTo(other) < 0 ? "direct." + one + "." + other : "direct." + other + "." + one;
    }

    private String answer(Cell cell, Asker who, String room) throws Exception {
        if (cell.role().equals("plain")) {
            try (Wire plain = Library.JDK.connect(chat("?room=" + room))) {
                plain.text("hi");
                return String.valueOf(plain.closeCode());
            }
        }
        return cell.door().equals("http") ? http(cell, who, room) : webSocket(cell, who, room);
    }

    private static String webSocket(Cell cell, Asker who, String room) {
        if (cell.command().equals("join")) {
            who.session().say("{\"type\":\"join\",\"room\":\"" + room + "\",\"last\":0}");
            JsonObject answer = who.session().next();
            while (!Set.of("joined", "error").contains(answer.getString("type"))) {
                answer = who.session().next();
            }
            return answer.getString("code", "ok");
        }
        String host = field("user", who.others().id());
        JsonObject answer =
                switch (cell.command()) {
                    case "post" -> who.session().ask("post", room, field("text", "hi"));
                    case "post-again" -> again(who.session(), room);
                    case "topic" -> who.session().ask("change", room, field("topic", "Soto"));
                    case "archive" -> who.session().ask("change", room, "\"archived\":true");
                    case "create" -> who.session().ask("create", room);
                    case "add" -> who.session().ask("add", room, host);
                    case "remove-self" -> who.session().ask("remove", room, field("user", who.id()));
                    case "remove-other" -> who.session().ask("remove", room, host);
                    default ->
                        who.session()
                                .ask(
                                        "edit",
                                        room,
                                        field("seq", room.startsWith("direct") ? 2 : 1),
                                        field("text", "ho"));
                };
        return answer.getString("code", "ok");
    }

    private static JsonObject again(Person session, String room) {
        String post = "{\"type\":\"post\",\"room\":\"" + room + "\",\"id\":\"again\",\"text\":\"again\"}";
        session.say(post);
        session.skipTo("ack");
        session.say(post);
        return session.skipTo("ack");
    }

    private String http(Cell cell, Asker who, String room) throws Exception {
        String path = "api/rooms/" + room + "/messages";
        HttpResponse<String> response =
                switch (cell.command()) {
                    case "history" -> gets(who, path);
                    case "history-after" -> gets(who, path + "?after=0");
                    case "search" -> gets(who, path + "?q=own");
                    case "info" -> gets(who, "api/rooms/" + room);
                    case "list" -> gets(who, "api/rooms");
                    case "post" -> posts(who.token(), room, "hi", null);
                    default -> {
                        posts(who.token(), room, "again", "again-" + who.id());
                        yield posts(who.token(), room, "again", "again-" + who.id());
                    }
                };
        if (cell.command().equals("list")) {
            boolean listed = json(response).getJsonArray("rooms").stream()
                    .anyMatch(each -> each.asJsonObject().getString("room").equals(room));
            return listed ? "listed" : "not-listed";
        }
        int status = response.statusCode();
        return status < 400
                ? String.valueOf(status)
                : status + ":" + json(response).getString("error");
    }

    private HttpResponse<String> gets(Asker who, String path) throws Exception {
        return who.token() == null ? get(path) : get(path, "Authorization", "Bearer " + who.token());
    }

    private HttpResponse<String> posts(String token, String room, String text, String key) throws Exception {
        List<String> headers = new ArrayList<>(List.of("Content-Type", "text/plain"));
        if (token != null) {
            headers.addAll(List.of("Authorization", "Bearer " + token));
        }
        if (key != null) {
            headers.addAll(List.of("Idempotency-Key", key));
        }
        return send(
                "POST",
                "api/rooms/" + room + "/messages",
                BodyPublishers.ofString(text),
                headers.toArray(String[]::new));
    }

    @Test
    @Tag("smoke")
    void aRoomThatABackEndMakesIsThereForAllWhoWereRefusedBefore() throws Exception {
        try (Person ana = Person.signedIn(chat())) {
            ana.say("{\"type\":\"join\",\"room\":\"" + open + "\"}");
            ana.nextError("no-such-room");
            assertThat(posts(KEY, open, "green", null).statusCode()).isEqualTo(201);
            assertThat(ana.join(open).getInt("head")).isEqualTo(1);
            assertThat(ana.next("message").getString("text")).isEqualTo("green");
        }
    }

    @Test
    @Tag("smoke")
    void aRenameIsHeardByAllSessionsOfTheUserAndSeenByAll() throws Exception {
        posts(KEY, open, "first", null);
        String name = anyName();
        try (Person ana = Person.in(open, chat());
                Person budi = Person.in(open, chat());
                Person phone = Person.connect(chat())) {
            String old = ana.token();
            phone.say("{\"type\":\"hello\",\"token\":\"" + old + "\",\"name\":\"" + name + "\"}");
            JsonObject renamed = phone.next("signed-in").getJsonObject("user");
            assertThat(renamed.getString("name")).isEqualTo(name);
            assertThat(ana.next("renamed").getJsonObject("user")).isEqualTo(renamed);

            assertThat(ana.post(open, "hi").getJsonObject("from")).isEqualTo(Person.asAuthor(renamed));
            assertThat(budi.next("message").getJsonObject("from")).isEqualTo(Person.asAuthor(renamed));
            assertThat(posts(old, open, "over HTTP", null).statusCode()).isEqualTo(201);
            assertThat(budi.next("message").getJsonObject("from")).isEqualTo(Person.asAuthor(renamed));
            assertThat(json(get("api/people?q=" + name)).getJsonArray("people")).containsExactly(renamed);
            assertThat(json(get("api/people?q=" + ana.name())).getJsonArray("people"))
                    .isEmpty();
        }
    }

    @Test
    void aNameThatSomebodyElseHasNowIsNotTakenAtEitherDoor() throws Exception {
        posts(KEY, open, "first", null);
        String name = "N".repeat(19) + anyName().substring(1);
        assertThat(name).hasSize(32);
        String token;
        try (Person first = Person.connect(chat())) {
            token = first.hello(name).getString("token");
        }
        try (Person other = Person.connect(chat())) {
            String taken = other.hello(name).getJsonObject("user").getString("name");
            other.join(open, "\"last\":0");
            assertThat(posts(token, open, "over HTTP", null).statusCode()).isEqualTo(201);
            String given = other.next("message").getJsonObject("from").getString("name");
            assertThat(given).isNotEqualToIgnoringCase(taken).hasSizeLessThanOrEqualTo(32);
            try (Person back = Person.connect(chat());
                    Person same = Person.connect(chat())) {
                assertThat(back.helloAgain(token).getJsonObject("user").getString("name"))
                        .isEqualTo(given);
                assertThat(same.hello(given).getJsonObject("user").getString("name"))
                        .hasSizeLessThanOrEqualTo(32);
            }
        }
    }
}
