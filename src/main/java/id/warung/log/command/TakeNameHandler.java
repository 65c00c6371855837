package id.warung.log.command;

import id.warung.log.Outcome;
import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;
import id.warung.protocol.Refused;

/** Stores the author's new name. */
final class TakeNameHandler implements CommandHandler<Command.TakeName> {
    /** Clients cannot send it. */
    @Override
    public Command.TakeName read(Fields fields) throws Refused {
        throw new Refused(ErrorCode.UNKNOWN_COMMAND, "There is no such command.");
    }

    @Override
    public Outcome decide(Command.TakeName command, Decision decision) {
        decision.remember(decision.author());
        return new Outcome.Noted(0, 0);
    }
}
