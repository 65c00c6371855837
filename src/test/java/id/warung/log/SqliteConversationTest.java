package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.sqlite.SqliteLog;
import id.warung.protocol.Access;
import id.warung.protocol.Appoint;
import id.warung.protocol.Command;
import id.warung.protocol.Read;
import id.warung.protocol.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteConversationTest extends ConversationContract {
    @TempDir
    private Path data;

    @Override
    protected MessageLog open() throws IOException {
        return SqliteLog.open(data, codec, Clock.systemUTC());
    }

    private SqliteLog sqlite() {
        return (SqliteLog) log();
    }

    private Directory directory() {
        return sqlite().directory();
    }

    @Override
    protected void searchable() throws IOException {
        while (sqlite().index(Runnable::run)) {
            // in small parts
        }
    }

    private Directory.Listed listed(String user, String room) throws IOException {
        return directory().rooms("u-" + user, null, 100).items().stream()
                .filter(each -> each.room().equals(room))
                .findFirst()
                .orElse(null);
    }

    @Test
    void moderatorsOfARoomAreWhoTheyWereAfterARestart() throws IOException {
        does("ana", new Command.Create("lobby", null, Access.PUBLIC, ""));
        for (String each : List.of("budi", "citra", "dewi")) {
            does("ana", new Appoint("lobby", null, "u-" + each, true), Posted.user(each));
        }
        does("ana", new Appoint("lobby", null, "u-citra", false));
        end();
        begin();

        assertThat(log().state("lobby").moderators()).containsExactlyInAnyOrder("u-budi", "u-dewi");
        assertThat(listed("eka", "lobby").moderators()).containsExactlyInAnyOrder("u-ana", "u-budi", "u-dewi");
        assertThat(does("dewi", new Command.Change("lobby", null, null, true))).isEqualTo("6");
        assertThat(does("citra", new Command.Change("lobby", null, null, false)))
                .isEqualTo("forbidden");
    }

    private Directory.Mark mark(String user, String room) throws IOException {
        return listed(user, room).mark();
    }

    @Test
    void aMentionIsInTheInboxOfItsUser() throws IOException {
        says("budi", "lobby", "hi");
        does(
                "ana",
                new Command.Post("lobby", "c-1", "@Budi @Nobody", 0, List.of("u-budi", "u-nobody", "u-ana", "u-budi")));

        assertThat(told("inbox.u-budi")).containsExactly("mentioned 1");
        assertThat(codec.read(log().read("inbox.u-budi", 0, 1).entries().get(0).json()))
                .containsEntry("in", "lobby")
                .containsEntry("message", "2")
                .containsEntry("from.id", "u-ana");
        assertThat(told("inbox.u-nobody")).as("whom nobody knows").isEmpty();
        assertThat(told("inbox.u-ana")).as("the author").isEmpty();
        does(
                "ana",
                new Command.Post("lobby", "c-1", "@Budi @Nobody", 0, List.of("u-budi", "u-nobody", "u-ana", "u-budi")));
        assertThat(told("inbox.u-budi")).as("said again").hasSize(1);
    }

    @Test
    void anEditCallsThoseWhomTheMessageHasNotMentioned() throws IOException {
        for (String each : List.of("budi", "citra", "dewi")) {
            says(each, "lobby", "here");
        }
        does("ana", new Command.Post("lobby", null, "@Budi", 0, List.of("u-budi")));
        Command.Edit edit = new Command.Edit("lobby", "e-1", 4, "@Budi @Citra", List.of("u-budi", "u-citra"));
        does("ana", edit);
        does("ana", new Command.Edit("lobby", null, 4, "@Citra @Dewi", List.of("u-citra", "u-dewi", "u-ana")));

        assertThat(told("inbox.u-budi")).as("by the message").hasSize(1);
        assertThat(told("inbox.u-dewi")).hasSize(1);
        assertThat(told("inbox.u-ana")).as("the author").isEmpty();
        assertThat(told("inbox.u-citra"))
                .as("by the first edit, not by the second")
                .hasSize(1);
        assertThat(codec.read(log().read("inbox.u-citra", 0, 1).entries().get(0).json()))
                .containsEntry("in", "lobby")
                .containsEntry("message", "4")
                .containsEntry("edit", "5");
        assertThat(does("ana", edit)).isEqualTo("again 5");
        assertThat(does("ana", new Command.Edit("lobby", "e-1", 4, "@Budi @Citra", List.of("u-budi"))))
                .isEqualTo("conflict");
        does("citra", new Read("lobby", 4));
        assertThat(mark("citra", "lobby").mentions())
                .as("though the message was read")
                .isEqualTo(1);
        does("ana", new Command.Delete("lobby", null, 4));
        assertThat(mark("citra", "lobby").mentions()).isZero();
    }

    @Test
    void aRoomThatMentionsAUserIsListedFirstThoughTheyWereNeverThere() throws IOException {
        says("budi", "yard", "here");
        does("ana", new Command.Post("lobby", null, "@Budi", 0, List.of("u-budi")));
        does("ana", new Command.Post("lobby", null, "@Budi again", 0, List.of("u-budi")));
        for (int i = 1; i <= 3; i++) {
            says("ana", "room-" + i, "later");
        }

        Directory.Page<Directory.Listed> first = directory().rooms("u-budi", null, 1);
        assertThat(first.items()).extracting(Directory.Listed::room).containsExactly("lobby");
        assertThat(first.items().get(0).mark()).isNull();
        assertThat(first.items().get(0).mentions()).isEqualTo(2);
        assertThat(directory()
                        .room(Posted.anybody(new User("u-budi", "")), "lobby")
                        .mentions())
                .isEqualTo(2);
        assertThat(directory().rooms("u-budi", first.next(), 10).items())
                .extracting(Directory.Listed::room)
                .as("each once")
                .containsExactly("room-3", "room-2", "room-1", "yard");
        does("budi", new Read("lobby", 1));
        assertThat(mark("budi", "lobby").mentions()).isEqualTo(1);
        assertThat(listed("budi", "lobby").mentions()).isZero();
        does("budi", new Read("lobby", 0));
        assertThat(listed("budi", "lobby").mentions()).as("they have left").isZero();
    }

    @Test
    void anEntryKeepsTheNamesOfThoseItMentions() throws IOException {
        says("budi", "lobby", "here");
        does("ana", new Command.Post("lobby", null, "@Budi", 0, List.of("u-budi", "u-nobody", "u-ana")));
        does("ana", new Command.Edit("lobby", null, 2, "@Budi!", List.of("u-budi")));

        for (Entry entry : log().read("lobby", 1, 10).entries()) {
            assertThat(codec.read(entry.json()))
                    .containsEntry("names.u-budi", Posted.user("budi").name())
                    .doesNotContainKey("names.u-nobody");
            assertThat(codec.mentionsOf(entry.json())).contains("u-budi");
        }
    }

    @Test
    void aUserWhoMayNotReadTheRoomIsNotToldOfAMention() throws IOException {
        says("budi", "lobby", "hi");
        does("ana", new Command.Create("kitchen", null, Access.MEMBERS, ""));
        does("ana", new Command.Post("kitchen", null, "@Budi", 0, List.of("u-budi")));

        assertThat(told("inbox.u-budi")).isEmpty();
    }

    @Test
    void theInboxTellsOfRoomsOneIsTakenIntoAndOutOf() throws IOException {
        does("ana", new Command.Create("kitchen", null, Access.MEMBERS, ""));
        does("ana", new Command.Add("kitchen", null, "u-budi"), Posted.user("budi"));
        does("ana", new Command.Remove("kitchen", null, "u-budi"));
        does("citra", new Command.Create("direct.u-budi.u-citra", null, Access.MEMBERS, ""), Posted.user("budi"));

        assertThat(told("inbox.u-budi")).containsExactly("invited 1", "revoked 2", "invited 3");
        assertThat(told("inbox.u-citra")).isEmpty();
    }

    @Test
    void unreadMessagesAreThoseOfOthersAfterTheReadMark() throws IOException {
        does("budi", new Command.Post("lobby", "b-1", "one"));
        does("ana", new Command.Post("lobby", "a-1", "two"));
        does("ana", new Read("lobby", 2));
        does("budi", new Command.Post("lobby", "b-2", "@Ana three", 0, List.of("u-ana")));
        does("ana", new Command.Post("lobby", "a-2", "four"));
        does("budi", new Command.Edit("lobby", "b-3", 1, "ONE"));
        does("budi", new Command.Post("lobby", "b-4", "five"));

        assertThat(mark("ana", "lobby")).isEqualTo(new Directory.Mark(2, 2, 2, 1));
        does("ana", new Read("lobby", 5));
        assertThat(mark("ana", "lobby")).isEqualTo(new Directory.Mark(5, 4, 1, 0));
        does("ana", new Read("lobby", 3));
        assertThat(mark("ana", "lobby").seq()).as("never back").isEqualTo(5);
        does("ana", new Read("lobby", 1_000));
        assertThat(mark("ana", "lobby")).isEqualTo(new Directory.Mark(6, 5, 0, 0));
        does("ana", new Read("lobby", 0));
        assertThat(listed("ana", "lobby").mark()).as("forgotten").isNull();
    }

    /** More rooms than fit into the cache: each continues where the group has brought it. */
    @Test
    void aGroupMayBeAboutAnyNumberOfRooms() throws IOException {
        List<AppendRequest> requests = new ArrayList<>();
        for (int n = 0; n < 2_400; n++) {
            requests.add(Posted.saying("room-" + n % 1_200, "text").request());
        }

        assertThat(log().append(requests))
                .allSatisfy(result -> assertThat(result).isInstanceOf(AppendResult.Committed.class));
        assertThat(log().read("room-7", 0, 10).entries()).extracting(Entry::seq).containsExactly(1L, 2L);
    }

    @Test
    void unreadCountsAreTheSameAfterARestart() throws IOException {
        does("ana", new Command.Create("kitchen", null, Access.MEMBERS, ""));
        does("ana", new Command.Add("kitchen", null, "u-budi"), Posted.user("budi"));
        says("ana", "kitchen", "one");
        does("budi", new Read("kitchen", 3));
        says("ana", "kitchen", "two");
        does("ana", new Command.Post("kitchen", null, "@budi", 0, List.of("u-budi")));
        Directory.Mark before = mark("budi", "kitchen");
        assertThat(before).isEqualTo(new Directory.Mark(3, 1, 2, 1));
        log().close();

        try (SqliteLog again = SqliteLog.open(data, codec, Clock.systemUTC())) {
            assertThat(again.directory()
                            .room(Posted.anybody(new User("u-budi", "")), "kitchen")
                            .mark())
                    .isEqualTo(before);
            assertThat(again.state("kitchen").members()).containsExactlyInAnyOrder("u-ana", "u-budi");
        }
    }

    /** What was said before they came is there to read, and is not news. */
    @Test
    void aNewMembersUnreadCountBeginsWhereTheyWereAdded() throws IOException {
        does("ana", new Command.Create("kitchen", null, Access.MEMBERS, ""));
        says("ana", "kitchen", "one");
        says("ana", "kitchen", "two");
        does("ana", new Command.Add("kitchen", null, "u-budi"), Posted.user("budi")); // 4
        assertThat(mark("budi", "kitchen")).isEqualTo(new Directory.Mark(4, 2, 0, 0));
        does("ana", new Command.Post("kitchen", null, "@budi", 0, List.of("u-budi")));
        assertThat(mark("budi", "kitchen")).isEqualTo(new Directory.Mark(4, 2, 1, 1));
        does("ana", new Command.Add("kitchen", null, "u-budi"), Posted.user("budi")); // is one already
        assertThat(mark("budi", "kitchen")).isEqualTo(new Directory.Mark(4, 2, 1, 1));

        does("ana", new Command.Remove("kitchen", null, "u-budi"));
        says("ana", "kitchen", "behind their back");
        does("ana", new Command.Add("kitchen", null, "u-budi"), Posted.user("budi")); // 8
        says("ana", "kitchen", "welcome back");
        assertThat(mark("budi", "kitchen")).isEqualTo(new Directory.Mark(8, 4, 1, 0));
    }

    @Test
    void onesOwnMessagesAreNotUnreadWithOrWithoutAnIdAndNeitherWhenTheyAreDeleted() throws IOException {
        does("budi", new Command.Post("lobby", "b-1", "one"));
        does("ana", new Read("lobby", 1));
        does("ana", new Command.Post("lobby", "a-1", "two"));
        does("ana", new Command.Post("lobby", null, "three"));
        does("ana", new Command.Edit("lobby", "a-2", 2, "TWO"));
        does("budi", new Command.Post("lobby", null, "five"));
        does("budi", new Command.Edit("lobby", null, 5, "FIVE"));
        assertThat(mark("ana", "lobby").unread()).isEqualTo(1);
        does("ana", new Command.Delete("lobby", "a-3", 2));
        does("ana", new Command.Delete("lobby", null, 3));
        assertThat(mark("ana", "lobby").unread()).isEqualTo(1);
        assertThat(mark("ana", "lobby").n()).isEqualTo(1);
    }

    @Test
    void theListHasOwnRoomsThenPublicOnesAndNoOthers() throws IOException {
        says("budi", "lobby", "hi");
        says("budi", "garden", "hi");
        does("budi", new Command.Create("secret", null, Access.MEMBERS, ""));
        does("budi", new Command.Create("kitchen", null, Access.MEMBERS, "Soto"));
        does("budi", new Command.Add("kitchen", null, "u-ana"), Posted.user("ana"));
        does("budi", new Command.Create("direct.u-ana.u-budi", null, Access.MEMBERS, ""), Posted.user("ana"));
        does("ana", new Read("garden", 1));

        assertThat(directory().rooms("u-ana", null, 100).items())
                .extracting(Directory.Listed::room)
                .containsExactlyInAnyOrder("kitchen", "direct.u-ana.u-budi", "garden", "lobby")
                .endsWith("lobby");
        assertThat(directory().rooms(null, null, 100).items())
                .extracting(Directory.Listed::room)
                .containsExactlyInAnyOrder("lobby", "garden");
        assertThat(listed("ana", "direct.u-ana.u-budi").with()).isEqualTo(new User("u-budi", "budi"));
        assertThat(listed("ana", "kitchen").topic()).isEqualTo("Soto");
        assertThat(directory().room(Posted.anybody(new User("u-ana", "")), "secret"))
                .isNull();
        assertThat(directory().members("kitchen", null, 10).items())
                .extracting(User::name)
                .containsExactly("ana", "budi");
    }

    @Test
    void peopleAreFoundByWhatTheyWereCalledLast() throws IOException {
        says("anabel", "lobby", "hi");
        says("andi", "lobby", "hi");
        says("budi", "lobby", "hi");
        Command.Post post = new Command.Post("lobby", null, "it is me");
        User renamed = new User("u-andi", "Wulan");
        log().append(List.of(new AppendRequest(post, Posted.anybody(renamed), List.of(), Posted.saying("lobby", ""))));

        assertThat(directory().people("AN", null, 10).items())
                .extracting(User::name)
                .containsExactly("anabel");
        assertThat(directory().people("wu", null, 10).items()).containsExactly(new User("u-andi", "Wulan"));
        assertThat(directory().people("%", null, 10).items()).isEmpty();
        assertThat(directory().person("u-budi").name()).isEqualTo("budi");
        assertThat(directory().person("u-nobody")).isNull();
    }

    @Test
    void erasedTextIsNowhereInTheFiles() throws IOException {
        String secret = "The treasure lies under the teak tree";
        does("ana", new Command.Post("lobby", "c-1", secret));
        does("ana", new Command.Edit("lobby", "c-2", 1, secret + " in the east"));
        searchable();
        assertThat(onDisk("treasure")).isTrue();
        does("ana", new Command.Delete("lobby", "c-3", 1));
        log().close(); // moves the write-ahead log into the file

        assertThat(onDisk("treasure")).isFalse();
        assertThat(onDisk("deleted")).isTrue();
    }

    private boolean onDisk(String word) throws IOException {
        for (String file : List.of("warung.db", "warung.db-wal")) {
            Path path = data.resolve(file);
            if (Files.exists(path)
                    && new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).contains(word)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void trimmedMessagesAreNeitherFoundNorAmended() throws IOException {
        for (int n = 1; n <= 10; n++) {
            does("ana", new Command.Post("lobby", "c-" + n, "soto " + n));
        }
        does("ana", new Command.Edit("lobby", "e-1", 2, "soto two"));
        searchable();
        while (sqlite().trim(room -> new RetentionPolicy(Duration.ZERO, 4), Runnable::run, Posted.NOBODY) > 0) {
            // in small parts
        }

        assertThat(log().search("lobby", "soto", 100, 50).hits())
                .extracting(hit -> hit.entry().seq())
                .containsExactly(10L, 9L, 8L, 7L);
        assertThat(does("ana", new Command.Edit("lobby", "e-2", 3, "x"))).isEqualTo("no-such-message");
        assertThat(does("ana", new Command.Edit("lobby", "e-1", 2, "soto two"))).isEqualTo("again 11");
        assertThat(does("ana", new Command.Post("lobby", "c-2", "soto 2"))).isEqualTo("again 2");
    }

    @Test
    void anEditThatTheSearchMeetsWhenItsMessageWasTrimmedIsNotFound() throws IOException {
        says("ana", "lobby", "nasi");
        says("ana", "lobby", "mie");
        searchable();
        does("ana", new Command.Edit("lobby", null, 1, "soto"));
        while (sqlite().trim(room -> new RetentionPolicy(Duration.ZERO, 1), Runnable::run, Posted.NOBODY) > 0) {
            // in small parts
        }
        searchable();

        assertThat(log().search("lobby", "soto", 100, 50).hits()).isEmpty();
    }

    @Test
    void aLogOfBeforeIsOpenedWithItsMessagesNumbered() throws IOException, SQLException {
        log().close();
        Path old = data.resolve("old");
        Files.createDirectories(old);
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + old.resolve("warung.db"));
        try (Connection connection = source.getConnection();
                Statement sql = connection.createStatement()) {
            Flyway.configure().dataSource(source).target("2").load().migrate();
            sql.executeUpdate("INSERT INTO rooms (id, name, head) VALUES (1, 'lobby', 2)");
            sql.executeUpdate(
                    "INSERT INTO entries VALUES (1, 1, 5, 'u-ana', 'c-1', CAST('{\"type\":\"message\",\"room\":\"lobby\",\"seq\":1,\"at\":\"2026\",\"from\":{\"id\":\"u-ana\",\"name\":\"ana\"},\"id\":\"c-1\",\"text\":\"\\\"seq\\\":1,\"}' AS BLOB))");
            sql.executeUpdate(
                    "INSERT INTO entries VALUES (1, 2, 7, 'u-ana', NULL, CAST('{\"type\":\"message\",\"room\":\"lobby\",\"seq\":2,\"at\":\"2026\",\"from\":{\"id\":\"u-ana\",\"name\":\"ana\"},\"text\":\"豆浆\"}' AS BLOB))");
        }
        try (SqliteLog migrated = SqliteLog.open(old, codec, Clock.systemUTC())) {
            assertThat(migrated.read("lobby", 0, 10).entries())
                    .extracting(entry -> new String(entry.json(), StandardCharsets.UTF_8))
                    .allSatisfy(json -> assertThat(json).containsPattern("\"seq\":(\\d),\"n\":\\1,\"at\""));
            assertThat(codec.textOf(
                            migrated.read("lobby", 0, 1).entries().get(0).json()))
                    .isEqualTo("\"seq\":1,");
            assertThat(migrated.state("lobby").n()).isEqualTo(2);
            while (migrated.index(Runnable::run)) {
                // all of it
            }
            assertThat(migrated.search("lobby", "豆浆", 10, 10).hits()).hasSize(1);
        }
    }
}
