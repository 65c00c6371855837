package id.warung.log.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.kit.Postgres;
import id.warung.kit.Scale;
import id.warung.log.AppendRequest;
import id.warung.log.Directory;
import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.Posted;
import id.warung.log.RetentionPolicy;
import id.warung.log.RoomSearch;
import id.warung.log.RoomState;
import id.warung.log.StorageExport;
import id.warung.log.sqlite.SqliteExport;
import id.warung.log.sqlite.SqliteLog;
import id.warung.protocol.Access;
import id.warung.protocol.Calls;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Read;
import id.warung.protocol.Star;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder is moved into PostgreSQL: both storages then say the same. */
class MigrateTest {
    private static final int ENTRIES = 20_000;
    private static final int MANY_ENTRIES = Scale.of(4_000, 1_000_000);
    private static final long LONGEST_MOVE_NANOS = TimeUnit.SECONDS.toNanos(180);
    private static final List<String> USERS = List.of("ana", "budi", "citra", "dewi", "eko");

    @TempDir
    private Path folder;

    private final EntryCodec codec = new EntryCodec();
    private final Random random = new Random(7);
    private final Postgres.Database target = Postgres.database();
    private final Connections connections =
            Connections.to(target.url() + "?ApplicationName=warung-migrate", Postgres.USER, null, 4);

    @BeforeEach
    void key() throws IOException {
        Files.write(folder.resolve("signing.key"), new byte[32]);
    }

    @AfterEach
    void close() {
        connections.close();
    }

    private SqliteLog sqlite() throws IOException {
        return SqliteLog.open(folder, codec, Clock.systemUTC());
    }

    /** Of everything something: rooms of all kinds, edits, deletions, mentions, reads, ended sign-ins, trimmed and archived rooms. */
    private void fill(SqliteLog log, int entries) throws IOException {
        List<AppendRequest> group = new ArrayList<>();
        for (int n = 0; n < entries; n++) {
            String author = USERS.get(random.nextInt(USERS.size()));
            String room = "room-" + random.nextInt(40);
            group.add(Posted.of(author, command(n, author, room), Posted.user("ana"), Posted.user("budi"))
                    .request());
            if (group.size() == 200) {
                log.append(group);
                group.clear();
            }
        }
        log.append(group);
        while (log.trim(
                        room -> new RetentionPolicy(Duration.ZERO, room.equals("room-3") ? 10 : 0),
                        Runnable::run,
                        Posted.NOBODY)
                > 0) {
            // in small parts
        }
    }

    private Command.Durable command(int n, String author, String room) {
        String id = n % 3 == 0 ? null : "c-" + n;
        return switch (random.nextInt(20)) {
            case 0 -> new Command.Create(room + "-own", id, Access.MEMBERS, "About \u8c46\u6d46");
            case 1 -> new Command.Edit(room, id, 1 + random.nextInt(20), "changed " + n);
            case 2 -> new Command.Delete(room, id, 1 + random.nextInt(50));
            case 3 -> new Read(room, 1 + random.nextInt(30));
            case 4 -> new Command.Post(room, id, "@Budi " + n, 0, List.of("u-budi"));
            case 5 -> new Command.Create("direct.u-ana.u-budi", id, Access.MEMBERS, "");
            case 6 -> new Command.Add(room + "-own", id, "u-budi");
            case 7 -> new Command.Change(room, id, "Topic " + n, null);
            case 8 -> new Command.Change(room, id, null, null, "\u8c46\u6d46 \u00c4 " + n, null);
            case 9 -> new Star(room, id, room, random.nextInt(3) > 0).by("u-" + author);
            case 10 -> new Command.Post(room + "-own", id, "@all", 0, List.of(), true, Calls.ALL);
            default -> new Command.Post(room, id, "soto ayam \u4eca\u5929\u7684\u8c46\u6d46 " + n + " of " + author);
        };
    }

    private String migrate() throws IOException {
        try (StorageExport source = SqliteExport.of(folder, codec)) {
            return PostgresImport.run(source, connections);
        }
    }

    @Test
    void bothStoragesSayTheSame() throws Exception {
        String epoch;
        try (SqliteLog log = sqlite()) {
            fill(log, ENTRIES);
            epoch = log.state("room-1").head().epoch();
        }
        String said = migrate();

        assertThat(Base64.getDecoder().decode(target.query("SELECT value FROM warung.meta WHERE key = 'signing-key'")))
                .isEqualTo(new byte[32]);
        PostgresStorage moved = PostgresStorage.open(connections, codec, Clock.systemUTC());
        assertThat(moved.log().state("room-1").head().epoch()).isEqualTo(epoch);
        indexAll(moved);
        try (SqliteLog log = sqlite()) {
            assertThat(log.state("room-1").head().epoch())
                    .as("the source's own from now on")
                    .isNotEqualTo(epoch);
            while (log.index(Runnable::run)) {
                // all of it
            }
            compare(log, moved);
        }
        assertThat(said).contains("Entries moved: " + target.query("SELECT count(*) FROM warung.entries") + ".");
    }

