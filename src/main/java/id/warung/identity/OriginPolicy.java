package id.warung.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which web pages may connect: those of our own host and of the configured origins. Clients that are no web page send no Origin and are
 * always allowed. Immutable.
 */
public final class OriginPolicy {
    private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?";
    /** A host in lower case, as browsers write it. */
    static final String HOST = "(?:" + LABEL + "(?:\\." + LABEL + ")*\\.?|\\[[0-9a-f:.]+\\])";

    private static final Pattern ORIGIN =
            Pattern.compile("([a-z][a-z0-9+.-]*)://(" + HOST + ")(?::([1-9][0-9]{0,4}))?");

    private static final int MAX_PORT = 65_535;

    private final Set<String> allowed;

    /** Allows these origins besides our own, such as {@code https://www.example.org}; the comparison is exact except for case. */
    public OriginPolicy(Set<String> allowed) {
        this.allowed = allowed.stream().map(OriginPolicy::folded).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Normalises an origin written by an administrator to the form that browsers send: lower case, without the scheme's default port.
     *
     * @throws IllegalArgumentException with a sentence, when no browser sends such an origin
     */
    public static String origin(String text) {
        Matcher parts = ORIGIN.matcher(folded(text));
        if (!parts.matches() || (parts.group(3) != null && Integer.parseInt(parts.group(3)) > MAX_PORT)) {
            throw new IllegalArgumentException("\"" + text + "\" is not a valid origin: " + hint(folded(text))
                    + " Write scheme://host or scheme://host:port, such as https://www.example.org.");
        }
        String scheme = parts.group(1);
        String port = parts.group(3);
        boolean usual = ("http".equals(scheme) && "80".equals(port)) || ("https".equals(scheme) && "443".equals(port));
        return usual ? scheme + "://" + parts.group(2) : parts.group();
    }

    private static String hint(String text) {
        if (text.contains("*")) {
            return "wildcards are not supported; name each origin.";
        }
        if (text.equals("null")) {
            return "any page without a host sends null, so it cannot be allowed.";
        }
        if (!text.contains("://")) {
            return "its scheme is missing, as in https://" + text + ".";
        }
        if (text.indexOf('/', text.indexOf("://") + 3) >= 0) {
            return "nothing may follow host and port, not even a slash.";
        }
        return "its host must be written as browsers send it, in a-z, 0-9, dot and dash (xn--… for other letters).";
    }

    /**
     * Whether a handshake with these headers may go on.
     *
     * @param origin the Origin header, or null
     * @param host the Host header, or null
     */
    public boolean allows(String origin, String host) {
        return origin == null || allowed.contains(folded(origin)) || isSameHost(origin, host);
    }

    /** Compares the host and ignores the scheme: behind a proxy that terminates TLS we do not see it, and browsers guarantee the host. */
    private static boolean isSameHost(String origin, String host) {
        if (host == null) {
            return false;
        }
        try {
            URI uri = new URI(origin);
            String scheme = uri.getScheme();
            boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            String authority = uri.getRawAuthority();
            return web
                    && authority != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && withPort(authority, scheme).equals(withPort(host, scheme));
        } catch (URISyntaxException notAnOrigin) {
            return false;
        }
    }

    private static String withPort(String authority, String scheme) {
        String folded = folded(authority);
        boolean hasPort = folded.matches(".*:[0-9]+");
        if (hasPort) {
            return folded;
        }
        return folded + (folded(scheme).equals("https") ? ":443" : ":80");
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
