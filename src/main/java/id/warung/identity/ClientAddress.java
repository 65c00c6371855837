package id.warung.identity;

/**
 * Where a client connects from, as far as that can be known. Immutable.
 *
 * @param text for people: an IPv4 or IPv6 address, or {@code unknown}
 * @param customer what a limit for each address counts by: the IPv4 address, or the IPv6 network of 64 bits. Null when a
 *     trusted proxy does not say whom it speaks for: that would count strangers together
 */
public record ClientAddress(String text, String customer) {
    /** Where the server says nothing, or nothing that can be read: all of these are counted as one address. */
    public static final ClientAddress UNKNOWN = new ClientAddress("unknown", "unknown");
}
