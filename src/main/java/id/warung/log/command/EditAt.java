package id.warung.log.command;

/**
 * Where an entry stands that edits another. Immutable.
 *
 * @param bytes of its JSON
 */
public record EditAt(long seq, int bytes) {}
