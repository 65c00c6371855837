package id.warung.log.command;

import id.warung.log.Outcome;
import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;
import id.warung.protocol.Refused;

/** A command from outside its room, which was done before, or is not done. */
final class AgainHandler implements CommandHandler<Command.Again> {
    /** No client says it. */
    @Override
    public Command.Again read(Fields fields) throws Refused {
        throw new Refused(ErrorCode.UNKNOWN_COMMAND, "There is no such command.");
    }

    @Override
    public Outcome decide(Command.Again command, Decision decision) throws Refused {
        throw new Refused(ErrorCode.NOT_JOINED, "Join the room first.");
    }
}
