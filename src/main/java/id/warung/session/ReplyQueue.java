package id.warung.session;

import id.warung.protocol.JsonArray;
import id.warung.room.Frame;
import java.util.ArrayDeque;

/** The queue of replies to one session: bounded, and taken as one joined frame. Thread-safe. */
final class ReplyQueue {
    static final int MAX_REPLIES = 256;
    static final int MAX_BYTES = 128 * 1024; // more than this many of the longest error

    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(2);
    private int bytes;

    /** Adds an encoded event, or returns false when the queue is full. */
    synchronized boolean add(byte[] event) {
        if (waiting.size() == MAX_REPLIES || bytes + event.length > MAX_BYTES) {
            return false;
        }
        waiting.add(event);
        bytes += event.length;
        return true;
    }

    /** How many more replies fit. */
    synchronized int room() {
        return MAX_REPLIES - waiting.size();
    }

    /** Takes all waiting replies, in order; null when there are none. */
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
