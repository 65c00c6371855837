package id.warung.log;

import id.warung.protocol.ErrorCode;
import java.util.List;

/** What became of a draft. */
public sealed interface Outcome {
    /** It is in the log, for good. What was written: first the draft's own entry, then what followed from it, also in other rooms. */
    record Committed(List<Written> written) implements Outcome {
        public long seq() {
            return written.get(0).entry().seq();
        }
    }

    /**
     * A part of it was done, and committed, or nothing, because something that its author said before is unfinished; the draft is to be tried
     * again for the rest. What was written: all in the place of something else.
     */
    record Unfinished(List<Written> written) implements Outcome {}

    /** It was there already, under the same id. {@code state} is how the room is now: readers may not have heard of what was there. */
    record Duplicate(long seq, RoomState state) implements Outcome {}

    /** The author used its id for something else. */
    record Conflict() implements Outcome {}

    /** It may not be done. {@code message} is a sentence for the author. */
    record Denied(ErrorCode code, String message) implements Outcome {}

    /** How far somebody has read: up to this entry, and so many messages. */
    record Noted(long seq, long n) implements Outcome {}

    /** It could not be written. The same draft may be tried again. */
    record Failed() implements Outcome {}
}
