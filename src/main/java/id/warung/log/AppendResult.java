package id.warung.log;

import id.warung.protocol.ErrorCode;
import java.util.List;

/** The result of an append request. */
public sealed interface AppendResult {
    /** Calls the visitor's method for this kind of result. */
    <R> R accept(Visitor<R> visitor);

    /** Handles each kind of final result. */
    interface Visitor<R> {
        R committed(Committed committed);

        R duplicate(Duplicate duplicate);

        R conflict();

        R denied(Denied denied);

        R readMarked(ReadMarked readMarked);

        R failed();

        /** Not called for a settled request. */
        default R unfinished(Unfinished unfinished) {
            throw new IllegalStateException("An append request cannot end as unfinished");
        }

        /** Not called for a settled request. */
        default R locked() {
            throw new IllegalStateException("An append request cannot end as locked");
        }
    }

    /**
     * It is committed, permanently. {@code written} has the request's own entry first, then those that followed from it, also in other
     * rooms.
     */
    record Committed(List<CommittedEntry> written) implements AppendResult {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.committed(this);
        }

        public long seq() {
            return written.get(0).entry().seq();
        }
    }

    /**
     * It was executed and committed only in part, or not at all because an earlier request of its author is unfinished;
     * it is to be tried again for the rest. {@code written} only has entries that replace others.
     */
    record Unfinished(List<CommittedEntry> written) implements AppendResult {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unfinished(this);
        }
    }

    /** It was already executed under the same id. {@code state} is the room's state now: readers may not know of that entry yet. */
    record Duplicate(long seq, RoomState state) implements AppendResult {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.duplicate(this);
        }
    }

    /** The author has used its id for another command. */
    record Conflict() implements AppendResult {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.conflict();
        }
    }

    /** It is not allowed. {@code message} is a sentence for the author; {@code retryAfterMs} says when it is allowed again, 0: never. */
    record Denied(ErrorCode code, String message, long retryAfterMs) implements AppendResult {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.denied(this);
        }
    }

    /**
     * A read mark: the user has read up to this entry, which is this many messages.
     *
     * @param back whether they have said last that what is beyond is unread again
     */
    record ReadMarked(long seq, long n, boolean back) implements AppendResult {
        public ReadMarked(long seq, long n) {
            this(seq, n, false);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.readMarked(this);
        }
    }

    /** Nothing of it was written, because somebody else has locked its room: another node, or somebody at the database. */
    record Locked() implements AppendResult {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.locked();
        }
    }

    /** It could not be written. The same request may be tried again. */
    record Failed() implements AppendResult {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.failed();
        }
    }
}
