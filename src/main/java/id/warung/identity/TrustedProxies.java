package id.warung.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxies whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed. A client's address is the last one, of the peer and the hops that trusted
 * proxies report, that is not itself a trusted proxy; whatever a client writes into the header comes before it. Immutable.
 */
public final class TrustedProxies {
    private static final Pattern NETWORK = Pattern.compile("(?![^:]*:[^:]*$)([0-9A-Fa-f:.]+)(?:/([0-9]{1,3}))?");

    private record Network(IpAddress address, int bits) {}

    private final List<Network> networks;

    /**
     * Trusts these addresses and networks.
     *
     * @param networks addresses such as {@code 192.0.2.1}, and networks such as {@code 10.0.0.0/8} or {@code fd00::/8}
     * @throws IllegalArgumentException with a sentence, when one of them is neither
     */
    public TrustedProxies(Collection<String> networks) {
        this.networks = networks.stream().map(TrustedProxies::network).toList();
    }

    /** Rejects a port or a zone, which a header may have after an address: here it would be ignored silently. */
    private static Network network(String text) {
        Matcher parts = NETWORK.matcher(text);
        IpAddress address = parts.matches() ? IpAddress.parse(parts.group(1)) : null;
        if (address != null) {
            int bits = parts.group(2) == null ? address.bits() : Integer.parseInt(parts.group(2));
            if (bits <= address.bits()) {
                return new Network(address, bits);
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is neither an address nor a network such as 10.0.0.0/8.");
    }

    /**
     * The address of the client at the far end.
     *
     * @param peer the connected address, as the server reports it
     * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in order; may be anything
     */
    public ClientAddress clientOf(String peer, List<String> forwardedFor) {
        IpAddress client = IpAddress.parse(peer);
        if (client == null) {
            return ClientAddress.UNKNOWN;
        }
        List<String> hops = hops(forwardedFor);
        for (int i = hops.size() - 1; i >= 0 && trusts(client); i--) {
            IpAddress hop = IpAddress.parse(hops.get(i));
            if (hop == null) {
                break; // the proxy does not name its client
            }
            client = hop;
        }
        return new ClientAddress(client.toString(), trusts(client) ? null : client.limitKey());
    }

    /**
     * Whether the client at the far end uses https. A trusted proxy that says what its client uses knows it; of several words, all must say
     * https, because a client may have written the first ones.
     *
     * @param peer the connected address, as the server reports it
     * @param peerIsSecure whether the peer has connected by TLS
     * @param forwardedProto the values of all {@code X-Forwarded-Proto} headers; may be anything
     */
    public boolean isSecure(String peer, boolean peerIsSecure, List<String> forwardedProto) {
        List<String> said = hops(forwardedProto);
        IpAddress address = IpAddress.parse(peer);
        if (said.isEmpty() || address == null || !trusts(address)) {
            return peerIsSecure;
        }
        return said.stream().allMatch(word -> word.strip().equalsIgnoreCase("https"));
    }

    /** The items of a list in headers. */
    private static List<String> hops(List<String> forwardedFor) {
        List<String> hops = new ArrayList<>();
        for (String value : forwardedFor) {
            for (String hop : value.split(",", -1)) {
                if (!hop.isBlank()) {
                    hops.add(hop);
                }
            }
        }
        return hops;
    }

    /** Whether the connected address, as the server reports it, is that of a trusted proxy. */
    public boolean trusts(String peer) {
        IpAddress address = IpAddress.parse(peer);
        return address != null && trusts(address);
    }

    private boolean trusts(IpAddress address) {
        return networks.stream().anyMatch(network -> address.startsLike(network.address(), network.bits()));
    }
}
