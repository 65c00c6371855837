package id.warung.log.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Postgres;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PostgresMigrationsTest {
    private final Postgres.Database database = Postgres.database();

    private Connections connections() {
        return Connections.to(database.url(), Postgres.USER, "", 4);
    }

    @Test
    void everyScriptIsListed() throws Exception {
        URI folder = getClass()
                .getClassLoader()
                .getResource(PostgresMigrations.FOLDER)
                .toURI();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(PostgresMigrations.all());
        }
    }

    @Test
    void nodesThatStartTogetherMakeTheTablesOnceAndHaveOneKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<byte[]>> starts = threads.invokeAll(IntStream.range(0, 4)
                    .<java.util.concurrent.Callable<byte[]>>mapToObj(node -> () -> {
                        try (Connections connections = connections()) {
                            PostgresMigrations.run(connections);
                            try (Connection connection = connections.get()) {
                                return PostgresMigrations.key(connection);
                            }
                        }
                    })
                    .toList());
            byte[] key = starts.get(0).get();
            assertThat(key).hasSize(32);
            for (Future<byte[]> start : starts) {
                assertThat(start.get()).isEqualTo(key);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(database.query(
                        "SELECT count(*) FROM warung.flyway_schema_history WHERE success AND version IS NOT NULL"))
                .isEqualTo(Integer.toString(PostgresMigrations.all().size()));
        assertThat(
                        database.query(
                                "SELECT string_agg(DISTINCT relpersistence::text, '') FROM pg_class"
                                        + " WHERE relnamespace = 'warung_ephemeral'::regnamespace AND relkind = 'r' AND relname <> 'flyway_schema_history'"))
                .isEqualTo("u");
    }

    @Test
    void aFrequentWordDoesNotChangeTheSearchIndexForEachMessage() throws Exception {
        try (Connections connections = connections()) {
            PostgresMigrations.run(connections);
        }
        int messages = 500;
        String plan = database.query("EXPLAIN (ANALYZE, WAL, FORMAT JSON) INSERT INTO warung.search"
                + " SELECT 1, i, array_to_tsvector('{one,two,three,four,five,six,seven,eight}') FROM generate_series(1, "
                + messages + ") i");
        Matcher records = Pattern.compile("\"WAL Records\": (\\d+)").matcher(plan);
        assertThat(records.find()).as(plan).isTrue();
        assertThat(Integer.parseInt(records.group(1))) // two of each are of the row and its key
                .isLessThan(6 * messages);
    }
}
