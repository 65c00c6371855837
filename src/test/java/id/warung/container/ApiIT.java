package id.warung.container;

import static id.warung.client.Person.anyRoom;
import static id.warung.client.Person.field;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Posting over HTTP, and the lists of rooms and users, as in docs/protocol.md. */
class ApiIT extends OnServer {
    private static final String KEY = "0123456789abcdefXYZ";
    private static final String JSON = "application/json";
    private static final String FOR_MEMBERS = field("access", "members");
    private static final String FROM_NOW_ON = "\"last\":0";
    private static final int MAX_FRAME_BYTES = 65_536;

    private final String room = anyRoom();

    @Deployment(testable = false)
    static WebArchive withABackEnd() {
        return packedWar(Map.of("warung.api-keys", "Builds=" + KEY));
    }

    @Test
    @Tag("smoke")
    void aBackEndPostsOnceHoweverOftenItSends() throws Exception {
        try (Person ana = Person.in(room, chat())) {
            HttpResponse<String> first = postAs(KEY, JSON, "{\"text\":\"Build 4711 is *green*.\"}", "build-4711");
            assertThat(first.statusCode()).isEqualTo(201);
            assertThat(json(first)).isEqualTo(json("{\"room\":\"" + room + "\",\"seq\":1}"));
            HttpResponse<String> again = postAs(KEY, JSON, "{\"text\":\"Build 4711 is *green*.\"}", "build-4711");
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(json(again)).isEqualTo(json(first));

            JsonObject message = ana.next("message");
            assertThat(message).containsAllEntriesOf(json("""
                    {"seq":1,"n":1,"id":"build-4711","text":"Build 4711 is *green*."}"""));
            assertThat(message.getJsonObject("from").getString("name")).isEqualTo("Builds");
            HttpResponse<String> other = postAs(KEY, JSON, "{\"text\":\"Build 4711 is red.\"}", "build-4711");
            assertThat(other.statusCode()).isEqualTo(409);
            assertRefused(other, "id-conflict");
            assertThat(postAs(KEY, JSON, "{\"text\":\"Build 4712 is red.\"}", "build-4712")
                            .statusCode())
                    .isEqualTo(201);
            JsonObject next = ana.next("message");
            assertThat(next.getInt("seq")).isEqualTo(2);
            assertThat(next.getJsonObject("from")).isEqualTo(message.getJsonObject("from"));
        }
    }

    @Test
    void withoutAnIdempotencyKeyEachIsAMessageOfItsOwn() throws Exception {
        for (int seq = 1; seq <= 2; seq++) {
            HttpResponse<String> posted = postAs(KEY, JSON, "{\"text\":\"hi\"}", null);
            assertThat(posted.statusCode()).isEqualTo(201);
            assertThat(json(posted).getInt("seq")).isEqualTo(seq);
        }
    }

