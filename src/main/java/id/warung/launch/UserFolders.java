package id.warung.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** The user's folders, as far as the system tells them: it may tell none, or what is not a folder's name. Immutable. */
record UserFolders(Properties system, Map<String, String> environment) {
    /** The cache for the unpacked WAR; null: unknown. */
    Path cache() {
        Path xdg = absolute(environment.get("XDG_CACHE_HOME"));
        Path base = xdg != null ? xdg : in(home(), ".cache");
        return in(base, "warung");
    }

    /** The home folder; Java does not know that of a user without an entry among the users. Null: unknown. */
    Path home() {
        Path known = absolute(system.getProperty("user.home"));
        return known != null ? known : absolute(environment.get("HOME"));
    }

    /**
     * The data folder that an administrator named, or the default.
     *
     * @throws UsageException with a sentence, when what they named is not the path of a folder, or nothing is known
     */
    Path data() throws UsageException {
        String property = system.getProperty("warung.data");
        String variable = environment.get("WARUNG_DATA");
        if (property != null && !property.isBlank()) {
            return PathText.parse("warung.data", property);
        }
        if (variable != null && !variable.isBlank()) {
            return PathText.parse("WARUNG_DATA", variable);
        }
        if (home() == null) {
            throw new UsageException(
                    "The home folder of this user is unknown: name a data folder with --data or WARUNG_DATA.");
        }
        return home().resolve(".warung");
    }

    /**
     * Where temporary files may be, the best place first: systems empty their temporary folder from time to time, even of files in use.
     *
     * @param data the data folder; null: it may not be used
     */
    List<Path> places(Path data) {
        List<Path> places = new ArrayList<>();
        Stream.of(in(cache(), "work"), in(data, "work"), absolute(system.getProperty("java.io.tmpdir")))
                .filter(place -> place != null)
                .forEach(places::add);
        return places;
    }

    private static Path in(Path folder, String name) {
        return folder == null ? null : folder.resolve(name);
    }

    private static Path absolute(String text) {
        Path path = text == null || text.isBlank() ? null : PathText.pathOrNull(text);
        return path != null && path.isAbsolute() ? path : null;
    }
}
