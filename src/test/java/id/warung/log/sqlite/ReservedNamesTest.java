package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.AppendResult;
import id.warung.log.Entry;
import id.warung.log.Posted;
import id.warung.log.RoomState;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Rooms from before their names were reserved. */
class ReservedNamesTest {
    private final EntryCodec codec = new EntryCodec();

    @TempDir
    private Path data;

    /** A room for members, with a name that an older version allowed. */
    @BeforeEach
    void aRoomOfBefore() throws IOException, SQLException {
        try (SqliteLog log = open()) {
            does(log, new Command.Create("book1", null, Access.MEMBERS, ""));
            does(log, new Command.Add("book1", null, "u-budi"));
            does(log, new Command.Post("book1", "c-1", "it says \",\"room\":\"book1\", here", 0, List.of("u-budi")));
        }
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + data.resolve("warung.db"));
        try (Connection connection = source.getConnection();
                Statement sql = connection.createStatement()) {
            sql.executeUpdate("DELETE FROM meta WHERE key = 'names-freed'");
            sql.executeUpdate("UPDATE rooms SET name = 'audit' WHERE name = 'book1'");
            sql.executeUpdate("UPDATE entries SET json = CAST(replace(CAST(json AS TEXT), 'book1', 'audit') AS BLOB)");
        }
    }

    private SqliteLog open() throws IOException {
        return SqliteLog.open(data, codec, Clock.systemUTC());
    }

    private static AppendResult does(SqliteLog log, Command.Durable command) throws IOException {
        return log.append(List.of(Posted.of("ana", command, Posted.user("budi")).request()))
                .get(0);
    }

    @Test
    void theyHaveAnotherNameAndAMessageSaysSo() throws IOException {
        try (SqliteLog log = open()) {
            RoomState state = log.state("audit-room");
            assertThat(state.head().seq()).isEqualTo(4);
            assertThat(state.n()).isEqualTo(2);
            assertThat(state.members()).containsExactlyInAnyOrder("u-ana", "u-budi");
            List<Entry> entries = log.read("audit-room", 0, 10).entries();
            assertThat(entries)
                    .extracting(entry -> codec.read(entry.json()).get("room"))
                    .containsOnly("audit-room");
            assertThat(codec.textOf(entries.get(2).json())).isEqualTo("it says \",\"room\":\"audit\", here");
            assertThat(codec.textOf(entries.get(3).json())).contains("audit", "audit-room");
            assertThat(log.read("inbox.u-budi", 0, 10).entries())
                    .extracting(entry -> codec.read(entry.json()).get("in"))
                    .containsExactly("audit-room", "audit-room");
            assertThat(log.state("audit").exists()).isFalse();
            assertThat(does(log, new Command.Post("audit-room", "c-1", "another")))
                    .as("its requests are known")
                    .isInstanceOf(AppendResult.Conflict.class);
        }
    }

    @Test
    void thatIsDoneOnceAndTheNameIsFree() throws IOException {
        try (SqliteLog log = open()) {
            does(log, new Command.Post("server-room", null, "this name is taken"));
        }
        try (SqliteLog log = open()) {
            assertThat(log.state("audit-room").head().seq()).isEqualTo(4);
            assertThat(new String(log.read("server-room", 0, 1).entries().get(0).json(), StandardCharsets.UTF_8))
                    .contains("this name is taken");
            assertThat(does(log, new Command.Post("audit", null, "hi"))).isInstanceOf(AppendResult.Denied.class);
        }
    }
}
