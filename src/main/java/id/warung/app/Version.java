package id.warung.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this Warung, which the build writes beside this class from pom.xml. */
final class Version {
    private static final String FILE = "version.txt";

    private Version() {}

    /** Such as {@code 1.0.0}. */
    static String ofThis() {
        try (InputStream in = Version.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing from the WAR: build it with Maven");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
