package id.warung.protocol;

import java.util.Locale;

/** Why a command was rejected. A rejected command never ends the session. */
public enum ErrorCode {
    BAD_JSON,
    UNKNOWN_COMMAND,
    BAD_COMMAND,
    BAD_ROOM,
    BAD_ID,
    BAD_NAME,
    BAD_TEXT,
    TEXT_TOO_LONG,
    BAD_TOKEN,
    NOT_SIGNED_IN,
    ALREADY_SIGNED_IN,
    NOT_JOINED,
    NOT_A_MEMBER,
    NO_SUCH_ROOM,
    NO_SUCH_MESSAGE,
    NO_SUCH_USER,
    NO_SUCH_SESSION,
    ROOM_EXISTS,
    ARCHIVED,
    FORBIDDEN,
    TOO_MANY_ROOMS,
    TOO_MANY_EDITS,
    TOO_MANY_STARS,
    TOO_MANY_REACTIONS,
    ID_CONFLICT,
    RATE_LIMITED,
    SLOW_MODE,
    MUTED,
    BANNED,
    READ_ONLY,
    BUSY,
    UNAVAILABLE,
    INTERNAL;

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The code on the wire, as in docs/protocol.md, such as {@code bad-json}. */
    public String wire() {
        return wire;
    }
}
