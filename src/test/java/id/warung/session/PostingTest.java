package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.log.Committer;
import id.warung.session.ScriptedTransport.Behaviour;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostingTest {
    private final SessionNode node = new SessionNode();
    private final Client ana = node.inLobby("Ana");

    @Test
    void aPostReachesEverybodyAndIsAcknowledged() {
        Client budi = node.inLobby("Budi");
        ana.posts("c-1", "hi");
        node.settle();

        assertThat(ana.heard()).containsExactlyInAnyOrder("ack c-1 1", "message 1");
        assertThat(budi.heard()).containsExactly("message 1");
        assertThat(budi.events().get(0).getString("text")).isEqualTo("hi");
        assertThat(budi.events().get(0).getString("id")).isEqualTo("c-1");
        assertThat(budi.events().get(0).getJsonObject("from").getString("name")).isEqualTo("Ana");
    }

    @Test
    void withoutAnIdThereIsNoAck() {
        ana.posts("hi");
        node.settle();

        assertThat(ana.heard()).containsExactly("message 1");
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsCommitted() {
        ana.posts("c-1", "hi");
        node.executor.runAll();
        assertThat(ana.heard()).isEmpty();

        node.settle();
        assertThat(ana.heard()).contains("ack c-1 1");
    }

    @Test
    void theSameIdAgainGetsTheSameAnswerAndIsSaidOnce() {
        ana.posts("c-1", "hi");
        ana.posts("c-1", "hi");
        ana.posts("c-1", "ho");
        node.settle();

        assertThat(ana.heard())
                .containsExactlyInAnyOrder("ack c-1 1", "ack c-1 1", "error id-conflict c-1", "message 1");
        assertThat(node.log.texts("lobby")).containsExactly("hi");
    }

    @Test
    void postsOfOneSessionAreInTheOrderInWhichTheyWereSaid() {
        for (int n = 0; n < 1_000; n++) {
            ana.posts("text " + n);
        }
        node.settle();

        assertThat(node.log.texts("lobby"))
                .containsExactly(
                        IntStream.range(0, 1_000).mapToObj(n -> "text " + n).toArray(String[]::new));
    }

    @Test
    void aStorageThatIsAwayIsSaidToBeWithATimeToTryAgain() {
        try (Logged quiet = Logged.by(Committer.class)) {
            node.log.beforeAppend(group -> {
                throw new IOException("The disk is full.");
            });
            ana.posts("c-1", "hi");
            node.settle();
            assertThat(ana.heard()).containsExactly("error unavailable c-1");
            assertThat(ana.events().get(0).getInt("retryAfterMs")).isPositive();
            assertThat(quiet.thrown()).hasSize(1);

            node.log.beforeAppend(group -> {});
            ana.posts("c-1", "hi");
            node.settle();
            assertThat(ana.heard()).contains("ack c-1 1", "message 1");
        }
    }

    @Test
    void aNodeThatHasTooMuchToWriteIsBusy() {
        SessionNode small = new SessionNode(1_024, 100_000);
        Client busy = small.inLobby("Ana");
        for (int n = 1; n <= 4; n++) {
            busy.posts("c-" + n, "a");
        }
        small.settle();
        assertThat(busy.heard())
                .containsExactlyInAnyOrder(
                        "ack c-1 1", "ack c-2 2", "ack c-3 3", "error busy c-4", "message 1", "message 2", "message 3");
        assertThat(busy.events("error").get(0).getInt("retryAfterMs")).isPositive();

        busy.forget();
        busy.posts("c-4", "a");
        small.settle();
        assertThat(busy.heard()).contains("ack c-4 4");
    }

    @Test
    void aSessionThatSaysTooMuchAtOnceIsBusyAndTheOthersAreNot() {
        SessionNode small = new SessionNode(SessionNode.PLENTY, 1_000);
        Client loud = small.inLobby("Ana");
        Client quiet = small.inLobby("Budi");
        for (int n = 1; n <= 50; n++) {
            loud.posts("c-" + n, "a");
        }
        quiet.posts("c-1", "b");
        small.settle();

        assertThat(loud.heard()).contains("error busy c-4", "error busy c-5").doesNotContain("error busy c-3");
        assertThat(quiet.heard()).as("next to the first of the loud one").contains("ack c-1 2");
        loud.forget();
        loud.posts("c-4", "a");
        small.settle();
        assertThat(loud.heard()).contains("ack c-4 5");
    }

    @Test
    void aClientThatWasOftenBusyMayStillHaveManyPostsUnderWay() {
        SessionNode small = new SessionNode(20_000, SessionNode.PLENTY);
        Client client = small.inLobby("Ana");
        for (int round = 0; round < 20; round++) {
            for (int n = 0; n < 200; n++) {
                client.posts("c-" + round + "-" + n, "a");
            }
            small.settle();
        }

        List<List<String>> groups = small.log.groups();
        assertThat(client.events("error")).hasSizeGreaterThan(1_000);
        assertThat(groups.get(groups.size() - 1)).hasSize(65);
    }

    /** Whatever counts as waiting must be released in every case, or a session would be busy for ever. */
    @Test
    void theWeightOfACommandIsReleasedWhateverItsOutcome() {
        SessionNode small = new SessionNode(SessionNode.PLENTY, 1_000);
        Client client = small.inLobby("Ana");
        try (Logged quiet = Logged.by(Committer.class)) {
            for (int n = 0; n < 50; n++) {
                client.posts("c-1", "hi"); // committed once, then a duplicate
                client.posts("c-1", "ho"); // a conflict
                small.settle();
                client.says("{\"type\":\"post\",\"room\":\"kitchen\",\"text\":\"hi\"}"); // refused
                client.join("kitchen");
                client.leave("kitchen");
                small.settle();
                client.hello("Ana");
                client.leave("kitchen");
                client.says("nonsense");
                small.settle();
                small.log.beforeAppend(group -> {
                    throw new IOException("away");
                });
                client.posts("hi");
                small.settle();
                small.log.beforeAppend(group -> {});
            }
            assertThat(quiet.thrown()).isNotEmpty();
        }
        assertThat(client.events("error"))
                .noneMatch(error -> error.getString("code").equals("busy"));
        assertThat(small.input.usedBytes()).isZero();
    }

    @Test
    void aThousandPostsOnASlowConnectionAreAllAcknowledgedAndNeverTooManyAtATime() {
        ana.transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        for (int n = 1; n <= 1_000; n++) {
            ana.posts("c-" + n, "text");
        }
        node.settle();
        while (ana.transport.outstanding() != null) {
            ana.transport.complete(null);
            node.settle();
        }

        assertThat(ana.transport.closes()).isEmpty();
        Set<String> acked = new HashSet<>();
        ana.events("ack").forEach(ack -> acked.add(ack.getString("id")));
        assertThat(acked).hasSize(1_000);
        assertThat(ana.events("message")).hasSize(1_000);
        assertThat(ana.events("error")).isEmpty();
        assertThat(ana.transport.mostInFlight()).isEqualTo(1);
        assertThat(acksInOneFrame()).isLessThanOrEqualTo(ReplyQueue.MAX_REPLIES);
    }

    private long acksInOneFrame() {
        return ana.transport.texts().stream()
                .mapToLong(text -> text.split("\"type\":\"ack\"", -1).length - 1L)
                .max()
                .orElse(0);
    }

    @Test
    void aThousandBadCommandsAtOnceAreAThousandErrorsAndNotTheEnd() {
        ana.transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        for (int n = 1; n <= 1_000; n++) {
            ana.says("{\"type\":\"post\",\"id\":\"c-" + n + "\"}");
        }
        node.settle();
        while (ana.transport.outstanding() != null) {
            ana.transport.complete(null);
            node.settle();
        }

        assertThat(ana.transport.closes()).isEmpty();
        assertThat(ana.events("error")).hasSize(1_000);
    }

    @Test
    void theLongestIdsThereAreDoNotEndASlowSession() {
        SessionNode small = new SessionNode(SessionNode.PLENTY, 64 * 1024); // most of it is busy
        Client client = small.inLobby("Ana");
        client.transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        for (int n = 0; n < 1_000; n++) {
            client.posts("\\\\".repeat(61) + (100 + n % 900), "text"); // each of them two in JSON
        }
        small.settle();
        while (client.transport.outstanding() != null) {
            client.transport.complete(null);
            small.settle();
        }

        assertThat(client.transport.closes()).isEmpty();
        assertThat(client.events("error")).hasSizeGreaterThan(500);
        assertThat(client.events("error").size() + client.events("ack").size()).isEqualTo(1_000);
    }

    @Test
    void postsSentJustBeforeTheConnectionEndsAreCommitted() {
        for (int n = 1; n <= 500; n++) {
            ana.posts("c-" + n, "text " + n);
        }
        ana.session.gone();
        node.settle();

        assertThat(node.log.texts("lobby")).hasSize(500);
        assertThat(node.registry.count()).isZero();
    }

    @Test
    void aPostSentJustBeforeTheConnectionEndsIsCommittedThoughTheRoomCloses() {
        ana.posts("c-1", "hi");
        ana.session.gone();
        node.rooms.closeIdle();
        node.settle();
        assertThat(node.log.texts("lobby")).containsExactly("hi");

        node.rooms.closeIdle();
        assertThat(node.log.closed()).as("nobody is left in it").containsExactly("lobby");
    }

    @Test
    void everythingThatWasSaidBeforeTheConnectionWentIsDoneHelloAndJoinIncluded() {
        Client hasty = node.connect();
        hasty.hello("Citra");
        hasty.join("kitchen");
        hasty.says("{\"type\":\"post\",\"room\":\"kitchen\",\"text\":\"soup\"}");
        hasty.session.gone();
        node.settle();

        assertThat(node.log.texts("kitchen")).containsExactly("soup");
        node.rooms.closeIdle();
        assertThat(node.log.closed()).containsExactly("kitchen");
        assertThat(node.nameGivenFor("Citra")).isEqualTo("Citra");
    }

    @Test
    void aLoneSurrogateBecomesSomethingEverybodyCanRead() {
        Client budi = node.inLobby("Budi");
        ana.posts("a\uD83Db");
        ana.posts("next");
        node.settle();

        assertThat(budi.events("message"))
                .extracting(message -> message.getString("text"))
                .isEqualTo(List.of("a\uFFFDb", "next"));
    }
}
