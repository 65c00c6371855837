package id.warung.bench.cluster;

import id.warung.bench.cluster.PlainJdbc.Group;
import id.warung.client.Person;
import id.warung.kit.Cluster;
import id.warung.kit.PostgresServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Measures, and prints a line of JSON for each figure. */
final class Main {
    private static final int NODES = 3;
    private static final int CLIENTS = 8; // of each node
    private static final int HINTS = 300;
    /** Between messages, so that no hint waits for the one before: a node sends at most a hundred a second. */
    private static final int[] PAUSE_MS = {20, 40};

    private static final int WARMING = 3; // times a run: the compilers have work for so long
    private static final int ENOUGH = 1_000; // messages, to say how fast they are indexed
    private static final long INDEXING_NANOS = 40_000_000_000L; // at most
    private static final String NOT_INDEXED = "SELECT coalesce(sum(r.head - greatest(r.first - 1, i.seq)), 0)::bigint"
            + " FROM warung.rooms r LEFT JOIN warung.indexed i ON i.room_id = r.id WHERE r.head > coalesce(i.seq, 0)";
    private static final double TICKS_A_SECOND = 100; // of /proc, on every Linux

    private final Path folder;
    private final String load;
    private final PostgresServer postgres;
    private final Cluster cluster;

    private Main(Path folder, String load, PostgresServer postgres, Cluster cluster) {
        this.folder = folder;
        this.load = load;
        this.postgres = postgres;
        this.cluster = cluster;
    }

    /** Arguments: a folder that is empty, the load generator, the rounds, the seconds of each run, connections of plain JDBC for each node. */
    public static void main(String... args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        double seconds = Double.parseDouble(args[3]);
        try (PostgresServer postgres = PostgresServer.startedIn(folder.resolve("postgres"));
                Cluster cluster = Cluster.measured(folder, postgres.url(), NODES)) {
            Main main = new Main(folder, args[1], postgres, cluster);
            PlainJdbc plain = new PlainJdbc(postgres, NODES * Integer.parseInt(args[4]));
            main.idle();
            main.nodes("warm-many", false, WARMING * seconds);
            main.nodes("warm-hot", true, WARMING * seconds);
            plain.perSecond(new Group(20, 4), false, seconds / 2);
            for (int round = 1; round <= Integer.parseInt(args[2]); round++) {
                main.plain(plain, main.nodes("many-" + round, false, seconds), false, seconds);
                main.plain(plain, main.nodes("hot-" + round, true, seconds), true, seconds);
                main.hints(round);
            }
        }
    }

    private void plain(PlainJdbc plain, Group group, boolean oneRoom, double seconds) throws Exception {
        awaitIndexed();
        say(
                "{\"name\":\"plain %s\",\"per_s\":%.0f}",
                oneRoom ? "hot" : "many", plain.perSecond(group, oneRoom, seconds));
    }

    /** Waits until the messages of earlier runs are in the search index: making it takes processors, and writes, after the messages are there. */
    private void awaitIndexed() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long entries = count(NOT_INDEXED);
        long wal = wal();
        double cpu = postgresCpu();
        while (count(NOT_INDEXED) > 0 && System.nanoTime() - begin < INDEXING_NANOS) {
            Thread.sleep(100);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (entries > ENOUGH) {
            say(
                    "{\"name\":\"indexing\",\"per_s\":%.0f,\"left\":%d,\"db_us\":%.1f,\"wal_bytes\":%.0f}",
                    entries / seconds,
                    count(NOT_INDEXED),
                    (postgresCpu() - cpu) * 1e6 / entries,
                    (double) (wal() - wal) / entries);
        }
    }

