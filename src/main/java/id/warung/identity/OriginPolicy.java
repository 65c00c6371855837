package id.warung.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which web pages may connect: none is stopped that is no web page (no Origin), ours is let in, and those on the list. Immutable.
 */
public final class OriginPolicy {
    private final Set<String> allowed;

    /** Allows these besides our own: origins such as {@code https://www.example.org}, compared exactly but for case. */
    public OriginPolicy(Set<String> allowed) {
        this.allowed = allowed.stream().map(OriginPolicy::folded).collect(Collectors.toUnmodifiableSet());
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

    /** The scheme is left out: behind a proxy that ends TLS we do not see it, and it is the host that a browser vouches for. */
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
