package id.warung.container;

import static id.warung.client.Person.field;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages are found by their words, in rooms of both kinds, whatever the query. */
class SearchIT extends OnServer {
    private static final String DURABLE = "r-";
    private static final String EPHEMERAL = "game-";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final int MANY_CHARACTERS = 6_000;

    /** The word of the last message, which shows that all earlier ones are indexed. */
    private static final String LAST_WORD = "zzz";

    private final String number = UUID.randomUUID().toString();
    private Person ana;

    @Deployment(testable = false)
    static WebArchive quickIndex() {
        return packedWar(Map.of("warung.index-interval-ms", "50", "warung.ephemeral-rooms", EPHEMERAL + "*"));
    }

    @AfterEach
    void sheGoes() {
        ana.close();
    }

    /** Posts, and waits until the posts can be found. */
    private String said(String kind, String... texts) throws Exception {
        String room = kind + number;
        if (ana == null) {
            ana = Person.in(room, chat());
        }
        for (String text : texts) {
            ana.post(room, text);
        }
        awaitIndex(room);
        return room;
    }

    private void awaitIndex(String room) {
        int last = ana.post(room, LAST_WORD).getInt("seq");
        Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> seqs(room, LAST_WORD)
                .contains(last));
    }

    @ParameterizedTest
    @ValueSource(strings = {DURABLE, EPHEMERAL})
    @Tag("smoke")
    void messagesAreFoundByAllTheirWordsTheNewestFirst(String kind) throws Exception {
        String room = said(kind, "Soto ayam tonight?", "no, sate", "SOTO, sotó and ｓｏｔｏ: ayam", "Sotol");
        assertThat(seqs(room, "soto")).containsExactly(4, 3, 1);
        assertThat(seqs(room, "soto ayam")).containsExactly(3, 1);
        assertThat(seqs(room, "ayam SOTO")).containsExactly(3, 1);
        assertThat(seqs(room, "ayam sot"))
                .as("the last word may be a beginning")
                .containsExactly(3, 1);
        assertThat(seqs(room, "sot ayam")).as("the others may not").isEmpty();
        assertThat(seqs(room, "oto")).isEmpty();
        assertThat(seqs(room, "soto nasi")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {DURABLE, EPHEMERAL})
    @Tag("smoke")
    void chineseAndJapaneseAreFoundByTwoCharactersAndByOne(String kind) throws Exception {
        String room = said(kind, "我们明天去北京吃烤鸭", "東京でラーメンを食べる", "京都");
        assertThat(seqs(room, "北京")).containsExactly(1);
        assertThat(seqs(room, "烤鸭")).as("at the end").containsExactly(1);
        assertThat(seqs(room, "明天去北京")).containsExactly(1);
        assertThat(seqs(room, "ラーメン")).containsExactly(2);
        assertThat(seqs(room, "京")).containsExactly(3, 2, 1);
        assertThat(seqs(room, "鸭")).containsExactly(1);
        assertThat(seqs(room, "京 東京")).containsExactly(2);
        assertThat(seqs(room, "京北")).isEmpty();
        assertThat(seqs(room, "北 京")).as("two words").containsExactly(1);
    }

    @ParameterizedTest
    @Tag("smoke")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\" | 3",
                "\"\" |",
                "* |",
                "' | 3",
                "% | 3",
                "_ | 3",
                "^ | 3",
                ": | 3",
                "- | 3",
                "( |",
                ") |",
                "\\ |",
                "; |",
                "` ` |",
                "`` |",
                "🙂 |",
                "NEAR | 1",
                "NEAR(soto market) | 1",
                "NEAR/2 | ",
                "soto NEAR market | 1",
                "OR | 2",
                "tea OR soto |",
                "tea OR coffee | 2",
                "NOT |",
                "soto NOT market |",
                "AND |",
                "-soto | 1",
                "tea -coffee | 2",
                "soto* | 1",
                "*oto |",
                "\"soto | 1",
                "\"market soto\" | 1",
                "soto\"; DROP TABLE search; -- |",
                "' OR '1'='1 |",
                "it's | 3",
                "100% | 3",
                "so% |",
                "under_score | 3",
                "s_to |",
                "^soto | 1",
                "words:soto |",
                "c:d | 3",
                "{words}:soto |",
                "rowid:1 |",
                "soto + market |",
                "soto\u0000market | 1",
            })
    void searchEngineSyntaxHasNoMeaningInAQuery(String query, Integer found) throws Exception {
        String room = said(
                DURABLE,
                "Soto ayam near the market",
                "tea or coffee",
                "100% under_score it's a-b c:d e^f \\\"quoted\\\"");
        HttpResponse<String> response = search(room, query == null ? "" : query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(seqs(response)).isEqualTo(found == null ? List.of() : List.of(found));
    }

    /** Servers reject longer ones by themselves. */
    @ParameterizedTest
    @ValueSource(strings = {"soto ", "a", "京", "\"", "%", "* NEAR OR "})
    void aVeryLongQueryTakesNotMuchLongerThanAnother(String part) throws Exception {
        String room = said(DURABLE, "soto");
        String one = URLEncoder.encode(part, StandardCharsets.UTF_8);
        long before = System.nanoTime();
        HttpResponse<String> response =
                get("api/rooms/" + room + "/messages?q=" + one.repeat(MANY_CHARACTERS / one.length()));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(BOUND);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(seqs(room, "soto")).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {DURABLE, EPHEMERAL})
    @Tag("smoke")
    void hitsComeWithTheMessagesRightBeforeAndAfter(String kind) throws Exception {
        String room = kind + number;
        ana = Person.in(room, chat());
        ana.post(room, "soto");
        ana.post(room, "two");
        ana.edit(room, 2, "TWO");
        ana.command("change", room, field("topic", "soto"));
        ana.skipTo("changed");
        said(kind, "three", "soto");
        List<JsonObject> hits = hits(search(room, "soto"));
        assertThat(hits)
                .extracting(hit -> hit.getJsonObject("entry").getInt("seq"))
                .containsExactly(6, 1);
        assertThat(around(hits.get(0))).containsExactly(5, 7);
        assertThat(around(hits.get(1))).containsExactly(2);
        assertThat(json(search(room, "soto")).getJsonArray("amends").getJsonObject(0))
                .as("what is around is amended as well")
                .containsAllEntriesOf(json("{\"type\":\"edited\",\"target\":2,\"text\":\"TWO\"}"));
        assertThat(around(hits(search(room, "three")).get(0))).containsExactly(2, 6);
        JsonObject page = json(get("api/rooms/" + room + "/messages?after=0"));
        assertThat(hits.get(0).getJsonObject("entry"))
                .isEqualTo(page.getJsonArray("entries").getJsonObject(5));
        assertThat(json(search(room, "soto")).getInt("head")).isEqualTo(7);
        assertThat(json(search(room, "soto")).getString("epoch")).isEqualTo(page.getString("epoch"));
    }

    private static List<Integer> around(JsonObject hit) {
        return hit.getJsonArray("around").stream()
                .map(entry -> entry.asJsonObject().getInt("seq"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {DURABLE, EPHEMERAL})
    @Tag("smoke")
    void anEditIsFoundByWhatItSaysNowAndWhatWasDeletedByNothing(String kind) throws Exception {
        String room = said(kind, "sate", "rendang");
        ana.edit(room, 1, "soto");
        ana.skipTo("edited");
        ana.delete(room, 2);
        ana.skipTo("deleted");
        awaitIndex(room);
        assertThat(seqs(room, "sate")).isEmpty();
        assertThat(seqs(room, "rendang")).isEmpty();
        JsonObject found = json(search(room, "soto"));
        assertThat(seqs(room, "soto")).containsExactly(1);
        assertThat(found.getJsonArray("amends").getJsonObject(0)).containsAllEntriesOf(json("""
                {"type":"edited","target":1,"text":"soto"}"""));
        ana.delete(room, 1);
        assertThat(seqs(room, "soto")).as("at once").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {DURABLE, EPHEMERAL})
    void manyAreFoundPageByPage(String kind) throws Exception {
        String room = kind + number;
        ana = Person.in(room, chat());
        for (int n = 1; n <= 60; n++) {
            ana.say(Person.postFrame(room, "soto " + n));
        }
        for (int n = 1; n <= 60; n++) {
            ana.next("message");
        }
        awaitIndex(room);
        assertThat(seqs(room, "soto")).hasSize(20).startsWith(60, 59).endsWith(41);
        assertThat(seqs(get(path(room, "soto") + "&limit=50&before=41")))
                .hasSize(40)
                .startsWith(40)
                .endsWith(1);
        assertThat(seqs(get(path(room, "soto") + "&limit=1"))).containsExactly(60);
        assertThat(seqs(get(path(room, "soto") + "&before=1"))).isEmpty();
        assertThat(get(path(room, "soto") + "&limit=51").statusCode()).isEqualTo(400);
        assertThat(get(path(room, "soto") + "&limit=0").statusCode()).isEqualTo(400);
        assertThat(get(path(room, "soto") + "&before=x").statusCode()).isEqualTo(400);
    }

    @Test
    void oneRoomsMessagesAreFoundInThatRoomOnly() throws Exception {
        said(DURABLE, "soto");
        String other = Person.anyRoom();
        assertThat(seqs(other, "soto")).isEmpty();
        ana.join(other);
        ana.post(other, "nasi");
        awaitIndex(other);
        assertThat(seqs(other, "soto")).isEmpty();
        assertThat(seqs(other, "nasi")).containsExactly(1);
    }

    private static String path(String room, String query) {
        return "api/rooms/" + room + "/messages?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> search(String room, String query) throws Exception {
        return get(path(room, query));
    }

    private List<Integer> seqs(String room, String query) throws Exception {
        return seqs(search(room, query));
    }

    private static List<Integer> seqs(HttpResponse<String> response) {
        return hits(response).stream()
                .map(hit -> hit.getJsonObject("entry").getInt("seq"))
                .toList();
    }

    private static List<JsonObject> hits(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonArray hits = json(response).getJsonArray("hits");
        return hits.getValuesAs(JsonValue::asJsonObject);
    }
}
