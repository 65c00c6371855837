package id.warung.log.command;

import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.EntryCodec.Heading;
import id.warung.protocol.React;
import id.warung.protocol.Star;
import id.warung.protocol.User;
import java.util.Map;

/** The entries that handlers write, for tests that compare them byte for byte. */
public final class HandlersEntries {
    private HandlersEntries() {}

    public static byte[] edited(Heading heading, Command.Edit edit) {
        return new EntryCodec().edited(heading, edit, Map.of());
    }

    public static byte[] deleted(Heading heading, Command.Delete delete) {
        return DeleteHandler.encoded(heading, delete);
    }

    public static byte[] reacted(Heading heading, React react) {
        return ReactHandler.encoded(heading, react);
    }

    public static byte[] reaction(Heading heading, React react) {
        return ReactHandler.reaction(heading, react);
    }

    public static byte[] created(Heading heading, Command.Create create) {
        return CreateHandler.encoded(heading, create);
    }

    public static byte[] changed(Heading heading, Command.Change change) {
        return ChangeHandler.encoded(heading, change);
    }

    public static byte[] added(Heading heading, User user) {
        return AddHandler.encoded(heading, user);
    }

    public static byte[] removed(Heading heading, User user) {
        return RemoveHandler.encoded(heading, user);
    }

    public static byte[] appointed(Heading heading, User user) {
        return AppointHandler.appointed(heading, user);
    }

    public static byte[] dismissed(Heading heading, User user) {
        return AppointHandler.dismissed(heading, user);
    }

    public static byte[] invited(Heading heading, String room) {
        return AddHandler.invited(heading, room);
    }

    public static byte[] revoked(Heading heading, String room) {
        return RemoveHandler.revoked(heading, room);
    }

    public static byte[] replied(Heading heading, String room, long seq, long to) {
        return CallRules.replied(heading, room, seq, to);
    }

    public static byte[] starred(Heading heading, Star star) {
        return StarHandler.encoded(heading, star);
    }

    public static byte[] mentioned(Heading heading, String room, long seq) {
        return PostHandler.mentioned(heading, room, seq);
    }
}
