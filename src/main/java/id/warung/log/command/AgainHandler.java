package id.warung.log.command;

import id.warung.log.Outcome;
import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;
import id.warung.protocol.Refused;

/** Handles a command from outside its room: it was executed before, or is rejected. */
final class AgainHandler implements CommandHandler<Command.Again> {
    /** Clients cannot send it. */
    @Override
    public Command.Again read(Fields fields) throws Refused {
        throw new Refused(ErrorCode.UNKNOWN_COMMAND, "There is no such command.");
    }

    @Override
    public Outcome decide(Command.Again command, Decision decision) throws Refused {
        throw new Refused(ErrorCode.NOT_JOINED, "Join the room first.");
    }
}
