package id.warung.log;

import id.warung.logging.LogContext;
import id.warung.protocol.Command;
import id.warung.protocol.User;
import java.util.List;

/**
 * An append request: a command for the log, with its author.
 *
 * @param principal the author, with their roles
 * @param known users whom the command names and whom the log may not know yet
 * @param source whose turn it takes to be written: authors of one source share turns. Null: the author is a source of its own
 * @param session the short id of the author's session, for the log; null when there is none
 */
public record AppendRequest(
        Command.Durable command,
        Principal principal,
        List<User> known,
        String source,
        String session,
        AppendCallback callback) {

    /** A request without a session, whose author is a source of its own. */
    public AppendRequest(Command.Durable command, Principal principal, List<User> known, AppendCallback callback) {
        this(command, principal, known, null, null, callback);
    }

    /** The same request with another callback. */
    public AppendRequest with(AppendCallback other) {
        return new AppendRequest(command, principal, known, source, session, other);
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

    /** The context of this request for the log. */
    public LogContext context() {
        return new LogContext(session, author().id(), room(), command.type());
    }

    /** Roughly how long it takes to write, in bytes of text that take as long. */
    int costBytes() {
        return 2 * command.body().length() + 256 + command.extraCostBytes();
    }
}
