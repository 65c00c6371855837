package id.warung.container;

import static id.warung.client.Person.anyRoom;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log over HTTP, as in docs/protocol.md. */
class HistoryIT extends DeployedWar {
    private final String room = anyRoom();

    @Test
    @Tag("smoke")
    void historyIsReadInPagesBothWays() throws Exception {
        List<JsonObject> said = say("halo, 你好 🙂", "b", "c", "d", "e");

        assertThat(page("limit=2").entries()).isEqualTo(said.subList(3, 5));
        assertThat(page("before=4&limit=2").entries()).isEqualTo(said.subList(1, 3));
        Page first = page("after=0&limit=3");
        assertThat(first.entries()).isEqualTo(said.subList(0, 3));
        assertThat(first.head()).isEqualTo(5);
        assertThat(page("after=3").entries()).isEqualTo(said.subList(3, 5));
        assertThat(page("after=5").entries()).isEmpty();
    }

    @Test
    @Tag("smoke")
    void aKnownPageIsNotSentAgainUntilItChanges() throws Exception {
        say("one");
        String tag = get(path("after=0")).headers().firstValue("ETag").orElseThrow();

        for (String known : List.of(tag, "\"other\", " + tag, "*")) {
            assertThat(get(path("after=0"), "If-None-Match", known).statusCode())
                    .as(known)
                    .isEqualTo(304);
        }
        say("two");
        HttpResponse<String> changed = get(path("after=0"), "If-None-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(json(changed).getInt("head")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, 400, bad-query",
        "limit=501, 400, bad-query",
        "limit=4294967297, 400, bad-query", // 1 in 32 bits
        "limit=x, 400, bad-query",
        "limit=, 400, bad-query",
        "after=-1, 400, bad-query",
        "after=1.5, 400, bad-query",
        "after=9999999999999999999, 400, bad-query",
        "after=1&before=2, 400, bad-query",
    })
    void aQueryThatIsNoneIsRefused(String query, int status, String error) throws Exception {
        HttpResponse<String> response = get(path(query));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).getString("error")).isEqualTo(error);
        assertThat(json(response).getString("message")).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource({
        "api/rooms/UPPER/messages, 400, bad-room",
        "api/rooms/a%20b/messages, 400, bad-room",
        "api/rooms/-/messages, 400, bad-room",
        "api/rooms/nobody-has-spoken-here, 404, no-such-room",
        "api/rooms/lobby/members, 404, no-such-room",
        "api/rooms/UPPER, 400, bad-room",
    })
    void anAddressThatIsNoneIsRefused(String path, int status, String error) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).getString("error")).isEqualTo(error);
    }

    private record Page(int head, List<JsonObject> entries) {}

    private Page page(String query) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path(query));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow().replace(" ", ""))
                .isEqualToIgnoringCase("application/json;charset=UTF-8");
        JsonObject page = json(response);
        return new Page(
                page.getInt("head"),
                page.getJsonArray("entries").stream()
                        .map(JsonValue::asJsonObject)
                        .toList());
    }

    /** Posts, and returns the entries as they were sent over the connection. */
    private List<JsonObject> say(String... texts) {
        try (Person ana = Person.in(room, chat())) {
            return IntStream.range(0, texts.length)
                    .mapToObj(n -> ana.post(room, texts[n]))
                    .toList();
        }
    }

    private String path(String query) {
        return "api/rooms/" + room + "/messages?" + query;
    }
}
