package id.warung.log;

import id.warung.protocol.Command;
import id.warung.protocol.User;
import java.util.List;

/**
 * What somebody wants the log to be told.
 *
 * @param principal its author, with what they may do
 * @param known users whom the command names and the log may not know yet
 */
public record Draft(Command.Lasting command, Principal principal, List<User> known, Receipt receipt) {
    /** How the author's session and the room hear what became of the draft. Called on the committer's thread; must not block or throw. */
    public interface Receipt {
        /** It was settled. Drafts are settled in the order of their seq. */
        void settled(Outcome outcome);

        /** All of the group have been settled, and the readers told. */
        void groupSettled();
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

    /** Roughly what it takes in memory while it waits. */
    public int weightBytes() {
        return 2 * command.body().length() + 256;
    }
}
