package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.log.Committer;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer names the command it belongs to, and an author who repeats a command gets its first answer. */
class AnswersTest {
    private static final String KITCHEN = "\"room\":\"kitchen\"";

    /** One of each kind that can be refused, without an id. */
    private static final List<String> COMMANDS = List.of(
            "{\"type\":\"join\"," + KITCHEN + "}",
            "{\"type\":\"leave\"," + KITCHEN + "}",
            "{\"type\":\"post\"," + KITCHEN + ",\"text\":\"hi\"}",
            "{\"type\":\"edit\"," + KITCHEN + ",\"seq\":2,\"text\":\"hi\"}",
            "{\"type\":\"delete\"," + KITCHEN + ",\"seq\":2}",
            "{\"type\":\"typing\"," + KITCHEN + "}",
            "{\"type\":\"read\"," + KITCHEN + ",\"seq\":2}",
            "{\"type\":\"create\"," + KITCHEN + "}",
            "{\"type\":\"change\"," + KITCHEN + ",\"topic\":\"Soto\"}",
            "{\"type\":\"add\"," + KITCHEN + ",\"user\":\"u-8x1c\"}",
            "{\"type\":\"remove\"," + KITCHEN + ",\"user\":\"u-8x1c\"}",
            "{\"type\":\"direct\",\"user\":\"u-8x1c\"}");

    private final SessionNode node = new SessionNode();

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private static String withId(String command, String id) {
        return command.replaceFirst("\\{", "{\"id\":\"" + id + "\",");
    }

    private static void namesItsCommand(JsonObject error, String command) {
        JsonObject said = json(command);
        assertThat(error.getString("command")).isEqualTo(said.getString("type"));
        assertThat(error.getString("room", null)).as(command).isEqualTo(said.getString("room", null));
        assertThat(error.getString("id", null)).as(command).isEqualTo(said.getString("id", null));
    }

    private List<JsonObject> errors(Client client, String command) {
        client.forget();
        client.says(command);
        node.settle();
        return client.events("error");
    }

    @Test
    void anErrorNamesTheCommandAndItsRoomAndId() {
        Client ana = node.signedIn("Ana");
        ana.does("create", "kitchen", null, "\"access\":\"members\"");
        node.settle();
        Client stranger = node.connect();
        Client guest = node.signedIn("Budi");
        for (Client client : new Client[] {stranger, guest}) {
            for (String command : COMMANDS) {
                for (String each : new String[] {command, withId(command, "c-7")}) {
                    assertThat(errors(client, each))
                            .as(each)
                            .hasSize(1)
                            .allSatisfy(error -> namesItsCommand(error, each));
                }
            }
        }
        String again = "{\"type\":\"hello\",\"name\":\"Ana\",\"id\":\"c-1\"}";
        assertThat(errors(guest, again)).hasSize(1).allSatisfy(error -> namesItsCommand(error, again));
    }

    @Test
    void anErrorOfTheServerNamesTheCommandToo() {
        Client ana = node.signedIn("Ana");
        ana.join("kitchen");
        node.settle();
        node.log.beforeAppend(group -> {
            throw new IOException("away");
        });
        try (Logged quiet = Logged.by(Committer.class)) {
            for (String command : COMMANDS.subList(2, COMMANDS.size() - 1)) {
                if (!command.contains("typing")) {
                    assertThat(errors(ana, command))
                            .hasSize(1)
                            .allSatisfy(error -> namesItsCommand(error, command))
                            .allSatisfy(
                                    error -> assertThat(error.getString("code")).isEqualTo("unavailable"));
                }
            }
            assertThat(quiet.thrown()).isNotEmpty();
        }
    }

    @Test
    void anAnswerRepeatsTheIdOfItsCommand() {
        Client budi = node.signedIn("Budi");
        Client ana = node.connect();
        ana.says("{\"type\":\"hello\",\"id\":\"c-1\",\"name\":\"Ana\"}");
        ana.says("{\"type\":\"join\",\"id\":\"c-2\",\"room\":\"lobby\"}");
        ana.says("{\"type\":\"typing\",\"id\":\"c-3\",\"room\":\"lobby\"}");
        ana.says("{\"type\":\"pong\",\"id\":\"c-4\",\"n\":0}");
        ana.posts("c-5", "hi");
        node.settle();
        ana.says("{\"type\":\"read\",\"id\":\"c-6\",\"room\":\"lobby\",\"seq\":99}");
        ana.says("{\"type\":\"direct\",\"id\":\"c-7\",\"user\":\"" + budi.userId() + "\"}");
        node.settle();
        ana.says("{\"type\":\"leave\",\"id\":\"c-8\",\"room\":\"lobby\"}");
        node.settle();

        List<String> answered = ana.events().stream()
                .filter(event -> event.containsKey("id") && !event.containsKey("from"))
                .map(event -> event.getString("type") + " " + event.getString("id"))
                .toList();
        assertThat(answered)
                .containsExactlyInAnyOrder(
                        "signed-in c-1", "joined c-2", "ack c-5", "ack c-6", "direct c-7", "left c-8");
        assertThat(ana.heard()).contains("ack c-6 1").noneMatch(event -> event.startsWith("error"));
    }

