package id.warung.log.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * The scripts that make and change the tables, as a fixed list: not every server lets a class path be searched for files. Immutable,
 * thread-safe.
 */
final class Migrations implements ResourceProvider {
    static final String FOLDER = "db/migration";
    /** Each file in the folder, in order. */
    static final List<String> FILES = List.of(
            "V1__log.sql",
            "V2__tombstones_by_age.sql",
            "V3__conversations.sql",
            "V4__own_messages.sql",
            "V5__erasable_search.sql",
            "V6__rooms_in_order.sql",
            "V7__handlers.sql");

    private final List<LoadableResource> scripts;

    private Migrations(List<LoadableResource> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    /**
     * What changes the tables of a database to those of this version. With both providers, Flyway searches no class path for migrations; it
     * still does for callbacks, of which there are none, and logs an error where the class loader itself is Open Liberty's.
     *
     * @throws IOException with a sentence for the administrator, when the class loader does not have one of the scripts
     */
    static Flyway of(DataSource database, ClassLoader classes) throws IOException {
        return Flyway.configure(new ClassLoader(classes) {})
                .dataSource(database)
                .resourceProvider(from(classes))
                .javaMigrationClassProvider(List::of)
                .ignoreMigrationPatterns("*:missing") // missing old migrations are allowed, newer ones are not: see V5
                .load();
    }

    private static Migrations from(ClassLoader classes) throws IOException {
        List<LoadableResource> scripts = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream in = classes.getResourceAsStream(FOLDER + "/" + file)) {
                if (in == null) {
                    throw new IOException("This copy of Warung is incomplete: it lacks " + FOLDER + "/" + file
                            + ". Deploy the whole warung.war.");
                }
                scripts.add(new Script(file, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return new Migrations(scripts);
    }

    /** @return null when there is no such file, as Flyway expects */
    @Override
    public LoadableResource getResource(String name) {
        return scripts.stream()
                .filter(script -> script.getFilename().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return scripts.stream()
                .filter(script -> script.getFilename().startsWith(prefix)
                        && Stream.of(suffixes).anyMatch(script.getFilename()::endsWith))
                .toList();
    }

    private static final class Script extends LoadableResource {
        private final String file;
        private final String sql;

        Script(String file, String sql) {
            this.file = file;
            this.sql = sql;
        }

        @Override
        public Reader read() {
            return new StringReader(sql);
        }

        /** What the history in the database has always called it. */
        @Override
        public String getRelativePath() {
            return file;
        }

        @Override
        public String getFilename() {
            return file;
        }

        @Override
        public String getAbsolutePath() {
            return FOLDER + "/" + file;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return null; // it may be in an archive
        }
    }
}
