package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseSettingsTest {
    private static final String PASSWORD = "s3cret/of@the:database";

    private final Map<String, String> given = new HashMap<>();

    private DatabaseSettings read() {
        return DatabaseSettings.read(given::get);
    }

    private DatabaseSettings.Address at(String db) {
        given.put("warung.db", db);
        return read().address();
    }

    @Test
    void withoutOneTheDataIsInAFolder() {
        assertThat(read()).isNull();
    }

    @Test
    void anAddressBecomesTheDrivers() {
        given.put("warung.db-password", PASSWORD);

        assertThat(at("postgresql://warung@db:5432/chat"))
                .isEqualTo(new DatabaseSettings.Address("jdbc:postgresql://db:5432/chat", "warung", PASSWORD));
        assertThat(at("postgres://w%40x+y@[::1]/chat?sslmode=require&a=b"))
                .isEqualTo(new DatabaseSettings.Address(
                        "jdbc:postgresql://[::1]/chat?sslmode=require&a=b", "w@x+y", PASSWORD));
    }

    @Test
    void ofSeveralServersTheOneThatTakesWritesIsUsed() {
        assertThat(at("postgresql://w@db1,db2:5433/chat").url())
                .isEqualTo("jdbc:postgresql://db1,db2:5433/chat?targetServerType=primary");
        assertThat(at("postgresql://w@db1,db2/chat?a=b").url()).endsWith("?a=b&targetServerType=primary");
        assertThat(at("postgresql://w@db1,db2/chat?targetServerType=any").url()).endsWith("?targetServerType=any");
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "8, 2", "16, 4", "32, 8", "100, 8"})
    void aQuarterOfTheConnectionsWriteAndEightAtMost(String connections, int writers) {
        given.put("warung.db", "postgresql://warung@db/chat");
        given.put("warung.db-connections", connections);

        assertThat(read().writers()).isEqualTo(writers);
    }

    @Test
    void noTextOfTheSettingsHasThePassword() {
        given.put("warung.db", "postgresql://warung@db/chat");
        given.put("warung.db-listen", "postgresql://warung@db:5433/chat");
        given.put("warung.db-password", PASSWORD);

        assertThat(read().address().password()).isEqualTo(PASSWORD);
        assertThat(read().toString() + read().place())
                .contains("jdbc:postgresql://db/chat as warung")
                .doesNotContain(PASSWORD);
    }

    @Test
    void aPoolOfTheServerHasItsOwnPassword() {
        given.put("warung.db", "java:/warung");
        assertThat(read().pool()).isEqualTo("java:/warung");
        assertThat(read().address()).isNull();

        given.put("warung.db-password", PASSWORD);
        assertThatThrownBy(this::read)
                .hasMessageContaining("warung.db-password has no effect")
                .hasMessageNotContaining(PASSWORD);
        given.put("warung.db-listen", "postgresql://warung@db/chat");
        assertThat(read().listen().address().password()).isEqualTo(PASSWORD);
    }

    @Test
    void hintsComeFromTheSamePlaceOrFromAnotherOrFromNone() {
        given.put("warung.db", "postgresql://warung@pooler/chat");
        assertThat(read().listen()).isEqualTo(new DatabaseSettings.Listen(null, false));
        given.put("warung.db-listen", "none");
        assertThat(read().listen()).isEqualTo(new DatabaseSettings.Listen(null, true));
        given.put("warung.db-listen", "postgresql://warung@db/chat");
        assertThat(read().listen().address().url()).isEqualTo("jdbc:postgresql://db/chat");
    }

    @Test
    void whatHasNoEffectWithoutADatabaseIsRefused() {
        for (String name : List.of("warung.db-password", "warung.db-listen", "warung.db-connections")) {
            given.clear();
            given.put(name, name.equals("warung.db-connections") ? "8" : PASSWORD);
            assertThatThrownBy(this::read)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The setting " + name + " has no effect without warung.db")
                    .hasMessageNotContaining(PASSWORD);
        }
    }

    @Test
    void noFolderIsNeededBesideADatabase() {
        given.put("warung.db", "postgresql://warung@db/chat");

        assertThat(Settings.read(given::get, null, new HeapBudget(1L << 32, 0)).dataFolder())
                .isNull();
    }
}