    private static void indexAll(PostgresStorage storage) throws IOException {
        while (storage.jobs().get(0).work().runSlice()) {
            // all of it
        }
    }

    private void compare(SqliteLog log, PostgresStorage moved) throws IOException {
        Directory before = log.directory();
        Directory after = moved.directory();
        for (String user : USERS) {
            assertThat(after.rooms("u-" + user, null, 1_000)).isEqualTo(before.rooms("u-" + user, null, 1_000));
            assertThat(after.account("u-" + user)).isEqualTo(before.account("u-" + user));
        }
        assertThat(after.rooms(null, null, 1_000)).isEqualTo(before.rooms(null, null, 1_000));
        for (RoomSearch search : List.of(RoomSearch.of("", true), RoomSearch.of("\u8c46", false))) {
            assertThat(after.find(search, "u-ana", null, 1_000)).isEqualTo(before.find(search, "u-ana", null, 1_000));
        }
        assertThat(after.people("", null, 1_000)).isEqualTo(before.people("", null, 1_000));
        assertThat(after.takenKeys(List.of("ana", "budi"))).isEqualTo(before.takenKeys(List.of("ana", "budi")));
        Set<String> rooms = new LinkedHashSet<>();
        for (String user : USERS) {
            before.rooms("u-" + user, null, 1_000).items().forEach(room -> rooms.add(room.room()));
            rooms.add("inbox.u-" + user);
        }
        for (String room : rooms) {
            assertThat(after.members(room, null, 100)).isEqualTo(before.members(room, null, 100));
            compareEntries(room, log, moved.log());
            for (String query : List.of("soto", "soto bu", "\u8c46\u6d46", "\u4eca", "changed", "1", "nothing")) {
                MessageLog.Hits here = log.search(room, query, Long.MAX_VALUE, 20, 1 << 20);
                MessageLog.Hits there = moved.log().search(room, query, Long.MAX_VALUE, 20, 1 << 20);
                assertThat(inShort(there)).as(room + " " + query).isEqualTo(inShort(here));
            }
        }
    }

    private static void compareEntries(String room, MessageLog before, MessageLog after) throws IOException {
        long seq = -1;
        for (MessageLog.Page page = null; page == null || !page.entries().isEmpty(); ) {
            page = before.read(room, seq, 500);
            MessageLog.Page other = after.read(room, seq, 500);
            assertThat(texts(other.entries())).as(room).isEqualTo(texts(page.entries()));
            assertThat(texts(other.amendments())).as(room).isEqualTo(texts(page.amendments()));
            assertThat(other.first()).isEqualTo(page.first());
            assertThat(withoutEpoch(other.state())).isEqualTo(withoutEpoch(page.state()));
            seq = page.entries().isEmpty()
                    ? seq
                    : page.entries().get(page.entries().size() - 1).seq();
        }
    }

