package id.warung.log.command;

/**
 * The place of an entry that edits another. Immutable.
 *
 * @param bytes of its JSON
 */
public record EditAt(long seq, int bytes) {}
