package id.warung.endpoint;

/**
 * Puts a text message together from what the container hands over, with a limit of our own: containers differ in
 * what they enforce, and one enforces nothing. For one thread at a time.
 */
final class MessageParts {
    enum Result {
        PARTIAL,
        COMPLETE,
        TOO_BIG,
        CLOSED
    }

    private final StringBuilder text = new StringBuilder(0);
    private String whole;
    private int bytes;
    private boolean closed;

    /** Adds a part to a message, which may have so many bytes in all, as UTF-8. */
    Result add(String part, boolean last, int maxBytes) {
        if (closed) {
            return Result.CLOSED;
        }
        bytes += utf8Bytes(part);
        if (bytes > maxBytes) {
            close();
            return Result.TOO_BIG;
        }
        if (last && text.isEmpty()) {
            whole = part;
            return Result.COMPLETE;
        }
        text.append(part);
        if (!last) {
            return Result.PARTIAL;
        }
        whole = text.toString();
        return Result.COMPLETE;
    }

    /** The message that is complete; begins the next. */
    String take() {
        String taken = whole;
        whole = null;
        text.setLength(0);
        if (text.capacity() > 256) {
            text.trimToSize(); // an idle connection holds no buffer
        }
        bytes = 0;
        return taken;
    }

    /** Whatever comes now is ignored. */
    void close() {
        closed = true;
        text.setLength(0);
        text.trimToSize();
    }

    /** A surrogate counts two, so that a pair cut in half is counted right. */
    private static int utf8Bytes(String part) {
        int count = part.length();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c >= 0x800 && !Character.isSurrogate(c)) {
                count += 2;
            } else if (c >= 0x80) {
                count++;
            }
        }
        return count;
    }
}
