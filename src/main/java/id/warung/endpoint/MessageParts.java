package id.warung.endpoint;

import id.warung.session.InputBudget;

/**
 * Puts a text message together from what the container hands over, with a limit of our own: containers differ in
 * what they enforce, and one enforces nothing. What is long and not finished is taken from the budget of all input. Thread-safe, for some
 * containers tell the end while a part is handed over.
 */
final class MessageParts {
    enum Result {
        PARTIAL,
        COMPLETE,
        TOO_BIG,
        /** More is held of such messages already than there is room for. */
        TOO_MUCH,
        CLOSED
    }

    /** So much of an unfinished message is held for everybody, in characters. */
    private static final int FREE_CHARS = 2048;

    private final InputBudget.Share input;
    private final StringBuilder text = new StringBuilder(0);
    private int heldBytes; // taken from the budget
    private String whole;
    private int bytes;
    private boolean closed;

    MessageParts(InputBudget.Share input) {
        this.input = input;
    }

    /** Adds a part to a message, which may have so many bytes in all, as UTF-8. */
    synchronized Result add(String part, boolean last, int maxBytes) {
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
        if (!last && !holds(part.length())) {
            close();
            return Result.TOO_MUCH;
        }
        text.append(part);
        if (!last) {
            return Result.PARTIAL;
        }
        whole = text.toString();
        return Result.COMPLETE;
    }

    private boolean holds(int moreChars) {
        if (text.length() + moreChars <= FREE_CHARS) {
            return true;
        }
        int moreBytes = 2 * (text.length() + moreChars) - heldBytes;
        if (!input.take(moreBytes)) {
            return false;
        }
        heldBytes += moreBytes;
        return true;
    }

    private void giveBack() {
        if (heldBytes > 0) {
            input.giveBack(heldBytes);
            heldBytes = 0;
        }
    }

    /** The message that is complete; begins the next. */
    synchronized String take() {
        String taken = whole;
        whole = null;
        text.setLength(0);
        if (text.capacity() > 256) {
            text.trimToSize(); // an idle connection holds no buffer
        }
        bytes = 0;
        giveBack();
        return taken;
    }

    /** Whatever comes now is ignored. */
    synchronized void close() {
        closed = true;
        giveBack();
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
