package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.ClientAddress;
import id.warung.identity.Identity;
import id.warung.kit.Logged;
import id.warung.kit.ManualClock;
import id.warung.log.AppendResult;
import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.User;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session is told that does too much in too short a time. */
class RateLimitsTest {
    /** As they are if nothing is set. */
    private static final Rates DEFAULTS = new Rates(5, 20, 50, 50, 20, 10, 2, 50, 0, 50, 10);

    private final SessionNode node = new SessionNode(DEFAULTS);

    /** Nothing is limited except how often a user writes: once a second. */
    private static SessionNode wherePostsTakeASecond() {
        return new SessionNode(new Rates(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    private static void posts(Client client, String room, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(n -> client.does("post", room, "c-" + n, "\"text\":\"hi\""));
    }

    private static List<String> heard(Client client, String type) {
        return client.heard().stream().filter(event -> event.startsWith(type)).toList();
    }

    /** How long each refused command has to wait. */
    private static List<Integer> waits(Client client) {
        return client.events("error").stream()
                .filter(error -> error.getString("code").equals("rate-limited"))
                .map(error -> error.getInt("retryAfterMs"))
                .toList();
    }

    /** A page comes back to all its rooms at once, in several tabs. */
    @Test
    void joinsAreLimitedSoThatNobodyElseNoticesThem() {
        Client ana = node.inLobby("Ana");
        Client budi = node.inLobby("Budi");
        ana.forget();
        IntStream.range(0, 1_000).forEach(n -> {
            ana.join("lobby");
            if (n % 100 == 99) {
                node.settle();
            }
        });
        budi.join("lobby");
        node.settle();

        assertThat(ana.events("joined")).hasSize(799); // the first one was the lobby's
        assertThat(waits(ana)).hasSize(201).first().isEqualTo(5);
        assertThat(waits(budi)).isEmpty();
        node.passMs(5);
        ana.join("lobby");
        node.settle();
        assertThat(ana.events("joined")).hasSize(800);
    }

    @Test
    void aBurstIsWrittenAndWhatFollowsIsToldWhenToComeAgain() {
        Client ana = node.inLobby("Ana");
        posts(ana, "lobby", 1, 22);
        node.settle();

        assertThat(heard(ana, "ack")).hasSize(20).endsWith("ack c-20 20");
        assertThat(waits(ana)).containsExactly(200, 200);
        JsonObject error = ana.events("error").get(0);
        assertThat(error.getString("command")).isEqualTo("post");
        assertThat(error.getString("room")).isEqualTo("lobby");
        assertThat(error.getString("id")).isEqualTo("c-21");

        ana.forget();
        node.clock.moveMs(199);
        posts(ana, "lobby", 21, 21);
        node.settle();
        assertThat(waits(ana)).containsExactly(1);
        node.clock.moveMs(1);
        posts(ana, "lobby", 21, 22);
        node.settle();
        assertThat(ana.heard()).as("the id is free, and no seq was used").contains("ack c-21 21");
        assertThat(waits(ana)).containsExactly(1, 200);
    }

    @Test
    void othersAreNotConcerned() {
        Client ana = node.inLobby("Ana");
        Client budi = node.inLobby("Budi");
        posts(ana, "lobby", 1, 100);
        posts(budi, "lobby", 1, 20);
        node.settle();

        assertThat(heard(ana, "ack")).hasSize(20);
        assertThat(heard(budi, "ack")).hasSize(20);
    }

    @Test
    void allSessionsOfAUserShareTheirRate() {
        Client ana = node.inLobby("Ana");
        Client again = node.connect();
        again.helloAgain(node.tokens.ofGuest(ana.session.user(), Instant.now()));
        again.join("lobby");
        posts(ana, "lobby", 1, 15);
        posts(again, "lobby", 101, 115);
        node.settle();

        assertThat(heard(ana, "ack").size() + heard(again, "ack").size()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"post\",\"room\":\"lobby\",\"text\":\"hi\"}",
                "{\"type\":\"edit\",\"room\":\"lobby\",\"seq\":1,\"text\":\"ho\"}",
                "{\"type\":\"delete\",\"room\":\"lobby\",\"seq\":1}",
                "{\"type\":\"create\",\"room\":\"kitchen\"}",
                "{\"type\":\"change\",\"room\":\"lobby\",\"topic\":\"news\"}",
                "{\"type\":\"add\",\"room\":\"kitchen\",\"user\":\"u-1\"}",
                "{\"type\":\"remove\",\"room\":\"kitchen\",\"user\":\"u-1\"}",
                "{\"type\":\"direct\",\"user\":\"u-moderator\"}",
            })
    void everyCommandThatWritesCounts(String command) {
        SessionNode slow = wherePostsTakeASecond();
        slow.moderator();
        Client ana = slow.inLobby("Ana");
        for (String frame : List.of(command, command.replace("}", ",\"id\":\"c-9\"}"))) {
            slow.clock.moveMs(1_000);
            ana.posts("c-" + frame.length(), "first");
            slow.settle();
            ana.forget();
            ana.says(frame);
            slow.settle();
            assertThat(waits(ana)).as(frame).containsExactly(1_000);

            slow.clock.moveMs(1_000);
            ana.forget();
            ana.says(frame);
            slow.settle();
            assertThat(waits(ana)).as("a second later").isEmpty();
        }
    }

    /** A page that starts again sends its outbox again: what is in the log is acknowledged, whatever the rate. */
    @Test
    void whatWasExecutedIsAnsweredAsBeforeThoughThereIsNoTokenLeft() {
        Client ana = node.inLobby("Ana");
        posts(ana, "lobby", 1, 20);
        node.settle();
        ana.forget();
        posts(ana, "lobby", 18, 22);
        ana.does("post", "lobby", "c-1", "\"text\":\"something else\"");
        node.settle();

        assertThat(ana.heard())
                .containsExactly(
                        "ack c-18 18",
                        "ack c-19 19",
                        "ack c-20 20",
                        "error rate-limited c-21",
                        "error rate-limited c-22",
                        "error id-conflict c-1");
    }

    @Test
    void whatWasExecutedIsAnsweredOutsideTheRoomToo() {
        Client ana = node.inLobby("Ana");
        posts(ana, "lobby", 1, 20);
        ana.leave("lobby");
        node.settle();
        ana.forget();
        posts(ana, "lobby", 20, 21);
        node.settle();

        assertThat(ana.heard()).containsExactly("ack c-20 20", "error rate-limited c-21");
    }

    @Test
    void ephemeralRoomsHaveARateOfTheirOwn() {
        Client ana = node.inLobby("Ana");
        ana.join("game-1");
        posts(ana, "game-1", 1, 201);
        posts(ana, "lobby", 301, 320);
        node.settle();

        assertThat(heard(ana, "ack")).hasSize(220);
        assertThat(waits(ana)).containsExactly(20);
    }

    @Test
    void allUsersOfAnAddressShareItsRate() {
        SessionNode crowded = new SessionNode(new Rates(0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0));
        Client ana = crowded.from("192.0.2.1", "Ana");
        Client budi = crowded.from("192.0.2.1", "Budi");
        Client citra = crowded.from("192.0.2.2", "Citra");
        Stream.of(ana, budi, citra).forEach(client -> posts(client, "lobby", 1, 5));
        crowded.settle();

        assertThat(heard(ana, "ack").size() + heard(budi, "ack").size()).isEqualTo(8);
        assertThat(waits(budi)).containsExactly(500, 500);
        assertThat(heard(citra, "ack")).hasSize(5);
        Client unknown = crowded.inLobby("Dewi"); // behind a proxy that does not name its clients
        posts(unknown, "lobby", 1, 100);
        crowded.settle();
        assertThat(heard(unknown, "ack")).hasSize(100);
    }

    @Test
    void aPostThatTheAddressRefusesTakesNothingFromItsUser() {
        SessionNode crowded = new SessionNode(new Rates(1, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0));
        for (String other : List.of("Budi", "Citra")) {
            posts(crowded.from("192.0.2.1", other), "lobby", 1, 2);
            crowded.settle();
        }
        Client ana = crowded.from("192.0.2.1", "Ana");
        posts(ana, "lobby", 1, 5);
        crowded.settle();
        assertThat(waits(ana)).containsOnly(1_000).hasSize(5);
        ana.forget();
        Client elsewhere =
                new Client(crowded, ChatSession.Mode.TEXT, "lobby", new ClientAddress("192.0.2.9", "192.0.2.9"));
        elsewhere.helloAgain(crowded.tokens.ofGuest(ana.session.user(), Instant.now()));
        elsewhere.join("lobby");
        posts(elsewhere, "lobby", 1, 2);
        crowded.settle();
        assertThat(heard(elsewhere, "ack")).hasSize(2);
    }

    @Test
    void anAddressThatIsPerhapsAProxyIsNamedInTheLogOnce() {
        SessionNode crowded = new SessionNode(new Rates(0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0));
        try (Logged logged = Logged.by(RateLimits.class)) {
            posts(crowded.from("192.0.2.1", "Ana"), "lobby", 1, 9);
            posts(crowded.from("192.0.2.2", "Budi"), "lobby", 1, 9);
            crowded.settle();
            assertThat(logged.lines())
                    .singleElement()
                    .asString()
                    .contains("192.0.2.1", "warung.max-address-posts-per-second", "warung.trusted-proxies");
        }
    }

    @Test
    void aPlainClientIsClosedWithTheReason() {
        Client plain = node.connectPlain("lobby");
        Client other = node.inLobby("Ana");
        IntStream.rangeClosed(1, 21).forEach(n -> plain.says("hi " + n));
        node.settle();

        assertThat(plain.transport.closes()).containsExactly(1013);
        assertThat(heard(other, "message")).hasSize(20);
    }

    @Test
    void readMarksAreBoundedAndTypingSignalsAreLost() {
        SessionNode slow = new SessionNode(new Rates(0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0));
        Client ana = slow.inLobby("Ana");
        Client budi = slow.inLobby("Budi");
        ana.posts("hi");
        slow.settle();
        for (int n = 0; n < 6; n++) {
            budi.does("read", "lobby", "r-" + n, "\"seq\":1");
        }
        slow.settle();
        assertThat(heard(budi, "ack")).hasSize(4);
        assertThat(waits(budi)).containsExactly(1_000, 1_000);

        budi.forget();
        ana.forget();
        budi.does("typing", "lobby", "t-1", "");
        slow.passMs(900);
        slow.rooms.tick(slow.clock.getAsLong());
        slow.settle();
        assertThat(budi.heard()).as("no error").doesNotContain("error rate-limited t-1");
        assertThat(ana.events("typing")).isEmpty();
        slow.passMs(200);
        budi.does("typing", "lobby", "t-2", "");
        slow.settle();
        slow.rooms.tick(slow.clock.getAsLong());
        slow.settle();
        assertThat(ana.events("typing")).hasSize(1);
    }

    @Test
    void anAddressSignsInSoManyTimes() {
        SessionNode slow = new SessionNode(new Rates(0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0));
        List<Client> all = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            all.add(slow.from("192.0.2.1", "Ana " + n));
        }
        Client last = all.get(4);
        assertThat(all).filteredOn(client -> client.session.user() != null).hasSize(4);
        last.hello("Ana");
        slow.settle();
        assertThat(waits(last)).containsExactly(1_000);
        slow.clock.moveMs(1_000);
        last.hello("Ana");
        slow.settle();
        assertThat(last.session.user()).isNotNull();
        assertThat(slow.from("192.0.2.2", "Budi").session.user()).isNotNull();
    }

    @Test
    void postsOverHttpCountAsWell() {
        Client ana = node.inLobby("Ana");
        posts(ana, "lobby", 1, 20);
        node.settle();

        AppendResult again = posted(ana.session.identity(), "c-20", "hi");
        assertThat(((AppendResult.Duplicate) again).seq()).isEqualTo(20);
        for (String id : new String[] {null, "c-21"}) {
            AppendResult.Denied denied = (AppendResult.Denied) posted(ana.session.identity(), id, "hi");
            assertThat(denied.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(denied.retryAfterMs()).isEqualTo(200);
        }
        Identity builds =
                new Identity(SessionNode.BACK_END, Set.of("member"), Optional.empty(), Instant.EPOCH, null, "b-1");
        for (int n = 0; n < 300; n++) {
            assertThat(posted(builds, null, "build " + n)).isInstanceOf(AppendResult.Committed.class);
        }
    }

    @Test
    void aBackEndHasTheRateOfItsKeyAndNoOther() {
        ManualClock clock = new ManualClock();
        User builds = SessionNode.BACK_END;
        RateLimits limits = new RateLimits(DEFAULTS, Map.of(builds.id(), 2), room -> false, clock);
        for (int n = 0; n < 8; n++) {
            assertThat(limits.post(builds, "lobby", "192.0.2.1")).isZero();
        }
        assertThat(limits.post(builds, "lobby", "192.0.2.1")).isEqualTo(500);
        clock.moveMs(500);
        assertThat(limits.post(builds, "lobby", "192.0.2.1")).isZero();
        for (int n = 0; n < 1_000; n++) {
            assertThat(limits.post(new User("b-2", "Alarms"), "lobby", "192.0.2.1"))
                    .isZero();
            assertThat(limits.search(builds, new ClientAddress("192.0.2.1", "192.0.2.1")))
                    .isZero();
        }
    }

    @Test
    void aUserSearchesTwiceASecondAndNobodyInParticularAsOftenAsTenUsers() {
        RateLimits limits = new RateLimits(DEFAULTS, room -> false, new ManualClock());
        ClientAddress address = new ClientAddress("192.0.2.1", "192.0.2.1");
        User ana = new User("u-ana", "Ana");
        for (int n = 0; n < 8; n++) {
            assertThat(limits.search(ana, address)).isZero();
        }
        assertThat(limits.search(ana, address)).isEqualTo(500);
        for (int n = 0; n < 72; n++) {
            assertThat(limits.search(null, address)).isZero();
        }
        assertThat(limits.search(null, address)).isEqualTo(50);
    }

    private AppendResult posted(Identity author, String id, String text) {
        var answer = node.publisher.execute(author, new Command.Post("lobby", id, text), "192.0.2.1");
        node.settle();
        return answer.toCompletableFuture().join();
    }
}
