package id.warung.log;

import id.warung.logging.LogContext;
import id.warung.protocol.Command;
import id.warung.protocol.User;
import java.util.List;

/**
 * What somebody wants the log to be told.
 *
 * @param principal its author, with what they may do
 * @param known users whom the command names and the log may not know yet
 * @param source whose turn it takes to be written: authors of one source share it. Null: the author is a source of its own
 * @param session the short id of the author's session, for the log; null when there is none
 */
public record Draft(
        Command.Lasting command,
        Principal principal,
        List<User> known,
        String source,
        String session,
        Receipt receipt) {
    /** How the author hears what became of the draft. */
    @FunctionalInterface
    public interface Receipt {
        /** Nothing is left to be done. */
        Runnable NOTHING = () -> {};

        /**
         * It was settled. Drafts are settled in the order of their seq. Called once, on the committer's thread; must not block or throw.
         *
         * @return what runs once all of the group have been settled and the readers told, on the same thread and by the same rules
         */
        Runnable settled(Outcome outcome);
    }

    /** One without a session, whose author is a source of its own. */
    public Draft(Command.Lasting command, Principal principal, List<User> known, Receipt receipt) {
        this(command, principal, known, null, null, receipt);
    }

    /** The same draft, whose outcome somebody else hears. */
    public Draft with(Receipt other) {
        return new Draft(command, principal, known, source, session, other);
    }

    public User author() {
        return principal.user();
    }

    public String room() {
        return command.room();
    }

    public String id() {
        return command.id();
    }

    /** What a line in the server's log says of it. */
    public LogContext context() {
        return new LogContext(session, author().id(), room(), command.type());
    }

    /** Roughly how long it takes to be written, as the bytes of text that take as long. */
    int costBytes() {
        return 2 * command.body().length() + 256 + command.besidesBytes();
    }
}
