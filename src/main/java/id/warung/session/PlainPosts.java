package id.warung.session;

import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Syntax;

/** Reads what plain clients send: each frame is the text of a message. Static. */
final class PlainPosts {
    private PlainPosts() {}

    /** The message in a frame; null when the frame is empty. */
    static Command read(String frame, String room, int maxTextChars) throws CommandRejectedException {
        if (frame.isEmpty()) {
            return null;
        }
        if (Syntax.isTooLong(frame, maxTextChars)) {
            throw new CommandRejectedException(ErrorCode.TEXT_TOO_LONG, "The text is too long.");
        }
        String text = Syntax.withoutLoneSurrogates(frame.replace('\0', '\uFFFD'));
        return new Command.Post(room, null, text);
    }
}