    /** A read position is no entry: its id is not looked for in the log. */
    @Test
    void theIdOfAReadMayBeThatOfAnything() {
        Client ana = node.inLobby("Ana");
        ana.posts("c-1", "one");
        ana.posts("c-2", "two");
        node.settle();
        ana.forget();
        ana.does("read", "lobby", "c-1", "\"seq\":1");
        node.settle();
        ana.does("read", "lobby", "c-1", "\"seq\":2");
        node.settle();

        assertThat(ana.heard()).containsExactly("ack c-1 1", "ack c-1 2");
    }

    /** Whatever they did there; somebody else learns nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"removed", "left", "elsewhere", "archived"})
    void aCommandThatIsRepeatedIsAnsweredAsBefore(String since) {
        Client ana = node.signedIn("Ana");
        Client budi = node.signedIn("Budi");
        ana.does("create", "kitchen", null, "\"access\":\"members\"");
        ana.join("kitchen");
        ana.does("add", "kitchen", null, "\"user\":\"" + budi.userId() + "\"");
        node.settle();
        budi.join("kitchen");
        String user = "\"user\":\"" + node.signedIn("Citra").userId() + "\"";
        List<String> said = List.of(
                "{\"type\":\"post\"," + KITCHEN + ",\"id\":\"c-1\",\"text\":\"hi\"}", // 3
                "{\"type\":\"edit\"," + KITCHEN + ",\"id\":\"c-2\",\"seq\":3,\"text\":\"ho\"}",
                "{\"type\":\"add\"," + KITCHEN + ",\"id\":\"c-3\"," + user + "}",
                "{\"type\":\"post\"," + KITCHEN + ",\"id\":\"c-4\",\"text\":\"oops\",\"replyTo\":3,\"mentions\":[]}",
                "{\"type\":\"delete\"," + KITCHEN + ",\"id\":\"c-5\",\"seq\":6}");
        said.forEach(budi::says);
        node.settle();
        List<String> acks = acks(budi);
        assertThat(acks).containsExactly("ack c-1 3", "ack c-2 4", "ack c-3 5", "ack c-4 6", "ack c-5 7");

        Client again = budi;
        switch (since) {
            case "removed" -> ana.does("remove", "kitchen", null, "\"user\":\"" + budi.userId() + "\"");
            case "left" -> budi.leave("kitchen");
            case "archived" -> ana.does("change", "kitchen", null, "\"archived\":true");
            default -> {
                again = node.connect();
                again.helloAgain(node.tokenOf(budi.session.user()));
            }
        }
        node.settle();
        again.forget();
        said.forEach(again::says);
        node.settle();
        assertThat(again.heard()).containsExactlyElementsOf(acks);

        ana.forget();
        Client eve = node.signedIn("Eve");
        eve.forget();
        said.forEach(eve::says);
        node.settle();
        assertThat(eve.heard()).hasSize(said.size()).allMatch(event -> event.startsWith("error not-"));
        assertThat(ana.heard()).as("nothing is written").isEmpty();
    }

    private static List<String> acks(Client client) {
        return client.heard().stream().filter(event -> event.startsWith("ack")).toList();
    }

    /** The queue of replies holds as many of the longest errors as it holds replies. */
    @Test
    void noErrorIsLongerThanItsShareOfTheRepliesThatMayWait() {
        List<Integer> lengths = new ArrayList<>();
        String longest = "\"".repeat(64);
        Stream.of(ErrorCode.values()).forEach(code -> {
            Reply.Failure failure =
                    new Reply.Failure(code, "m".repeat(150), "c".repeat(32), "r".repeat(64), longest, 10_000);
            lengths.add(failure.event().toBytes().length);
        });

        assertThat(lengths).allMatch(length -> length <= ReplyQueue.MAX_BYTES / ReplyQueue.MAX_REPLIES);
    }
}
