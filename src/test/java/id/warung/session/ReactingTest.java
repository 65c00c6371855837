package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.MessageLog;
import id.warung.log.Posted;
import id.warung.protocol.React;
import id.warung.protocol.Reactions;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reacting, in sessions and as received by others. */
class ReactingTest {
    private static final String TEA = "\"seq\":1,\"emoji\":\"🍵\",\"on\":";

    private final SessionNode node = new SessionNode();

    @Test
    void twoWhoReactAtOnceToOneMessageAreBothThereForBoth() throws IOException {
        Client ana = node.inLobby("Ana");
        Client budi = node.inLobby("Budi");
        ana.posts("hi");
        node.settle();
        ana.forget();
        budi.forget();

        ana.does("react", "lobby", "c-1", TEA + "true");
        budi.does("react", "lobby", "c-1", TEA + "true");
        node.settle();

        for (Client each : List.of(ana, budi)) {
            assertThat(each.events("ack")).hasSize(1);
            assertThat(each.events("reacted"))
                    .extracting(entry -> entry.getInt("seq"))
                    .containsExactly(2, 3);
            assertThat(each.events("reacted")).allSatisfy(entry -> {
                assertThat(entry.getInt("target")).isEqualTo(1);
                assertThat(entry.getInt("n")).isEqualTo(1);
            });
        }
        Reactions.Kind tea =
                node.log.readBefore("lobby", 99, 9).reactions().get(0).of().get(0);
        assertThat(tea.count()).isEqualTo(2);
        ana.forget();
        ana.does("react", "lobby", "c-2", TEA + "true");
        node.settle();
        assertThat(ana.events())
                .as("it changes nothing")
                .extracting(event -> event.getString("type"))
                .containsExactly("ack");
        assertThat(ana.events("ack").get(0).getInt("seq")).isEqualTo(3);
    }

    @Test
    void reactionsHaveTheRateOfMessages() {
        SessionNode limited = new SessionNode(new Rates(1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        Client ana = limited.inLobby("Ana");
        ana.posts("hi");
        for (int i = 0; i < 40; i++) {
            ana.does("react", "lobby", "c-" + i, TEA + (i % 2 == 0));
        }
        limited.settle();

        assertThat(ana.events("error")).isNotEmpty().allSatisfy(error -> {
            assertThat(error.getString("code")).isEqualTo("rate-limited");
            assertThat(error.getString("command")).isEqualTo("react");
            assertThat(error.getInt("retryAfterMs")).isPositive();
        });
    }

    @Test
    void tenThousandReactionsToOneMessageCostAReaderOneFrameAndOnePage() throws IOException {
        IntStream.rangeClosed(1, 100).forEach(i -> append(List.of(Posted.saying("lobby", "m" + i))));
        for (int from = 0; from < 10_000; from += 200) {
            append(IntStream.range(from, from + 200)
                    .mapToObj(i -> Posted.of("user" + i, new React("lobby", null, 100, "🍵", true)))
                    .toList());
        }
        Client late = node.signedIn("Citra");
        late.forget();
        int before = late.frames();
        late.joinLast("lobby", 50);
        node.settle();

        List<JsonObject> entries = late.events("reacted");
        assertThat(entries).hasSize(50);
        assertThat(late.frames() - before).as("the answer, and one frame").isLessThanOrEqualTo(2);
        MessageLog.Page page = node.log.readBefore(
                new MessageLog.PageRequest("lobby", late.userId(), 50, 512 * 1024),
                entries.get(0).getInt("seq"));
        assertThat(page.entries())
                .hasSize(50)
                .last()
                .extracting(entry -> entry.seq())
                .isEqualTo(100L);
        Reactions.Kind tea = page.reactions().get(0).of().get(0);
        assertThat(tea.count()).isEqualTo(10_000);
        assertThat(tea.users()).hasSize(20);
    }

    private void append(List<Posted> posts) {
        try {
            List<AppendRequest> requests = posts.stream().map(Posted::request).toList();
            assertThat(node.log.append(requests)).hasOnlyElementsOfType(AppendResult.Committed.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
