package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.Wire;
import id.warung.kit.Cluster;
import id.warung.kit.Figures;
import id.warung.kit.HintProxy;
import id.warung.kit.Jwts;
import id.warung.kit.PostgresServer;
import id.warung.kit.Scale;
import id.warung.kit.Slowdown;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * People on two nodes, whatever happens to the hints between these. F23: a sign-in that ends on one of them is good for nothing on the other one
 * either. Who is a member, and what they have read, is the same on both.
 */
class ClusterPeopleIT {
    private static final int USERS = Scale.of(2, 25); // of each way in which a sign-in ends
    private static final int DOORS = 3; // through which somebody comes in at the same time
    private static final int RACES = Scale.of(4, 34);
    private static final long CLOSED_MS = 5_000;
    private static final int CHANGES = Scale.of(8, 300); // of who is a member
    private static final long NEWS_MS = 5_000; // without a hint, and when looking for news takes long
    private static final String ROOM = "everybody";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static PostgresServer postgres;
    private static HintProxy hints;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.startedIn(folder.resolve("postgres"));
        hints = new HintProxy(postgres.port());
        cluster = Cluster.started(
                folder,
                postgres.url(),
                2,
                "WARUNG_DB_LISTEN",
                PostgresServer.url(hints.port()),
                "WARUNG_AUTH",
                "guest,token",
                "WARUNG_TOKEN_SECRET",
                Jwts.SECRET,
                "WARUNG_TOKEN_ISSUER",
                Jwts.ISSUER,
                "WARUNG_TOKEN_AUDIENCE",
                Jwts.AUDIENCE);
    }

    @AfterAll
    static void end() {
        THREADS.shutdownNow();
        cluster.close();
        hints.close();
        postgres.close();
    }

    private enum HintsAre {
        THERE,
        LOST,
        CUT;

        void set() {
            hints.loseAll(this == LOST);
            hints.cut(this == CUT);
        }
    }

    @ParameterizedTest
    @EnumSource(HintsAre.class)
    void aSignInThatEndsOnOneNodeIsClosedOnTheOtherInFiveSecondsAndRefusedAtOnce(HintsAre state) {
        Map<EndingSignIn.Way, Long> slowest = new HashMap<>();
        List<EndingSignIn> all = new ArrayList<>();
        try {
            for (EndingSignIn.Way way : EndingSignIn.Way.values()) {
                for (int n = 0; n < USERS; n++) {
                    all.add(new EndingSignIn(cluster, ROOM, way));
                }
            }
            state.set();
            for (EndingSignIn one : all) {
                one.end(THREADS);
                one.isRefused();
            }
            for (EndingSignIn one : all) {
                slowest.merge(one.way(), one.awaitClosed(), Math::max);
                one.othersAreSpared();
            }
        } finally {
            HintsAre.THERE.set();
            all.forEach(EndingSignIn::close);
        }
        Figures.say("hints " + state + ", closed after at most ms", slowest.toString());
        assertThat(slowest.values()).allMatch(ms -> ms < Slowdown.millis(CLOSED_MS));
    }

    /** Sessions come in on the other node all the time, before and while and after the sign-in ends: none of them stays. */
    @ParameterizedTest
    @EnumSource(HintsAre.class)
    void whoeverIsJustConnectingIsClosedOrRefused(HintsAre state) throws Exception {
        int letIn = 0;
        long slowest = 0;
        List<EndingSignIn> all = new ArrayList<>();
        List<CompletableFuture<List<Person>>> doors = new ArrayList<>();
        try {
            for (int n = 0; n < RACES; n++) {
                all.add(new EndingSignIn(
                        cluster, ROOM, n % 2 == 0 ? EndingSignIn.Way.SIGNS_OUT : EndingSignIn.Way.EVERYWHERE));
            }
            state.set();
            for (EndingSignIn one : all) {
                CountDownLatch in = new CountDownLatch(3 * DOORS);
                for (int door = 0; door < DOORS; door++) {
                    doors.add(CompletableFuture.supplyAsync(
                            () -> comingUntilRefused(one.stolen(), in::countDown), THREADS));
                }
                assertThat(in.await(Wire.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
                one.end(THREADS); // now, while more come in
            }
            for (CompletableFuture<List<Person>> door : doors) {
                for (Person person : door.get()) {
                    assertThat(person.closeCode()).isEqualTo(4500);
                    person.close();
                    letIn++;
                }
            }
            for (EndingSignIn one : all) {
                slowest = Math.max(slowest, one.awaitClosed());
            }
        } finally {
            HintsAre.THERE.set();
            all.forEach(EndingSignIn::close);
        }
        Figures.say(
                "hints " + state,
                letIn + " let in and closed after at most " + slowest + " ms, then " + doors.size() + " refused");
        assertThat(slowest).isLessThan(Slowdown.millis(CLOSED_MS));
    }

    /** Those who were let in until one was refused. */
    private static List<Person> comingUntilRefused(String token, Runnable in) {
        List<Person> came = new ArrayList<>();
        while (true) {
            Person person = Person.connect(cluster.node(1).chat());
            person.say("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
            JsonObject answer = person.next();
            if (answer.getString("type").equals("error")) {
                assertThat(answer.getString("code")).isEqualTo("bad-token");
                person.close();
                return came;
            }
            came.add(person);
            in.run();
        }
    }

    /** A hello that node 1 has received before the end, and looks at afterwards; and its connections, of which it hears nothing meanwhile. */
    @Test
    void aNodeThatWasStoppedWhileTheSignInEndedClosesItsSessionsAndRefusesWhoWaits() {
        List<EndingSignIn> all = new ArrayList<>();
        List<Person> waiting = new ArrayList<>();
        try {
            for (EndingSignIn.Way way : List.of(
                    EndingSignIn.Way.GUEST_SIGNS_OUT, EndingSignIn.Way.SIGNS_OUT, EndingSignIn.Way.EVERYWHERE)) {
                all.add(new EndingSignIn(cluster, ROOM, way));
                waiting.add(Person.connect(cluster.node(1).chat()));
            }
            cluster.node(1).freeze();
            try {
                for (int n = 0; n < all.size(); n++) {
                    waiting.get(n)
                            .say("{\"type\":\"hello\",\"token\":\"" + all.get(n).stolen() + "\"}");
                    all.get(n).end(THREADS);
                }
            } finally {
                cluster.node(1).thaw();
            }
            long thawed = System.nanoTime();
            waiting.forEach(one -> one.nextError("bad-token"));
            all.forEach(EndingSignIn::awaitClosed);
            long ms = (System.nanoTime() - thawed) / 1_000_000;
            Figures.say("all closed after ms", String.valueOf(ms));
            assertThat(ms).isLessThan(Slowdown.millis(CLOSED_MS));
            all.forEach(EndingSignIn::isRefused);
        } finally {
            all.forEach(EndingSignIn::close);
            waiting.forEach(Person::close);
        }
    }

    @ParameterizedTest
    @EnumSource(HintsAre.class)
    void nobodyReadsWhatFollowsTheirRemovalAndReadMarksAreTheSameOnBothNodes(HintsAre state) {
        long seed = System.nanoTime();
        Figures.say("members, seed", seed);
        try (Members members = new Members(cluster, 4)) {
            state.set();
            members.change(new Random(seed), CHANGES);
            members.verify();
            Figures.say(
                    "hints " + state,
                    "a removal was noticed on the other node after at most " + members.slowestMs() + " ms");
            assertThat(members.slowestMs()).isLessThan(Slowdown.millis(NEWS_MS));
        } finally {
            HintsAre.THERE.set();
        }
    }
}
