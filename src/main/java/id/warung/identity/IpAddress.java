package id.warung.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address as headers, settings and servers write it. Never asks a name server. An IPv4 address inside
 * an IPv6 one ({@code ::ffff:192.0.2.1}) is that IPv4 address. Immutable.
 */
final class IpAddress {
    private static final int LONGEST =
            "[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255%0123456789abcdef]:65535".length();
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    /** A text that InetAddress parses without looking up a name: it can tell by the first character and a colon. */
    private static final Pattern LIKE_V6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]+");

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}");
    private static final int IPV6_NETWORK_BITS = 64;

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Parses the address at the beginning of a text. It may be in brackets and may have a zone and a port: {@code [fe80::1%eth0]:443}.
     *
     * @return null when there is no address
     */
    static IpAddress parse(String text) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        String address = text.strip();
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            boolean closed = end > 0 && isPort(address.substring(end + 1));
            return closed ? v6(address.substring(1, end)) : null;
        }
        int colon = address.indexOf(':');
        if (colon < 0 || colon == address.lastIndexOf(':')) {
            String alone = colon < 0 ? address : address.substring(0, colon);
            return colon < 0 || isPort(address.substring(colon)) ? v4(alone) : null;
        }
        return v6(address);
    }

    private static boolean isPort(String rest) {
        return rest.isEmpty() || PORT.matcher(rest).matches();
    }

    private static IpAddress v4(String text) {
        return V4.matcher(text).matches() ? numeric(text) : null;
    }

    private static IpAddress v6(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        return LIKE_V6.matcher(address).matches() ? numeric(address) : null;
    }

    private static IpAddress numeric(String text) {
        try {
            return new IpAddress(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException noAddress) {
            return null;
        }
    }

    int bits() {
        return bytes.length * Byte.SIZE;
    }

    /** Whether the first bits are the same; an IPv4 address is never in an IPv6 network, nor the reverse. */
    boolean startsLike(IpAddress network, int bits) {
        return bytes.length == network.bytes.length && Arrays.equals(cut(bits), network.cut(bits));
    }

    /** The key for limits per address: usually one customer has an IPv4 address or an IPv6 network of 64 bits. */
    String limitKey() {
        boolean v6 = bytes.length == 16;
        return v6 ? new IpAddress(cut(IPV6_NETWORK_BITS)) + "/" + IPV6_NETWORK_BITS : toString();
    }

    private byte[] cut(int bits) {
        byte[] cut = new byte[bytes.length];
        for (int i = 0; i < bits; i++) {
            cut[i / Byte.SIZE] |= (byte) (bytes[i / Byte.SIZE] & (0x80 >> i % Byte.SIZE));
        }
        return cut;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        try {
            InetAddress address =
                    bytes.length == 16 ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes);
            return address.getHostAddress();
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }
}
