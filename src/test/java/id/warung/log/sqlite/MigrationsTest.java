package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.sqlite.SQLiteDataSource;

/** The migrations are found without searching the class path, and all of them are in the list. */
class MigrationsTest {
    static final List<String> FILES = Migrations.FILES;

    @Test
    void theListHasEveryFileOfTheFolder() throws Exception {
        URI folder = getClass().getClassLoader().getResource(Migrations.FOLDER).toURI();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            assertThat(Migrations.FILES)
                    .containsExactlyElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .sorted(Comparator.comparingInt(
                                            file -> Integer.parseInt(file.substring(1, file.indexOf("__")))))
                                    .toList());
        }
    }

    @Test
    void aClassPathThatCannotBeSearchedHasTheSameMigrations(@TempDir Path data) throws Exception {
        Flyway listed = Migrations.of(database(data), new Server(null));
        Flyway found = Flyway.configure()
                .dataSource(database(data))
                .locations("classpath:" + Migrations.FOLDER)
                .load();

        assertThat(found.migrate().migrationsExecuted).isEqualTo(Migrations.FILES.size());
        listed.validate(); // names and checksums
        assertThat(listed.migrate().migrationsExecuted).isZero();
    }

    @ParameterizedTest
    @FieldSource("FILES")
    void anIncompleteCopyIsToldAsSuchAndNotAsATroubleOfTheDisk(String file, @TempDir Path data) {
        assertThatThrownBy(() -> Migrations.of(database(data), new Server(Migrations.FOLDER + "/" + file)))
                .isInstanceOf(IOException.class)
                .hasMessage("This copy of Warung is incomplete: it lacks db/migration/" + file
                        + ". Deploy the whole warung.war.");
    }

    private static SQLiteDataSource database(Path data) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + data.resolve(SqliteDatabase.FILE));
        return source;
    }

    /** Opens files and shows no folders, as the class loader of some servers does; lacks one file. */
    private static final class Server extends ClassLoader {
        private final String lacks;

        Server(String lacks) {
            super(MigrationsTest.class.getClassLoader());
            this.lacks = lacks;
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return name.equals(lacks) ? null : getClass().getClassLoader().getResourceAsStream(name);
        }

        @Override
        public URL getResource(String name) {
            return searched(name, super.getResource(name));
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return searched(name, super.getResources(name));
        }

        /** Fails where the folder, or a file in it, is not opened but searched for. */
        private static <T> T searched(String name, T found) {
            if (name.startsWith(Migrations.FOLDER)) {
                throw new UnsupportedOperationException("The class path is searched for " + name);
            }
            return found;
        }
    }
}
