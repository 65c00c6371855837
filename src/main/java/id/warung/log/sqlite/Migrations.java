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
     * Reads all scripts.
     *
     * @throws IOException with a sentence for the administrator, when the class loader does not have one of them
     */
    static Migrations from(ClassLoader classes) throws IOException {
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
