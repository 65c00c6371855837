package id.warung.protocol;

/** Somebody who talks: the id is for ever, the name is what others see. */
public record User(String id, String name) {}
