package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.CallsContract;
import id.warung.log.Posted;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.User;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteDirectoryTest extends CallsContract {
    @TempDir
    private Path folder;

    @Override
    protected void open(Clock clock) throws IOException {
        SqliteLog log = SqliteLog.open(folder, new EntryCodec(), clock);
        about(log, log.directory());
    }

    private SqliteLog sqlite() {
        return (SqliteLog) log();
    }

    private void reopen() throws IOException {
        open(clock());
    }

    /** The database's query plans: they use an index, and do not sort unnecessarily. */
    @Test
    void noListReadsATableFromEndToEnd() throws Exception {
        rooms(20);
        for (String sql : SqliteDirectory.STATEMENTS) {
            assertThat(plan(sql))
                    .as(sql)
                    .isNotEmpty()
                    .noneMatch(step ->
                            step.startsWith("SCAN") && !step.matches("SCAN (own|json_each .*)")); // which have few rows
        }
        for (String sql : SqliteRoomSearch.STATEMENTS) {
            assertThat(plan(sql))
                    .as(sql)
                    .isNotEmpty()
                    .noneMatch(step -> step.matches("SCAN (r|a|b|m|p)( .*)?") && !step.contains("USING INDEX"));
        }
        for (String sql : List.of(SqliteRoomSearch.PUBLIC_BY_NAME, SqliteRoomSearch.PUBLIC_LATEST)) {
            assertThat(plan(sql)).as(sql).noneMatch(step -> step.contains("TEMP B-TREE"));
        }
        assertThat(plan(SqliteDirectory.PUBLIC_ROOMS)).noneMatch(step -> step.contains("TEMP B-TREE"));
        assertThat(plan(SqliteDirectory.PEOPLE)).noneMatch(step -> step.contains("TEMP B-TREE"));
    }

    /** Each run of the indexer looks for the rooms that are not indexed. */
    @Test
    void theQueryForUnindexedRoomsUsesItsIndex() throws Exception {
        rooms(20);
        assertThat(plan(SearchIndexer.BEHIND)).anyMatch(step -> step.contains("rooms_to_index"));
    }

    /** A log of a million posts has a million of them, and each run of retention would read them all. */
    @Test
    void idsAreForgottenWithoutReadingAllOfThem() throws Exception {
        assertThat(plan(Retention.FORGET)).isNotEmpty().noneMatch(step -> step.startsWith("SCAN tombstones"));
    }

    private List<String> plan(String sql) throws SQLException {
        List<String> steps = new ArrayList<>();
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve(SqliteDatabase.FILE));
        try (Connection connection = source.getConnection();
                PreparedStatement explain = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                ResultSet row = explain.executeQuery()) {
            while (row.next()) {
                steps.add(row.getString("detail"));
            }
        }
        return steps;
    }

    /**
     * A folder whose names are folded by another version: all are folded again, a few at a time, despite kills; users renamed meanwhile
     * keep the new name.
     */
    @Test
    void namesOfAnOlderFolderAreFoundLittleByLittleAsThoseOfToday() throws Exception {
        for (int n = 100; n < 400; n++) {
            log().append(List.of(
                    Posted.of("u" + n, new Command.Post("lobby", null, "hi")).request()));
        }
        while (sqlite().index(Runnable::run)) {
            // all of it
        }
        log().close();
        sql("UPDATE users SET name = 'Ren\u00e9 ' || id, folded = 'ren\u00e9 ' || id WHERE id LIKE 'u-u%'");
        sql("UPDATE meta SET value = '1' WHERE key = 'search-version'");
        reopen();
        assertThat(directory().people("rene", null, 200).items()).isEmpty();
        log().append(List.of(
                Posted.of("u399", new Command.Post("lobby", null, "hi")).request())); // has a new name
        sqlite().index(Runnable::run);
        assertThat(directory().people("rene", null, 200).items()).hasSizeBetween(90, 110);
        log().close();
        reopen();
        while (sqlite().index(Runnable::run)) {
            // it continues where it was
        }
        List<User> found = directory().people("RENE\u0301", null, 400).items();
        assertThat(found).hasSize(299).allSatisfy(user -> assertThat(user.name())
                .startsWith("Ren\u00e9 "));
        assertThat(directory().people("u399", null, 2).items()).hasSize(1);
        sql("UPDATE users SET folded = 'not again' WHERE id = 'u-u100'");
        log().close();
        reopen();
        assertThat(sqlite().index(Runnable::run)).isFalse();
        assertThat(directory().people("not again", null, 2).items())
                .as("once only")
                .hasSize(1);
    }

    /** Between reading the old name and writing. */
    @Test
    void aUserRenamedWhileNamesAreFoldedAnewIsFoundByTheNewName() throws Exception {
        log().append(List.of(
                Posted.of("ana", new Command.Post("lobby", null, "hi")).request()));
        log().close();
        sql("UPDATE meta SET value = '1' WHERE key = 'search-version'");
        reopen();
        List<String> names = new ArrayList<>();
        Executor renamingBefore = task -> {
            String name = "Zo\u00eb " + names.size();
            names.add(name);
            renameAna(name);
            task.run();
            assertThat(peopleCalled("zoe")).containsExactly(name);
            assertThat(peopleCalled(name)).containsExactly(name);
        };
        boolean more = true;
        for (int turn = 0; more && turn < 5; turn++) {
            more = sqlite().index(renamingBefore);
        }
        assertThat(names).hasSizeGreaterThan(2);
    }

    @Override
    protected void sql(String change) throws Exception {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("warung.db"));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(change);
        }
    }
}
