package id.warung.endpoint;

import id.warung.session.InputBudget;

/**
 * Joins the parts of a text message from the container, with a limit of our own: containers differ in what they
 * enforce, and one enforces nothing. A long unfinished message counts against the budget of all input. Thread-safe,
 * because some containers report the end while a part is being handled.
 */
final class MessageParts {
    enum Result {
        PARTIAL,
        COMPLETE,
        TOO_BIG,
        /** The budget has no room for this unfinished message. */
        TOO_MUCH,
        CLOSED
    }

    /** The part of an unfinished message that does not count, in characters. */
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

    /** Adds a part to a message, which may have at most {@code maxBytes} in all, as UTF-8. */
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

    /** Takes the complete message and starts the next. */
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

    /** Ignores everything that follows. */
    synchronized void close() {
        closed = true;
        giveBack();
        text.setLength(0);
        text.trimToSize();
    }

    /** A surrogate counts two bytes, so that a pair split between parts is counted right. */
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