    @Test
    @Tag("smoke")
    void aGuestPostsWithATokenAsThemselves() throws Exception {
        try (Person ana = Person.in(room, chat());
                Person budi = Person.signedIn(chat())) {
            ana.post(room, "question");
            budi.join(budi.inbox());
            HttpResponse<String> posted = postAs(
                    ana.token(),
                    JSON,
                    "{\"text\":\"answer\",\"replyTo\":1,\"mentions\":[\"" + budi.id() + "\"]}",
                    "c-1");
            assertThat(posted.statusCode()).isEqualTo(201);
            JsonObject message = ana.next("message");
            assertThat(message.getJsonObject("from")).isEqualTo(ana.asAuthor());
            assertThat(message)
                    .containsAllEntriesOf(json("{\"seq\":2,\"id\":\"c-1\",\"replyTo\":1,\"text\":\"answer\"}"));
            assertThat(budi.next("mentioned")).containsAllEntriesOf(json("{\"in\":\"" + room + "\",\"message\":2}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/plain; charset=utf-8", "Text/Plain;charset=UTF-8"})
    void aPlainBodyIsTheTextItself(String type) throws Exception {
        String text = " {\"text\": \"你好 🙂\"}\r\n\t<b>\\";
        try (Person ana = Person.in(room, chat())) {
            assertThat(postAs(KEY, type, text, null).statusCode()).isEqualTo(201);
            assertThat(ana.next("message").getString("text")).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong",
                "Bearer ",
                "Bearer " + KEY + "x",
                "Bearer 0123456789ABCDEFXYZ",
                "Basic QnVpbGRzOnNlY3JldA==",
                KEY,
                "Bearer w1.e30.AAAA",
            })
    @Tag("smoke")
    void invalidCredentialsAreRefused(String authorization) throws Exception {
        HttpResponse<String> post = send(
                "POST", messages(room), BodyPublishers.ofString("{\"text\":\"hi\"}"), "Authorization", authorization);
        assertThat(post.statusCode()).isEqualTo(401);
        assertRefused(post, "bad-token");
        for (String path : List.of("api/rooms", messages(room), "api/people?q=a")) {
            assertThat(get(path, "Authorization", authorization).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
    }

    @Test
    void anAnonymousClientMayOnlyRead() throws Exception {
        HttpResponse<String> post = send("POST", messages(room), BodyPublishers.ofString("{\"text\":\"hi\"}"));
        assertThat(post.statusCode()).isEqualTo(401);
        assertThat(post.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
        assertThat(get(messages(room)).statusCode()).isEqualTo(200);
    }

    @Test
    void whereOneMayNotPostOneIsForbiddenTo() throws Exception {
        String quiet = anyRoom();
        try (Person ana = Person.signedIn(chat());
                Person budi = Person.signedIn(chat())) {
            ana.create(room, FOR_MEMBERS);
            HttpResponse<String> stranger = postAs(KEY, JSON, "{\"text\":\"hi\"}", null);
            assertThat(stranger.statusCode()).isEqualTo(403);
            assertRefused(stranger, "not-a-member");
            assertThat(postAs(budi.token(), JSON, "{\"text\":\"hi\"}", null).statusCode())
                    .isEqualTo(403);
            assertThat(postAs(ana.token(), JSON, "{\"text\":\"hi\"}", null).statusCode())
                    .isEqualTo(201);

            ana.create(quiet);
            ana.command("change", quiet, "\"archived\":true");
            HttpResponse<String> archived = post(quiet, KEY, JSON, "{\"text\":\"hi\"}", null);
            assertThat(archived.statusCode()).isEqualTo(403);
            assertRefused(archived, "archived");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json | {} | bad-command",
                "application/json | {\"text\":7} | bad-command",
                "application/json | {\"text\":\"hi\",\"colour\":\"red\"} | bad-command",
                "application/json | {\"text\":\"hi\",\"mentions\":\"u-a\"} | bad-command",
                "application/json | {\"text\":\"hi\",\"replyTo\":0} | bad-command",
                "application/json | [\"hi\"] | bad-json",
                "application/json | hi | bad-json",
                "application/json | {\"text\":{\"a\":1}} | bad-json",
                "application/json | {\"text\":\"\"} | bad-text",
                "application/json | {\"text\":\"a\\u0000b\"} | bad-text",
                "application/json | `` | bad-json",
                "text/plain | `` | bad-text",
            })
    void aBodyThatIsNoMessageIsRefused(String type, String body, String error) throws Exception {
        HttpResponse<String> response = postAs(KEY, type, body, null);
        assertThat(response.statusCode()).isEqualTo(400);
        assertRefused(response, error);
    }

    @Test
    void aBodyThatIsNoUtf8IsRefused() throws Exception {
        HttpResponse<String> response = send(
                "POST",
                messages(room),
                BodyPublishers.ofByteArray(new byte[] {'a', (byte) 0xFF, 'b'}),
                "Content-Type",
                "text/plain",
                "Authorization",
                "Bearer " + KEY);
        assertThat(response.statusCode()).isEqualTo(400);
        assertRefused(response, "bad-text");
    }

    @Test
    void anIdempotencyKeyThatIsNoneIsRefused() throws Exception {
        for (String key : List.of("a b", "x".repeat(65))) {
            HttpResponse<String> response = postAs(KEY, JSON, "{\"text\":\"hi\"}", key);
            assertThat(response.statusCode()).as(key).isEqualTo(400);
            assertRefused(response, "bad-id");
        }
        assertThat(postAs(KEY, JSON, "{\"text\":\"hi\"}", "x".repeat(64)).statusCode())
                .isEqualTo(201);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        HttpResponse<String> characters = postAs(KEY, "text/plain", "語".repeat(4_001), null);
        assertThat(characters.statusCode()).isEqualTo(413);
        assertRefused(characters, "text-too-long");
        assertThat(postAs(KEY, "text/plain", " ".repeat(MAX_FRAME_BYTES + 1), null)
                        .statusCode())
                .isEqualTo(413);
        assertThat(postAs(KEY, "text/plain", "語".repeat(4_000), null).statusCode())
                .isEqualTo(201);
    }

    @Test
    void aReplyToAMissingMessageIsRefused() throws Exception {
        HttpResponse<String> response = postAs(KEY, JSON, "{\"text\":\"hi\",\"replyTo\":5}", null);
        assertThat(response.statusCode()).isEqualTo(404);
        assertRefused(response, "no-such-message");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | api/rooms | GET, HEAD, OPTIONS",
                "POST | api/rooms/lobby | GET, HEAD, OPTIONS",
                "POST | api/people | GET, HEAD, OPTIONS",
                "PUT | api/rooms/lobby/messages | GET, HEAD, POST, OPTIONS",
                "DELETE | api/rooms/lobby/messages | GET, HEAD, POST, OPTIONS",
                "PATCH | health/ready | GET, HEAD",
                "OPTIONS | health/ready | GET, HEAD",
                "POST | chat | GET, HEAD",
                "DELETE | nothing/here | GET, HEAD",
            })
    void aRefusedMethodIsAnsweredWithTheAllowedOnes(String method, String path, String allow) throws Exception {
        HttpResponse<String> response = send(method, path, BodyPublishers.noBody());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().allValues("Allow")).containsExactly(allow);
        assertRefused(response, "not-allowed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api/people | GET, HEAD, OPTIONS",
                "api/rooms/lobby/messages | GET, HEAD, POST, OPTIONS",
            })
    void anOptionsRequestIsAnsweredWithTheAllowedMethods(String path, String allow) throws Exception {
        HttpResponse<String> options = send("OPTIONS", path, BodyPublishers.noBody());
        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.headers().allValues("Allow")).containsExactly(allow);
        assertThat(options.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"api, not-found", "api/persons, not-found", "api/rooms/lobby/members, no-such-room"})
    void anUnknownResourceIsNotFound(String path, String error) throws Exception {
        for (String method : List.of("GET", "DELETE")) {
            HttpResponse<String> response = send(method, path, BodyPublishers.noBody());
            assertThat(response.statusCode()).isEqualTo(404);
            assertRefused(response, error);
        }
    }

    @Test
    void aUserWhomNobodyKnowsIsNotFound() throws Exception {
        HttpResponse<String> response = send("GET", "api/people/ana", BodyPublishers.noBody());
        assertThat(response.statusCode()).isEqualTo(404);
        assertRefused(response, "no-such-user");
    }

    @Test
    @Tag("smoke")
    void theRoomsOneIsInComeFirstAndTheLatestBeforeTheOthers() throws Exception {
        String old = anyRoom();
        String members = anyRoom();
        String open = anyRoom();
        String quiet = anyRoom();
        try (Person ana = Person.in(old, chat());
                Person budi = Person.signedIn(chat())) {
            ana.post(old, "one");
            ana.create(members, FOR_MEMBERS, field("topic", "What to cook"));
            budi.create(open, field("topic", "For all"));
            budi.create(quiet);
            budi.command("change", quiet, "\"archived\":true");
            ana.read(old, 1);
            ana.post(old, "two");

            List<JsonObject> rooms = rooms(get(ana, "api/rooms"));
            assertThat(rooms).extracting(listed -> listed.getString("room")).startsWith(old, members, open);
            assertThat(rooms.get(0)).containsAllEntriesOf(json("""
                    {"access":"public","topic":"","head":2,"n":2,"read":{"seq":1,"n":1},"unread":0,"mentions":0}"""));
            assertThat(rooms.get(0)).doesNotContainKeys("member", "archived", "moderator", "with");
            assertThat(rooms.get(1)).containsAllEntriesOf(json("""
                    {"access":"members","topic":"What to cook","head":1,"n":0,"member":true,"moderator":true,"unread":0}"""));
            assertThat(rooms.get(2)).containsAllEntriesOf(json("""
                    {"access":"public","topic":"For all","head":1,"n":0}"""));
            assertThat(rooms.get(2)).doesNotContainKeys("read", "unread", "mentions", "member", "moderator");
            assertThat(rooms).allSatisfy(listed -> assertThat(Instant.parse(listed.getString("at")))
                    .isAfter(Instant.now().minusSeconds(3_600)));

            assertThat(rooms(get("api/rooms")))
                    .extracting(listed -> listed.getString("room"))
                    .contains(old, open)
                    .doesNotContain(members);
            assertThat(json(get(budi, "api/rooms/" + quiet)).getBoolean("archived"))
                    .isTrue();
        }
    }

    @Test
    void aRoomThatIsNoneIsNotFound() throws Exception {
        HttpResponse<String> none = get("api/rooms/" + room);
        assertThat(none.statusCode()).isEqualTo(404);
        assertRefused(none, "no-such-room");
        assertThat(json(get(messages(room))).getInt("head"))
                .as("but its log is empty")
                .isZero();
    }

    @Test
    @Tag("smoke")
    void peopleAreFoundByTheBeginningOfTheirNames() throws Exception {
        String prefix = "Zoë" + UUID.randomUUID().toString().substring(0, 8);
        try (Person first = named(prefix + " b");
                Person second = named(prefix + " A")) {
            assertThat(people(prefix)).containsExactlyInAnyOrder(first.user(), second.user());
            assertThat(people(prefix.toUpperCase(Locale.ROOT))).hasSize(2);
            assertThat(people(prefix + " a")).containsExactly(second.user());
            assertThat(people(prefix.substring(1))).as("not by what is within").isEmpty();
            for (String pattern : List.of("%", "_", prefix + "%", prefix + " _", "'", "\"", "*")) {
                assertThat(people(pattern)).as(pattern).isEmpty();
            }
        }
    }

    @Test
    void ofManyPeopleTwentyAreNamed() throws Exception {
        String prefix = "Q" + UUID.randomUUID().toString().substring(0, 8);
        for (int n = 0; n < 21; n++) {
            named(prefix + n).close();
        }
        assertThat(people(prefix)).hasSize(20);
    }

    /** A user who has posted under this name. */
    private Person named(String name) {
        Person person = Person.connect(chat());
        person.hello(name);
        person.join(room, FROM_NOW_ON);
        person.post(room, "hi");
        return person;
    }

    private List<JsonObject> people(String prefix) throws Exception {
        return json(get("api/people?q=" + URLEncoder.encode(prefix, StandardCharsets.UTF_8)))
                .getJsonArray("people")
                .getValuesAs(JsonValue::asJsonObject);
    }

    private static List<JsonObject> rooms(HttpResponse<String> response) {
        return json(response).getJsonArray("rooms").getValuesAs(JsonValue::asJsonObject);
    }

    private static String messages(String room) {
        return "api/rooms/" + room + "/messages";
    }

    private HttpResponse<String> postAs(String token, String type, String body, String key) throws Exception {
        return post(room, token, type, body, key);
    }

    private HttpResponse<String> post(String into, String token, String type, String body, String key)
            throws Exception {
        String[] headers = {"Authorization", "Bearer " + token, "Content-Type", type, "Idempotency-Key", key};
        int used = key == null ? headers.length - 2 : headers.length;
        return send("POST", messages(into), BodyPublishers.ofString(body), Arrays.copyOf(headers, used));
    }

    private static void assertRefused(HttpResponse<String> response, String code) {
        assertThat(json(response).getString("error")).as(response.body()).isEqualTo(code);
        assertThat(json(response).getString("message")).endsWith(".").doesNotContain("Exception");
    }
}
