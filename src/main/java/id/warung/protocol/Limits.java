package id.warung.protocol;

/** Limits that are part of the protocol; configurable limits are in the settings. */
public final class Limits {
    /** Entries sent after a join that gives no number. */
    public static final int DEFAULT_LAST = 50;
    /** The most entries a join may ask for. */
    public static final int MAX_LAST = 200;
    /** The most bytes of a frame before the client has signed in. */
    public static final int MAX_HELLO_BYTES = 8 * 1024;

    /** The most edits of one message. */
    public static final int MAX_EDITS = 100;

    /** The most bytes, in UTF-8, of the character of a reaction. */
    public static final int MAX_EMOJI_BYTES = 32;
    /** The most different characters in the reactions to one message. */
    public static final int MAX_REACTION_KINDS = 20;
    /** The most users whom a page of history names for each of them. */
    public static final int MAX_REACTING_USERS = 20;

    /** The most users one message may mention. */
    public static final int MAX_MENTIONS = 16;
    /** The most users who moderate a room beside its owner. */
    public static final int MAX_MODERATORS = 50;
    /** The most characters (code points) of a room's topic. */
    public static final int MAX_TOPIC_CHARS = 200;

    /** The most user-visible characters (graphemes) of a room's title. */
    public static final int MAX_TITLE_GRAPHEMES = 60;
    /** The most characters (code points) of a room's title: a grapheme may have any number. */
    public static final int MAX_TITLE_CHARS = 300;

    /** The most rooms that a user stars. */
    public static final int MAX_STARS = 200;

    /** The most characters of a log's epoch. */
    public static final int MAX_EPOCH_CHARS = 64;
    /** The most characters of a token. */
    public static final int MAX_TOKEN_CHARS = 6_144;
    /** The most characters of a name as it is sent, before it is normalised. */
    public static final int MAX_RAW_NAME_CHARS = 2_048;

    private Limits() {}
}
