package id.warung.log.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.kit.Logged;
import id.warung.kit.Postgres;
import id.warung.log.Hints;
import id.warung.log.HintsContract;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostgresHintsTest extends HintsContract {
    private static final String DRIVER = "org.postgresql.Driver";

    private final Postgres.Database database = Postgres.database();

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(); // they end when they are idle
    private final AtomicInteger sent = new AtomicInteger();

    private Connection connect() throws SQLException {
        return database.connect();
    }

    private Connection sending() throws SQLException {
        sent.incrementAndGet();
        return connect();
    }

    @Override
    protected Hints join() {
        return new PostgresHints("warung", this::sending, this::connect, THREADS);
    }

    @Override
    protected void deliver() {
        // the server does
    }

    /** The server processes of connections that listen. */
    private List<Integer> listening() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()")) {
            List<Integer> pids = new ArrayList<>();
            while (rows.next()) {
                pids.add(rows.getInt(1));
            }
            return pids;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void moreRoomsThanFitIntoAHintAreAnywhere() throws Exception {
        Heard heard = new Heard();
        Hints sender = started(new Heard());
        started(heard);
        connected(sender, heard);
        int before = heard.anywhere();
        sender.send(IntStream.range(0, 500)
                .mapToObj(n -> "a-room-with-a-long-name-" + n)
                .toList());

        await().until(() -> heard.anywhere() > before);
    }

    @Test
    void whatNobodyHereHasSentMayBeAnywhere() throws Exception {
        Heard heard = new Heard();
        connected(started(new Heard()), heard(heard));
        int before = heard.anywhere();
        execute("NOTIFY warung, 'hello'");
        execute("NOTIFY warung");

        await().until(() -> heard.anywhere() == before + 2);
    }

    private Heard heard(Heard heard) throws Exception {
        started(heard);
        return heard;
    }

    /** 1,000 hints in a moment are a few notifications. */
    @Test
    void hintsAreCoalesced() throws Exception {
        Heard heard = new Heard();
        Hints sender = started(new Heard());
        connected(sender, heard(heard));
        sent.set(0);
        long begin = System.nanoTime();
        for (int n = 0; n < 1_000; n++) {
            sender.send(List.of("room-" + n % 100));
        }
        await().until(() -> heard.rooms().contains("room-99"));
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);

        assertThat(sent.get()).isLessThanOrEqualTo((int) (2 + tookMs / 10));
    }

    @Test
    void nothingIsSentWhenThereIsNothingToSay() throws Exception {
        Heard heard = new Heard();
        Hints sender = started(new Heard());
        connected(sender, heard(heard));
        sender.send(List.of("before")); // the last of what was sent to connect
        await().until(() -> heard.rooms().contains("before"));
        sent.set(0);
        sender.send(List.of());
        sender.send(List.of("lobby"));
        await().until(() -> heard.rooms().contains("lobby"));

        assertThat(sent.get()).isEqualTo(1);
    }

    @Test
    void aLostConnectionIsReplacedAndThereMayBeNewsAnywhere() throws Exception {
        try (Logged logged = Logged.by(HintReceiver.class)) {
            Heard heard = new Heard();
            Hints sender = started(new Heard());
            connected(sender, heard(heard));
            await().untilAsserted(() -> assertThat(listening())
                    .as("the sender listens too, and nobody has waited for it")
                    .hasSize(2));
            int before = heard.anywhere();
            List<Integer> lost = listening();
            for (int pid : lost) {
                execute("SELECT pg_terminate_backend(" + pid + ")");
            }
            await().until(() -> heard.anywhere() > before);
            heard.rooms().clear();
            connected(sender, heard);

            await().untilAsserted(() -> assertThat(listening()).hasSize(2).doesNotContainAnyElementsOf(lost));
            await().untilAsserted(() -> assertThat(sender.trouble()).isNull());
            assertThat(logged.lines()).contains("Hints of other nodes do not arrive; their news comes a second later");
        }
    }

    @Test
    void aDatabaseThatIsAwayIsTriedAgainMoreAndMoreRarely() throws Exception {
        try (Logged logged = Logged.by(HintReceiver.class)) {
            AtomicInteger tries = new AtomicInteger();
            AtomicBoolean away = new AtomicBoolean(true);
            Hints hints = new PostgresHints(
                    "warung",
                    this::connect,
                    () -> {
                        tries.incrementAndGet();
                        if (away.get()) {
                            throw new SQLException("away");
                        }
                        return connect();
                    },
                    THREADS);
            Heard heard = new Heard();
            hints.start(heard);
            await().until(() -> tries.get() > 3); // at 0, 100, 300 and 700 ms
            assertThat(hints.trouble()).contains("away");
            assertThat(heard.anywhere()).isZero();
            away.set(false);
            await().until(() -> heard.anywhere() == 1);

            assertThat(hints.trouble()).isNull();
            assertThat(tries.get()).isLessThan(8);
            assertThat(logged.lines())
                    .containsExactly(
                            "Hints of other nodes do not arrive; their news comes a second later",
                            "Hints of other nodes arrive again");
            hints.close();
        }
    }

    /** As through a pooler that gives the connection to others: LISTEN succeeds there, and nothing ever arrives. */
    @Test
    void aNodeThatDoesNotHearItsOwnHintsSaysSo() throws Exception {
        try (Logged logged = Logged.by(HintReceiver.class)) {
            Postgres.Database elsewhere = Postgres.database();
            Hints deaf =
                    new PostgresHints("warung", elsewhere::connect, this::connect, THREADS, Duration.ofMillis(500));
            Heard heard = new Heard();
            deaf.start(heard);
            await().until(() -> heard.anywhere() == 1);
            deaf.send(List.of("lobby"));

            await().until(() -> deaf.trouble() != null);
            assertThat(deaf.trouble()).contains("WARUNG_DB_LISTEN");
            assertThat(logged.lines()).hasSize(1);
            deaf.close();
        }
    }

    /** As a pool of the server has one. */
    @Test
    void aConnectionOfAnotherCopyOfTheDriverHears() throws Exception {
        Class<?> own = Class.forName(DRIVER);
        URL driver = own.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader apart = new URLClassLoader(new URL[] {driver}, ClassLoader.getPlatformClassLoader())) {
            Driver other = (Driver) apart.loadClass(DRIVER).getConstructor().newInstance();
            assertThat(other).isNotInstanceOf(own);
            Properties user = new Properties();
            user.setProperty("user", Postgres.USER);
            Hints hints =
                    new PostgresHints("warung", this::connect, () -> other.connect(database.url(), user), THREADS);
            Heard heard = new Heard();
            hints.start(heard);
            connected(started(new Heard()), heard);

            assertThat(hints.trouble()).isNull();
            hints.close();
            await().until(() -> listening().size() == 1);
        }
    }

    @Test
    void aNodeThatOnlyLooksOpensNoConnectionToListen() throws Exception {
        Hints hints = new PostgresHints("warung", this::connect, null, THREADS);
        Heard heard = new Heard();
        hints.start(new Heard());
        connected(hints, heard(heard));

        assertThat(hints.trouble()).isNull();
        assertThat(listening()).hasSize(1);
        hints.close();
    }
}
