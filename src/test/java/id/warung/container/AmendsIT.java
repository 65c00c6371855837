package id.warung.container;

import static id.warung.client.Person.field;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages are edited, deleted and answered, in rooms of both kinds, as in docs/protocol.md. */
class AmendsIT extends OnServer {
    private static final String DURABLE = "r-";
    private static final String EPHEMERAL = "game-";
    private static final String FROM_NOW_ON = "\"last\":0";

    private final String number = UUID.randomUUID().toString();

    @Deployment(testable = false)
    static WebArchive withEphemeralRooms() {
        return packedWar(Map.of("warung.ephemeral-rooms", EPHEMERAL + "*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {DURABLE, EPHEMERAL})
    @Tag("smoke")
    void anEditIsAnEntryAndNoMessage(String kind) {
        String room = kind + number;
        try (Person ana = Person.in(room, chat());
                Person budi = Person.in(room, chat())) {
            assertThat(ana.post(room, "hi").getInt("seq")).isEqualTo(1);
            budi.next("message");
            String edit = "{\"type\":\"edit\",\"room\":\"" + room + "\",\"id\":\"c-10\",\"seq\":1,\"text\":\"hi!\"}";
            ana.say(edit);
            assertThat(ana.nextInAnyOrder("ack", "edited").get(0).getInt("seq")).isEqualTo(2);

            JsonObject edited = budi.next("edited");
            assertThat(edited).containsAllEntriesOf(json("""
                    {"seq":2,"n":1,"id":"c-10","target":1,"text":"hi!"}"""));
            assertThat(edited.getJsonObject("from")).isEqualTo(ana.asAuthor());
            ana.say(edit);
            assertThat(ana.next("ack").getInt("seq")).as("said twice").isEqualTo(2);
            assertThat(budi.post(room, "hello")).containsAllEntriesOf(json("{\"seq\":3,\"n\":2}"));
            assertThat(budi.join(room, FROM_NOW_ON)).containsAllEntriesOf(json("{\"head\":3,\"n\":2}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DURABLE, EPHEMERAL})
    @Tag("smoke")
    void aDeletedMessageIsErasedForLaterReaders(String kind) throws Exception {
        String room = kind + number;
        try (Person ana = Person.in(room, chat());
                Person budi = Person.in(room, chat());
                Person late = Person.signedIn(chat())) {
            ana.post(room, "the secret");
            ana.post(room, "what stays");
            ana.edit(room, 1, "the secret, in other words");
            ana.edit(room, 2, "what stays, in other words");
            ana.edit(room, 1, "no secret");
            assertThat(IntStream.rangeClosed(1, 5).mapToObj(n -> budi.next()).toList())
                    .extracting(event -> event.getString("type"))
                    .containsExactly("message", "message", "edited", "edited", "edited");

            assertThat(ana.delete(room, 1)).isEqualTo(6);
            JsonObject deleted = budi.next("deleted");
            assertThat(deleted).containsAllEntriesOf(json("{\"seq\":6,\"n\":2,\"target\":1}"));
            assertThat(deleted.getJsonObject("from")).isEqualTo(ana.asAuthor());

            late.join(room);
            assertErased(late.next("erased"), room, 1, 1, "message");
            assertThat(late.next("message").getString("text")).isEqualTo("what stays");
            assertErased(late.next("erased"), room, 3, 2, "edited");
            assertThat(late.next("edited").getInt("target")).isEqualTo(2);
            assertErased(late.next("erased"), room, 5, 2, "edited");
            assertThat(late.next("deleted")).isEqualTo(deleted);
            HttpResponse<String> history = get(messages(room, "after=0"));
            assertThat(history.body()).doesNotContain("secret");
            assertThat(types(json(history), "entries"))
                    .containsExactly("erased", "message", "erased", "edited", "erased", "deleted");
        }
    }

    private static void assertErased(JsonObject erased, String room, int seq, int n, String was) {
        assertThat(erased)
                .isEqualTo(json("{\"type\":\"erased\",\"room\":\"" + room + "\",\"seq\":" + seq + ",\"n\":" + n
                        + ",\"was\":\"" + was + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {DURABLE, EPHEMERAL})
    void onlyExistingMessagesAreAmended(String kind) {
        String room = kind + number;
        try (Person ana = Person.in(room, chat())) {
            ana.post(room, "one");
            ana.edit(room, 1, "two");
            int deletion = ana.delete(room, 1);
            for (int seq : new int[] {1, 2, deletion, deletion + 1, 1_000_000}) {
                ana.isRefused("no-such-message", "edit", room, field("seq", seq), field("text", "three"));
                ana.isRefused("no-such-message", "delete", room, field("seq", seq));
            }
            ana.isRefused("bad-command", "delete", room, field("seq", 0));
            ana.isRefused("bad-text", "edit", room, field("seq", 1), field("text", ""));
            ana.isRefused("text-too-long", "edit", room, field("seq", 1), field("text", "x".repeat(4_001)));
        }
    }

    /** A client without an answer repeats its post, whatever has happened to the message meanwhile. */
    @ParameterizedTest
    @ValueSource(strings = {DURABLE, EPHEMERAL})
    void aCommandRepeatedAfterTheDeletionGetsItsFirstAck(String kind) {
        String room = kind + number;
        try (Person ana = Person.in(room, chat())) {
            String post = Person.postFrame(room, "one", field("id", "c-1"));
            String edit = "{\"type\":\"edit\",\"room\":\"" + room + "\",\"id\":\"c-2\",\"seq\":1,\"text\":\"two\"}";
            String delete = "{\"type\":\"delete\",\"room\":\"" + room + "\",\"id\":\"c-3\",\"seq\":1}";
            ana.say(post);
            ana.nextInAnyOrder("ack", "message");
            ana.say(edit);
            ana.nextInAnyOrder("ack", "edited");
            ana.say(delete);
            ana.nextInAnyOrder("ack", "deleted");
            int seq = 1;
            for (String again : List.of(post, edit, delete)) {
                ana.say(again);
                assertThat(ana.next("ack").getInt("seq")).as(again).isEqualTo(seq++);
            }
            ana.say(Person.postFrame(room, "another", field("id", "c-1")));
            assertThat(ana.nextError("id-conflict").getString("id")).isEqualTo("c-1");
            assertThat(ana.post(room, "new").getInt("seq")).isEqualTo(4);
        }
    }

    @Test
    @Tag("smoke")
    void onlyItsAuthorAndAModeratorAmendAMessage() {
        String room = DURABLE + number;
        try (Person ana = Person.signedIn(chat());
                Person budi = Person.signedIn(chat())) {
            ana.create(room);
            ana.join(room, FROM_NOW_ON);
            budi.join(room, FROM_NOW_ON);
            int his = budi.post(room, "his").getInt("seq");
            ana.next("message");
            int hers = ana.post(room, "hers").getInt("seq");
            budi.next("message");
            budi.isRefused("forbidden", "edit", room, field("seq", hers), field("text", "mine"));
            budi.isRefused("forbidden", "delete", room, field("seq", hers));
            ana.edit(room, his, "edited by the house");
            assertThat(budi.next("edited").getJsonObject("from")).isEqualTo(ana.asAuthor());
            budi.edit(room, his, "no");
            budi.next("edited");
            ana.delete(room, his);
            assertThat(budi.next("deleted").getInt("target")).isEqualTo(his);
        }
    }

    @Test
    void oneAmendsWhereOneIsOnly() {
        String room = DURABLE + number;
        try (Person ana = Person.in(room, chat())) {
            ana.post(room, "one");
            ana.say("{\"type\":\"leave\",\"room\":\"" + room + "\"}");
            ana.next("left");
            ana.isRefused("not-joined", "edit", room, field("seq", 1), field("text", "two"));
            ana.isRefused("not-joined", "delete", room, field("seq", 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DURABLE, EPHEMERAL})
    void aReplyNamesWhatItAnswers(String kind) {
        String room = kind + number;
        try (Person ana = Person.in(room, chat());
                Person budi = Person.in(room, chat())) {
            ana.post(room, "soto?");
            budi.next("message");
            JsonObject reply = budi.post(room, "yes", field("replyTo", 1));
            assertThat(reply.getInt("replyTo")).isEqualTo(1);
            assertThat(ana.next("message")).isEqualTo(reply);
            budi.isRefused("no-such-message", "post", room, field("text", "?"), field("replyTo", 3));
            budi.isRefused("bad-command", "post", room, field("text", "?"), field("replyTo", 0));
            ana.delete(room, 1);
            budi.next("deleted");
            assertThat(budi.post(room, "still yes", field("replyTo", 1)).getInt("seq"))
                    .isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DURABLE, EPHEMERAL})
    @Tag("smoke")
    void aPageHasTheLastAmendmentThatIsBeyondIt(String kind) throws Exception {
        String room = kind + number;
        try (Person ana = Person.in(room, chat())) {
            ana.post(room, "one");
            ana.post(room, "two");
            ana.edit(room, 1, "ONE"); // 3
            ana.edit(room, 2, "TWO"); // 4
            ana.edit(room, 1, "One"); // 5
            assertThat(amends(room, "before=3")).containsExactly(4, 5);
            assertThat(amends(room, "before=4")).containsExactly(4, 5);
            assertThat(amends(room, "before=5&limit=3"))
                    .as("of what is in the page only")
                    .isEmpty();
            assertThat(amends(room, "after=0")).isEmpty();
            assertThat(amends(room, "after=2")).isEmpty();
            assertThat(amends(room, "after=5")).isEmpty();
            ana.delete(room, 1); // 6
            assertThat(amends(room, "after=0&limit=1")).containsExactly(6);
            JsonObject amend = json(get(messages(room, "after=0&limit=2")))
                    .getJsonArray("amends")
                    .getJsonObject(1);
            assertThat(amend).containsAllEntriesOf(json("{\"type\":\"deleted\",\"seq\":6,\"target\":1}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DURABLE, EPHEMERAL})
    @Tag("smoke")
    void theTagOfAPageChangesWhenWhatIsInItDoes(String kind) throws Exception {
        String room = kind + number;
        try (Person ana = Person.in(room, chat())) {
            ana.post(room, "one");
            ana.post(room, "two");
            String page = messages(room, "after=0&limit=1");
            String tag = tag(page);
            ana.post(room, "three");
            assertThat(isNews(page, tag)).as("only the head is another").isFalse();
            ana.edit(room, 2, "TWO");
            assertThat(isNews(page, tag)).as("what was edited is beyond it").isFalse();
            ana.edit(room, 1, "ONE");
            assertThat(isNews(page, tag)).isTrue();
            tag = tag(page);
            ana.edit(room, 1, "One");
            assertThat(isNews(page, tag)).as("edited again").isTrue();
            tag = tag(page);
            ana.delete(room, 1);
            assertThat(isNews(page, tag)).as("deleted").isTrue();
        }
    }

    /** The message itself may be on an earlier page. */
    @ParameterizedTest
    @ValueSource(strings = {DURABLE, EPHEMERAL})
    void theTagOfAPageChangesWhenAnEditInItIsErased(String kind) throws Exception {
        String room = kind + number;
        try (Person ana = Person.in(room, chat())) {
            ana.post(room, "one");
            ana.post(room, "two");
            ana.edit(room, 1, "the secret");
            ana.command("post", room, field("text", "three"));
            String page = messages(room, "after=1&limit=3");
            String tag = tag(page);
            ana.delete(room, 1);
            assertThat(get(page).body()).doesNotContain("secret");
            assertThat(isNews(page, tag)).isTrue();
        }
    }

    private String tag(String path) throws Exception {
        return get(path).headers().firstValue("ETag").orElseThrow();
    }

    private boolean isNews(String path, String tag) throws Exception {
        int status = get(path, "If-None-Match", tag).statusCode();
        assertThat(status).isIn(200, 304);
        return status == 200;
    }

    private List<Integer> amends(String room, String query) throws Exception {
        return json(get(messages(room, query))).getJsonArray("amends").stream()
                .map(amend -> amend.asJsonObject().getInt("seq"))
                .toList();
    }

    private static List<String> types(JsonObject page, String list) {
        return page.getJsonArray(list).stream()
                .map(JsonValue::asJsonObject)
                .map(entry -> entry.getString("type"))
                .toList();
    }

    private static String messages(String room, String query) {
        return "api/rooms/" + room + "/messages?" + query;
    }
}
