package id.warung.protocol;

/** All codes with which the server closes a WebSocket. After 4000–4499 the client reconnects by itself; after 4500–4999 it does not. */
public enum CloseCode {
    NORMAL(1000, ""),
    GOING_AWAY(1001, "The server is restarting."),
    BINARY_FRAME(1003, "The server takes text frames only."),
    NOT_ALLOWED(1008, "This room is for its members."),
    ROOM_ARCHIVED(1008, "This room is archived: you can read but not post."),
    NO_SUCH_ROOM(1008, "There is no such room."),
    FORBIDDEN(1008, "This room does not allow it."),
    NO_GUESTS(1008, "This server has no guests."),
    HANDSHAKE_REFUSED(1008, "This connection is not allowed here."),
    TOO_BIG(1009, "The message is too large."),
    TRY_AGAIN_LATER(1013, "The server is busy. Try again in a moment."),
    STORAGE_AWAY(1013, "The server cannot reach its storage. Try again in a moment."),
    TOO_FAST(1013, "Too much in too short a time. Try again in a moment."),
    CROWDED_ADDRESS(1013, "Too many connections come from this address."),
    RESTARTING(4000, "The server is restarting."),
    HEARTBEAT_LOST(4001, "The connection went quiet."),
    TOO_SLOW(4002, "The connection could not keep up."),
    HELLO_TIMEOUT(4003, "The client did not say who it is in time."),
    INTERNAL(4004, "Something went wrong on the server."),
    TOO_MANY_CONNECTIONS(4005, "Too many connections come from this address."),
    NO_DATABASE(4006, "The server cannot reach its database."),
    SIGNED_OUT(4500, "You have signed out."),
    TOKEN_EXPIRED(4501, "Your sign-in has ended. Sign in again."),
    REVOKED(4502, "This sign-in was ended from another place."),
    BANNED(4503, "You are banned."),
    KICKED(4504, "A moderator has ended this connection."),
    REPLACED(4505, "You have too many connections: this was the oldest one.");

    private final int number;
    private final String reason;

    CloseCode(int number, String reason) {
        this.number = number;
        this.reason = reason;
    }

    public int number() {
        return number;
    }

    /** A sentence for the user, short enough for a close frame. */
    public String reason() {
        return reason;
    }

    /** What plain clients get instead: a code that every library knows. */
    public CloseCode plain() {
        return switch (this) {
            case RESTARTING -> GOING_AWAY;
            case TOO_MANY_CONNECTIONS -> CROWDED_ADDRESS;
            case NO_DATABASE -> STORAGE_AWAY;
            default -> this;
        };
    }
}
