package id.warung.session;

import id.warung.protocol.JsonArray;
import id.warung.room.Frame;
import java.util.ArrayDeque;

/** What waits to be said to one session alone: bounded, and taken as one joined frame. Thread-safe. */
final class Replies {
    static final int MAX_REPLIES = 256;
    static final int MAX_BYTES = 96 * 1024; // more than so many of the longest

    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(2);
    private int bytes;

    /** Takes an encoded event, or returns false when there are too many. */
    synchronized boolean add(byte[] event) {
        if (waiting.size() == MAX_REPLIES || bytes + event.length > MAX_BYTES) {
            return false;
        }
        waiting.add(event);
        bytes += event.length;
        return true;
    }

    /** Room for more replies. */
    synchronized int room() {
        return MAX_REPLIES - waiting.size();
    }

    /** All that waits, in order; null when nothing does. */
    synchronized Frame take() {
        if (waiting.isEmpty()) {
            return null;
        }
        Frame all = Frame.ofReplies(JsonArray.of(waiting));
        waiting.clear();
        bytes = 0;
        return all;
    }
}
