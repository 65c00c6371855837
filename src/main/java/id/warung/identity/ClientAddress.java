package id.warung.identity;

/**
 * Where a client connects from, as far as that can be known. Immutable.
 *
 * @param text for people: an IPv4 or IPv6 address, or {@code unknown}
 * @param customer what a limit for each address counts by: the IPv4 address, or the IPv6 network of 64 bits. Null when
 *     that would count strangers together: who is behind a proxy that does not say is not known, nor who is at an unknown address
 */
public record ClientAddress(String text, String customer) {
    public static final ClientAddress UNKNOWN = new ClientAddress("unknown", null);
}