    private static List<String> texts(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.seq() + entry.authorId() + new String(entry.json(), StandardCharsets.UTF_8))
                .toList();
    }

    private static String withoutEpoch(RoomState state) {
        return state.toString().replaceAll("epoch=[^,]*", "").replaceAll("members=.*", "")
                + new TreeSet<>(state.members());
    }

    /** A million behind {@code -Pdrills}; all of them are compared. */
    @Test
    void aLargeFolderIsMovedInAMoment() throws Exception {
        try (SqliteLog log = sqlite()) {
            for (int n = 0; n < MANY_ENTRIES; n += 1_000) {
                int from = n;
                log.append(IntStream.range(from, from + 1_000)
                        .mapToObj(i -> Posted.by(
                                        "ana",
                                        "room-" + i % 20,
                                        "c-" + i,
                                        "message " + i + " \u4eca\u5929\u7684\u8c46\u6d46")
                                .request())
                        .toList());
            }
        }
        long begin = System.nanoTime();
        migrate();
        long took = System.nanoTime() - begin;
        System.getLogger("drill")
                .log(System.Logger.Level.INFO, MANY_ENTRIES + " entries were moved in " + took / 1_000_000 + " ms");

        assertThat(took).isLessThan(LONGEST_MOVE_NANOS);
        PostgresStorage moved = PostgresStorage.open(connections, codec, Clock.systemUTC());
        try (SqliteLog log = sqlite()) {
            for (int room = 0; room < 20; room++) {
                compareEntries("room-" + room, log, moved.log());
            }
        }
        assertThat(target.query("SELECT count(*) FROM warung.entries")).isEqualTo(String.valueOf(MANY_ENTRIES));
    }

    /** A retry that comes after the move gets its first answer, also when its entry is gone; a new room and a new post go on. */
    @Test
    void whatWasDoneBeforeTheMoveIsKnownAfterIt() throws Exception {
        try (SqliteLog log = sqlite()) {
            log.append(List.of(
                    Posted.by("ana", "lobby", "c-1", "one").request(),
                    Posted.by("ana", "lobby", "c-2", "two").request(),
                    Posted.of("ana", new Command.Delete("lobby", "c-3", 2)).request()));
        }
        migrate();
        PostgresStorage moved = PostgresStorage.open(connections, codec, Clock.systemUTC());

        assertThat(moved.log()
                        .append(List.of(
                                Posted.by("ana", "lobby", "c-1", "one").request(),
                                Posted.by("ana", "lobby", "c-2", "two").request(),
                                Posted.by("ana", "lobby", "c-2", "another").request(),
                                Posted.by("ana", "lobby", "c-4", "four").request(),
                                Posted.by("ana", "garden", "c-1", "new").request())))
                .extracting(result -> result.getClass().getSimpleName())
                .containsExactly("Duplicate", "Duplicate", "Conflict", "Committed", "Committed");
        assertThat(moved.log().state("lobby").head().seq()).isEqualTo(4);
    }

    @Test
    void aDatabaseThatHasDataOrANodeIsLeftAsItIs() throws Exception {
        try (SqliteLog log = sqlite()) {
            log.append(List.of(Posted.saying("lobby", "hi").request()));
        }
        migrate();
        assertThatThrownBy(this::migrate)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has data in this database");
        assertThat(target.query("SELECT count(*) FROM warung.entries")).isEqualTo("1");

        target.execute("TRUNCATE warung.rooms, warung.entries, warung.users");
        try (Connections node = Connections.to(target.url(), Postgres.USER, null, 4)) {
            PostgresStorage.open(node, codec, Clock.systemUTC());
            assertThatThrownBy(this::migrate)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a Warung uses this database");
        }
        assertThat(target.query("SELECT count(*) FROM warung.entries")).isEqualTo("0");
    }

    /** As if it were killed at any point: what it had copied is gone, and it can be done again. */
    @Test
    void aMoveThatIsInterruptedHasMovedNothing() throws Exception {
        try (SqliteLog log = sqlite()) {
            fill(log, 500);
        }
        for (int calls = 1; calls < 12; calls++) {
            int until = calls;
            try (StorageExport source = SqliteExport.of(folder, codec)) {
                assertThatThrownBy(() -> PostgresImport.run(new Interrupted(source, until), connections))
                        .isInstanceOf(IllegalStateException.class);
            }
            assertThat(target.query("SELECT (SELECT count(*) FROM warung.entries) + (SELECT count(*) FROM warung.rooms)"
                            + " + (SELECT count(*) FROM warung.users)"))
                    .isEqualTo("0");
        }
        assertThat(migrate()).contains("Entries moved: ");
    }

    /** Fails at its nth call. */
    private static final class Interrupted implements StorageExport {
        private final StorageExport source;
        private int left;

        Interrupted(StorageExport source, int calls) {
            this.source = source;
            this.left = calls;
        }

        private void count() {
            if (--left == 0) {
                throw new IllegalStateException("killed");
            }
        }

        @Override
        public void each(String table, List<String> columns, Row row) throws IOException {
            source.each(table, columns, row);
            count();
        }

        @Override
        public String epoch() {
            return source.epoch();
        }

        @Override
        public byte[] signingKey() throws IOException {
            return source.signingKey();
        }

        @Override
        public void giveAway() throws IOException {
            source.giveAway();
            count();
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    @Test
    void aNewEpochIsThatOfTheWholeDatabase() throws Exception {
        assertThatThrownBy(() -> PostgresImport.newEpoch(connections)).hasMessageContaining("No Warung has used");
        PostgresStorage storage = PostgresStorage.open(connections, codec, Clock.systemUTC());
        String before = storage.log().state("lobby").head().epoch();

        String said = PostgresImport.newEpoch(connections);

        PostgresStorage again = PostgresStorage.open(connections, codec, Clock.systemUTC());
        assertThat(again.log().state("lobby").head().epoch()).isNotEqualTo(before);
        assertThat(said).contains(again.log().state("lobby").head().epoch());
    }

    private String inShort(MessageLog.Hits hits) {
        StringBuilder text = new StringBuilder();
        hits.hits().forEach(hit -> {
            text.append(new String(hit.entry().json(), StandardCharsets.UTF_8));
            hit.around().forEach(entry -> text.append(' ').append(entry.seq()));
        });
        hits.amendments().forEach(entry -> text.append(" edit ").append(entry.seq()));
        return text.append(hits.more()).append(hits.incomplete()).toString();
    }
}
