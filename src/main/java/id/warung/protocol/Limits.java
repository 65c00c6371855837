package id.warung.protocol;

/** Limits that are part of the protocol; configurable limits are in the settings. */
public final class Limits {
    /** Entries sent after a join that gives no number. */
    public static final int DEFAULT_LAST = 50;
    /** The most entries a join may ask for. */
    public static final int MAX_LAST = 200;
    /** The most bytes of a frame before the client has signed in. */
    public static final int MAX_HELLO_BYTES = 4096;

    /** The most edits of one message. */
    public static final int MAX_EDITS = 100;

    /** The most users one message may mention. */
    public static final int MAX_MENTIONS = 16;
    /** The most characters (code points) of a room's topic. */
    public static final int MAX_TOPIC_CHARS = 200;

    /** The most characters of a log's epoch. */
    public static final int MAX_EPOCH_CHARS = 64;
    /** The most characters of a guest's token. */
    public static final int MAX_TOKEN_CHARS = 4_096;
    /** The most characters of a name as it is sent, before it is normalised. */
    public static final int MAX_RAW_NAME_CHARS = 2_048;

    private Limits() {}
}
