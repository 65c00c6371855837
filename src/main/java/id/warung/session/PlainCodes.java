package id.warung.session;

import id.warung.protocol.CloseCode;
import id.warung.protocol.ErrorCode;

/** The close codes for plain-text clients, which receive no errors: a failure closes their connection. Static, stateless. */
final class PlainCodes {
    private PlainCodes() {}

    static CloseCode of(ErrorCode code) {
        return switch (code) {
            case TEXT_TOO_LONG -> CloseCode.TOO_BIG;
            case NOT_A_MEMBER, NOT_JOINED -> CloseCode.NOT_ALLOWED;
            case ARCHIVED -> CloseCode.ROOM_ARCHIVED;
            case NO_SUCH_ROOM -> CloseCode.NO_SUCH_ROOM;
            case FORBIDDEN, READ_ONLY -> CloseCode.FORBIDDEN;
            case RATE_LIMITED -> CloseCode.TOO_FAST;
            case UNAVAILABLE -> CloseCode.STORAGE_AWAY;
            default -> CloseCode.TRY_AGAIN_LATER;
        };
    }
}
