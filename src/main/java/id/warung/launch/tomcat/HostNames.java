package id.warung.launch.tomcat;

import java.lang.reflect.Field;
import org.apache.tomcat.util.http.parser.HttpParser;

/**
 * The names that a request's {@code Host} may have. Tomcat follows RFC 1123 and refuses those with an underscore, but containers,
 * services and machines have such names, and browsers and other servers accept them. Tomcat has no setting for that.
 */
final class HostNames {
    private static final String LETTERS = "IS_ALPHA";

    private HostNames() {}

    /** Lets an underscore pass for a letter in host names. */
    static void allowUnderscores() {
        try {
            Field letters = HttpParser.class.getDeclaredField(LETTERS);
            letters.setAccessible(true);
            ((boolean[]) letters.get(null))['_'] = true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Tomcat parses host names in an unknown way: see HostNames", e);
        }
    }
}