    /** Clients of all nodes post with many posts outstanding: in rooms of their own, or in one. Returns what a transaction wrote. */
    private Group nodes(String run, boolean oneRoom, double seconds) throws Exception {
        awaitIndexed();
        List<Process> loads = new ArrayList<>();
        String rooms = oneRoom ? run : run + "-%r";
        for (int i = 0; i < NODES; i++) {
            String room = oneRoom ? rooms : "n" + i + "-" + rooms;
            List<String> command = new ArrayList<>(List.of(
                    load, "--port", String.valueOf(cluster.node(i).address().getPort())));
            command.addAll(List.of(
                    "--path", "/chat", "--proto", "warung.v1.bin", "--acks", "--mode", "flood", "--bytes", "64"));
            command.addAll(
                    List.of("--n", "" + CLIENTS, "--senders", "" + CLIENTS, "--rooms", oneRoom ? "1" : "" + CLIENTS));
            command.addAll(List.of("--window", "64", "--warm", "1", "--settle", "2", "--secs", "" + seconds));
            command.addAll(List.of(
                    "--name",
                    run,
                    "--hello",
                    "{\"type\":\"hello\",\"name\":\"" + run + "-" + i + "-%i\"}\\n{\"type\":\"join\",\"room\":\"" + room
                            + "\",\"last\":0}"));
            command.addAll(
                    List.of("--tmpl", "{\"type\":\"post\",\"room\":\"" + room + "\",\"id\":\"%m\",\"text\":\"%F\"}"));
            loads.add(new ProcessBuilder(command)
                    .redirectError(folder.resolve("load.err").toFile())
                    .start());
        }
        long entries = count("SELECT count(*) FROM warung.entries");
        double cpu = postgresCpu();
        long wal = wal();
        double perSecond = 0;
        for (Process one : loads) {
            String said = new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (one.waitFor() != 0) {
                throw new IllegalStateException(run + ": " + said + Files.readString(folder.resolve("load.err")));
            }
            try (JsonReader reader = Json.createReader(new StringReader(said))) {
                JsonObject result = reader.readObject();
                perSecond += result.getJsonNumber("per_s").doubleValue();
            }
        }
        double written = count("SELECT count(*) FROM warung.entries") - entries;
        cpu = postgresCpu() - cpu;
        wal = wal() - wal;
        String those =
                " FROM warung.entries e JOIN warung.rooms r ON r.id = e.room_id WHERE r.name LIKE '%" + run + "%'";
        double groups = count("SELECT count(DISTINCT e.xmin::text)" + those);
        double inRooms = count("SELECT count(DISTINCT (e.xmin::text, e.room_id))" + those);
        Group group = new Group(count("SELECT count(*)" + those) / groups, inRooms / groups);
        say(
                "{\"name\":\"nodes"
                        + " %s\",\"per_s\":%.0f,\"group\":%.1f,\"group_rooms\":%.1f,\"db_us\":%.1f,\"wal_bytes\":%.0f}",
                run.replaceFirst("-\\d+$", ""),
                perSecond,
                group.messages(),
                group.rooms(),
                cpu * 1e6 / written,
                wal / written);
        return group;
    }

    /** How much later a message comes to a reader on another node than to one on its own, at a low load. */
    private void hints(int round) throws InterruptedException {
        Random random = new Random(round);
        String room = "hints-" + round;
        double[] ms = new double[HINTS];
        try (Person here = Person.in(room, cluster.node(0).chat());
                Person there = Person.in(room, cluster.node(1).chat())) {
            here.post(room, "first");
            there.skipTo("message");
            for (int i = 0; i < HINTS; i++) {
                Thread.sleep(random.nextInt(PAUSE_MS[0], PAUSE_MS[1]));
                here.post(room, "hint " + i);
                long own = System.nanoTime();
                there.skipTo("message");
                ms[i] = (System.nanoTime() - own) / 1e6;
            }
        }
        Arrays.sort(ms);
        say(
                "{\"name\":\"hint\",\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f}",
                ms[HINTS / 2], ms[HINTS * 99 / 100], ms[HINTS - 1]);
    }

    /** What the database is given while nobody is connected, and while people are who do nothing. */
    private void idle() throws InterruptedException {
        idle("idle nobody");
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < 10 * NODES; i++) {
            people.add(Person.in("idle-" + i % 5, cluster.node(i % NODES).chat()));
        }
        idle("idle people");
        people.forEach(Person::close);
    }

    private void idle(String name) throws InterruptedException {
        Thread.sleep(6_000); // what was begun before is over
        postgres.query("CHECKPOINT");
        Thread.sleep(1_000);
        String before = activity();
        long wal = wal();
        Thread.sleep(15_000);
        say(
                "{\"name\":\"%s\",\"wal_bytes\":%d,\"before\":\"%s\",\"after\":\"%s\"}",
                name, wal() - wal, before, activity());
    }

    private String activity() {
        return postgres.query(
                "SELECT (SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_all_tables) || ' rows, '"
                        + " || xact_commit || ' commits' FROM pg_stat_database WHERE datname = current_database()");
    }

    private long wal() {
        return count("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
    }

    private long count(String sql) {
        return Long.parseLong(postgres.query(sql));
    }

    /** The processor time, in seconds, of PostgreSQL with those of its processes that have ended. */
    private double postgresCpu() throws IOException {
        long ticks = 0;
        for (long pid : postgres.pids()) {
            Path stat = Path.of("/proc/" + pid + "/stat");
            if (Files.exists(stat)) {
                String[] fields =
                        Files.readString(stat).replaceFirst(".*\\) ", "").split(" ", -1);
                ticks += Long.parseLong(fields[11])
                        + Long.parseLong(fields[12])
                        + Long.parseLong(fields[13])
                        + Long.parseLong(fields[14]);
            }
        }
        return ticks / TICKS_A_SECOND;
    }

    @SuppressWarnings("SystemOut")
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
