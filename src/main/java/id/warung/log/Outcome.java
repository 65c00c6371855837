package id.warung.log;

import id.warung.protocol.ErrorCode;
import java.util.List;

/** What became of a draft. */
public sealed interface Outcome {
    /** Takes it apart. */
    <R> R accept(Visitor<R> visitor);

    /** Something for each kind of outcome that a draft has in the end. */
    interface Visitor<R> {
        R committed(Committed committed);

        R duplicate(Duplicate duplicate);

        R conflict();

        R denied(Denied denied);

        R noted(Noted noted);

        R failed();

        /** Not of a draft that is settled. */
        default R unfinished(Unfinished unfinished) {
            throw new IllegalStateException("A draft must not be settled with an unfinished outcome");
        }
    }

    /** It is in the log, for good. What was written: first the draft's own entry, then what followed from it, also in other rooms. */
    record Committed(List<Written> written) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.committed(this);
        }

        public long seq() {
            return written.get(0).entry().seq();
        }
    }

    /**
     * A part of it was done, and committed, or nothing, because something that its author said before is unfinished; the draft is to be tried
     * again for the rest. What was written: all in the place of something else.
     */
    record Unfinished(List<Written> written) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unfinished(this);
        }
    }

    /** It was there already, under the same id. {@code state} is how the room is now: readers may not have heard of what was there. */
    record Duplicate(long seq, RoomState state) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.duplicate(this);
        }
    }

    /** The author used its id for something else. */
    record Conflict() implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.conflict();
        }
    }

    /** It may not be done. {@code message} is a sentence for the author. */
    record Denied(ErrorCode code, String message) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.denied(this);
        }
    }

    /** How far somebody has read: up to this entry, and so many messages. */
    record Noted(long seq, long n) implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.noted(this);
        }
    }

    /** It could not be written. The same draft may be tried again. */
    record Failed() implements Outcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.failed();
        }
    }
}
