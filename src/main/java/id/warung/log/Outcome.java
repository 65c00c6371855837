package id.warung.log;

/** What became of a draft. */
public sealed interface Outcome {
    /** It is in the log, for good. */
    record Committed(Entry entry) implements Outcome {}

    /** It was there already, under the same id. */
    record Duplicate(long seq) implements Outcome {}

    /** The author used its id for another text. */
    record Conflict() implements Outcome {}

    /** It could not be written. The same draft may be tried again. */
    record Failed() implements Outcome {}
}
