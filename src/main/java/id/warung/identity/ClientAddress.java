package id.warung.identity;

/**
 * The address from which a client connects, as far as it is known. Immutable.
 *
 * @param text for people: an IPv4 or IPv6 address, or {@code unknown}
 * @param limitKey the key by which limits per address count: the IPv4 address, or the IPv6 network of 64 bits. Null
 *     when a trusted proxy does not name its client: unrelated clients would be counted as one
 */
public record ClientAddress(String text, String limitKey) {
    /** The address when the server reports none, or none that can be parsed: all such clients are counted as one address. */
    public static final ClientAddress UNKNOWN = new ClientAddress("unknown", "unknown");
}
