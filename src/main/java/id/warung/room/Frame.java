package id.warung.room;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The data of one send: made once, shared by all who read the same entries. Immutable; each form is made when first requested. */
public final class Frame {
    private final long last;
    private volatile byte[] utf8;
    private volatile String text;

    private Frame(long last, byte[] utf8, String text) {
        this.last = last;
        this.utf8 = utf8;
        this.text = text;
    }

    /** A frame of entries up to the seq {@code last}. */
    static Frame ofEntries(long last, byte[] utf8) {
        return new Frame(last, utf8, null);
    }

    static Frame ofPlainText(long last, String text) {
        return new Frame(last, null, text);
    }

    /** A frame of events that are not entries. */
    public static Frame ofReplies(byte[] utf8) {
        return new Frame(0, utf8, null);
    }

    public long last() {
        return last;
    }

    public String text() {
        String made = text;
        if (made == null) {
            made = new String(utf8, StandardCharsets.UTF_8);
            text = made;
        }
        return made;
    }

    /** The caller's own view of the shared bytes, which must not be modified. It has an array, because some servers send only that. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(utf8());
    }

    public int sizeBytes() {
        return utf8().length;
    }

    private byte[] utf8() {
        byte[] made = utf8;
        if (made == null) {
            made = text.getBytes(StandardCharsets.UTF_8);
            utf8 = made;
        }
        return made;
    }
}
