package id.warung.protocol;

/** A user: the id never changes, the name is what others see. */
public record User(String id, String name) {}
