package id.warung.log;

/** A place in a room's log: the epoch names the log, seq the last entry one has. */
public record Position(String epoch, long seq) {}
