package id.warung.log;

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
 * The scripts that make and change a database's tables, as a fixed list: not every server lets a class path be searched for files.
 * Immutable, thread-safe.
 */
public final class Scripts implements ResourceProvider {
    private final List<LoadableResource> scripts;

    private Scripts(List<LoadableResource> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    /**
     * The scripts of a folder, in order.
     *
     * @throws IOException with a sentence for the administrator, when the class loader does not have one of them
     */
    public static Scripts from(ClassLoader classes, String folder, List<String> files) throws IOException {
        List<LoadableResource> scripts = new ArrayList<>();
        for (String file : files) {
            try (InputStream in = classes.getResourceAsStream(folder + "/" + file)) {
                if (in == null) {
                    throw new IOException("This copy of Warung is incomplete: it lacks " + folder + "/" + file
                            + ". Deploy the whole warung.war.");
                }
                scripts.add(new Script(folder, file, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return new Scripts(scripts);
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
        private final String folder;
        private final String file;
        private final String sql;

        Script(String folder, String file, String sql) {
            this.folder = folder;
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
            return folder + "/" + file;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return null; // it may be in an archive
        }
    }
}
