package id.warung.protocol;

/** A user: the id never changes, the name is what others see. The first letter of the id says how they came. */
public record User(String id, String name) {
    /** The prefix of guests' ids. */
    public static final String GUEST = "u-";
    /** The prefix of the ids of people for whom somebody else vouches: an issuer of tokens, the server, a proxy. */
    public static final String SIGNED_IN = "s-";

    /** The prefix of the ids of back ends with an API key. */
    public static final String BACK_END = "b-";

    /** Whether this is a back end. */
    public boolean isBackEnd() {
        return id.startsWith(BACK_END);
    }

    /** Whether nobody vouches for this user. */
    public boolean isGuest() {
        return id.startsWith(GUEST);
    }

    /** Whether somebody else vouches for this user. */
    public boolean isSignedIn() {
        return id.startsWith(SIGNED_IN);
    }
}
