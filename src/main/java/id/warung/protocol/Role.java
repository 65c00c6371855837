package id.warung.protocol;

import java.util.Locale;

/** What a user is on the whole server. A guest is nothing else; an administrator is a moderator, and a moderator is a member. */
public enum Role {
    GUEST,
    MEMBER,
    MODERATOR,
    ADMINISTRATOR;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name on the wire and in settings. */
    public String wire() {
        return wire;
    }
}
