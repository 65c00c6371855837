package id.warung.identity;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The host names by which requests may address us: any, or only those that the administrator lists. With a list, a page of another
 * site whose name is made to lead to our address (DNS rebinding) reaches nothing. Ports do not count. Immutable.
 */
public final class HostPolicy {
    private static final Pattern NAME = Pattern.compile(OriginPolicy.HOST);
    private static final Pattern HEADER = Pattern.compile("(" + OriginPolicy.HOST + ")(?::[0-9]*)?");

    private final Set<String> allowed;

    /** Allows these hosts, such as {@code chat.example.org} or {@code [::1]}; without any, all hosts. */
    public HostPolicy(Set<String> allowed) {
        this.allowed = allowed.stream().map(HostPolicy::host).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Normalises a host written by an administrator.
     *
     * @throws IllegalArgumentException with a sentence, when it is not the name or address of a host
     */
    public static String host(String text) {
        if (!NAME.matcher(folded(text)).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a host: " + hint(text)
                            + " Write a name or an address as browsers do, such as chat.example.org, 192.0.2.1 or [2001:db8::1].");
        }
        return canonical(folded(text));
    }

    private static String hint(String text) {
        if (text.contains("*")) {
            return "wildcards are not supported; name each host.";
        }
        if (text.contains("/")) {
            return "leave out the scheme and the path.";
        }
        if (HEADER.matcher(folded(text)).matches()) {
            return "leave out the port; all ports of a host are allowed.";
        }
        return text.contains(":")
                ? "an IPv6 address needs brackets, and a port must be left out."
                : "it has characters that browsers do not send.";
    }

    /**
     * Whether a request for this host may go on.
     *
     * @param header the value of {@code Host}, with or without a port; null: there is none, or several
     */
    public boolean allows(String header) {
        if (allowed.isEmpty()) {
            return true;
        }
        Matcher host = HEADER.matcher(header == null ? "" : folded(header));
        return host.matches() && allowed.contains(canonical(host.group(1)));
    }

    private static String canonical(String host) {
        IpAddress v6 = host.startsWith("[") ? IpAddress.parse(host) : null;
        if (v6 != null) {
            return "[" + v6 + "]";
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
