package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Rooms with titles and stars, and read marks that go back, as sessions see it. */
class TitlesAndStarsTest {
    private final SessionNode node = new SessionNode();
    private final Client ana = signedIn("Ana");
    private final Client budi = signedIn("Budi");

    private Client signedIn(String name) {
        Client client = node.signedIn(name);
        client.forget();
        return client;
    }

    private static String creating(String id, String title) {
        return "{\"type\":\"create\"" + (id == null ? "" : ",\"id\":\"" + id + "\"") + ",\"title\":\"" + title + "\"}";
    }

    private String made(Client client, String id, String title) {
        client.forget();
        client.says(creating(id, title));
        node.settle();
        return client.events("ack").get(0).getString("room");
    }

    @Test
    void aRoomWithoutANameGetsOneThatTheSameCommandFindsAgain() {
        String room = made(ana, "c-1", "旅行计划");

        assertThat(room).matches("r-[a-z2-7]{8}");
        assertThat(made(ana, "c-1", "旅行计划")).as("again").isEqualTo(room);
        assertThat(made(ana, "c-2", "旅行计划")).as("another command").isNotEqualTo(room);
        assertThat(made(budi, "c-1", "旅行计划")).as("another user").isNotEqualTo(room);
        ana.forget();
        ana.says(creating("c-1", "Travel"));
        ana.says(creating(null, "Travel"));
        node.settle();
        assertThat(ana.heard()).containsExactly("error id-conflict c-1");
        ana.join(room);
        node.settle();
        JsonObject joined = ana.events("joined").get(0);
        assertThat(joined.getString("title")).isEqualTo("旅行计划");
        assertThat(joined.getBoolean("mayCall")).isTrue();
        budi.join(room);
        node.settle();
        assertThat(budi.events("joined").get(0).containsKey("mayCall")).isFalse();
    }

    @Test
    void aClientThatIsNotSignedInMakesAndStarsNothing() {
        Client nobody = node.connect();
        nobody.says(creating("c-1", "Travel"));
        nobody.does("star", "lobby", "c-2", "\"on\":true");
        node.settle();

        assertThat(nobody.heard()).endsWith("error not-signed-in c-1", "error not-signed-in c-2");
    }

    @Test
    void aStarIsAcknowledgedWithItsPlaceInTheInbox() {
        budi.join("lobby");
        budi.posts("hi");
        node.settle();
        ana.does("star", "lobby", "c-1", "\"on\":true");
        ana.does("star", "nowhere", "c-2", "\"on\":true");
        node.settle();

        assertThat(ana.heard()).containsExactlyInAnyOrder("ack c-1 1", "error no-such-room c-2");
        assertThat(ana.events("ack").get(0).getString("room")).isEqualTo("inbox." + ana.userId());
    }

    @Test
    void allDevicesHearThatAUserHasGoneBack() {
        budi.join("lobby");
        for (int n = 0; n < 5; n++) {
            budi.posts("hi");
        }
        ana.join("lobby");
        ana.join("inbox." + ana.userId());
        tell();
        for (String[] step : new String[][] {
            {"\"seq\":5", "{\"room\":\"lobby\",\"seq\":5,\"n\":5}"},
            {"\"seq\":2", "{\"room\":\"lobby\",\"seq\":5,\"n\":5}"},
            {"\"seq\":2,\"back\":true", "{\"room\":\"lobby\",\"seq\":2,\"n\":2,\"back\":true}"},
            {"\"seq\":1", "{\"room\":\"lobby\",\"seq\":2,\"n\":2,\"back\":true}"},
            {"\"seq\":0,\"back\":true", "{\"room\":\"lobby\",\"seq\":0,\"n\":0,\"back\":true}"},
            {"\"seq\":4", "{\"room\":\"lobby\",\"seq\":4,\"n\":4}"}
        }) {
            ana.does("read", "lobby", null, step[0]);
            tell();
            JsonObject reads = ana.events("reads").get(ana.events("reads").size() - 1);
            assertThat(reads.getJsonArray("rooms").get(0)).as(step[0]).hasToString(step[1]);
        }
    }

    /** Those who hear of both at once must not take it for an old position. */
    @Test
    void whoGoesBackAndReadsOnAtOnceIsWhereTheyAreOnAllDevices() {
        budi.join("lobby");
        for (int n = 0; n < 5; n++) {
            budi.posts("hi");
        }
        ana.join("lobby");
        ana.join("inbox." + ana.userId());
        ana.does("read", "lobby", null, "\"seq\":5");
        tell();
        ana.forget();
        ana.does("read", "lobby", null, "\"seq\":1,\"back\":true");
        ana.does("read", "lobby", null, "\"seq\":3");
        tell();
        assertThat(ana.events("reads")).hasSize(1);
        assertThat(ana.events("reads").get(0).getJsonArray("rooms").get(0))
                .hasToString("{\"room\":\"lobby\",\"seq\":3,\"n\":3,\"back\":true}");
    }

    /** The rooms publish their transient state. */
    private void tell() {
        node.settle();
        node.clock.moveMs(2_000);
        node.rooms.tick(node.clock.getAsLong());
        node.settle();
    }
}
