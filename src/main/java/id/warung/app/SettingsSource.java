package id.warung.app;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where settings come from. The first source with a value wins: the system property {@code warung.heartbeat-ms}, the environment variable
 * {@code WARUNG_HEARTBEAT_MS}, the web application's context parameter {@code warung.heartbeat-ms}.
 *
 * @param context null: a command without a server
 */
record SettingsSource(Properties system, Map<String, String> environment, ServletContext context) {
    private static final String FILE = "-file";

    /** Variables that the launcher reads and the application never sees. */
    private static final Set<String> OF_THE_LAUNCHER = Set.of(
            "WARUNG_PORT",
            "WARUNG_REDIRECT_PORT",
            "WARUNG_TLS_CERT",
            "WARUNG_TLS_KEY",
            "WARUNG_TLS_KEY_PASSWORD",
            "WARUNG_TLS_KEY_PASSWORD_FILE");

    /**
     * The setting's value, or null; an empty value counts as not set. A secret may stand in a file instead, which the setting with
     * {@code -file} behind its name says: in an environment, other programs could read it.
     *
     * @throws IllegalArgumentException with a sentence, when both are set or the file cannot be read
     */
    String get(String name) {
        String value = given(name);
        String file = Settings.SECRETS.contains(name) ? given(name + FILE) : null;
        if (file == null) {
            return value;
        }
        if (value != null) {
            throw new IllegalArgumentException("The settings " + name + " and " + name + FILE
                    + " are both set: the secret must come from one of them.");
        }
        try {
            String secret = Files.readString(Path.of(file)).strip();
            if (!secret.isEmpty()) {
                return secret;
            }
            throw new IllegalArgumentException(
                    "The setting " + name + FILE + " names the file " + file + ", which is empty.");
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "The setting " + name + FILE + " names the file \"" + file
                            + "\", which cannot be read as UTF-8 text.",
                    e);
        }
    }

    private String given(String name) {
        String value = system.getProperty(name);
        if (isMissing(value)) {
            value = environment.get(inEnvironment(name));
        }
        if (isMissing(value) && context != null) {
            value = context.getInitParameter(name);
        }
        return isMissing(value) ? null : value;
    }

    /**
     * Warnings about names that look like settings but are none, such as {@code WARUNG_HEARTBEAT}: a sentence for each,
     * with the most similar setting and without the value.
     *
     * @param ofSettings the names of all settings
     */
    List<String> unknown(Set<String> ofSettings) {
        Set<String> names = new TreeSet<>(ofSettings);
        Settings.SECRETS.forEach(secret -> names.add(secret + FILE));
        Set<String> variables =
                names.stream().map(SettingsSource::inEnvironment).collect(Collectors.toSet());
        variables.addAll(OF_THE_LAUNCHER);
        return Stream.of(
                        unknown("system property", system.stringPropertyNames(), names),
                        unknown("environment variable", environment.keySet(), variables),
                        unknown("context parameter", Collections.list(context.getInitParameterNames()), names))
                .flatMap(sentences -> sentences)
                .toList();
    }

    private static Stream<String> unknown(String kind, Collection<String> given, Set<String> known) {
        return new TreeSet<>(given)
                .stream()
                        .filter(name -> inEnvironment(name).startsWith("WARUNG_") && !known.contains(name))
                        .map(name -> "The " + kind + " " + name + " has no effect: there is no such setting."
                                + " Did you mean " + nearest(name, known) + "?");
    }

    private static String nearest(String name, Set<String> known) {
        return known.stream()
                .sorted()
                .min(Comparator.comparingInt(one -> distance(inEnvironment(name), inEnvironment(one))))
                .orElseThrow();
    }

    /** The edit distance: how many letters to insert, delete or replace to turn one into the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(diagonal, row[j - 1]));
            }
        }
        return row[other.length()];
    }

    private static String inEnvironment(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static boolean isMissing(String value) {
        return value == null || value.isBlank();
    }
}
