package id.warung.log.command;

import id.warung.log.AppendResult;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;
import id.warung.protocol.RetryFromOutside;

/** Handles a command from outside its room: it was executed before, or is rejected. */
final class RetryFromOutsideHandler implements CommandHandler<RetryFromOutside> {
    /** Clients cannot send it. */
    @Override
    public RetryFromOutside read(Fields fields) throws CommandRejectedException {
        throw new CommandRejectedException(ErrorCode.UNKNOWN_COMMAND, "There is no such command.");
    }

    @Override
    public AppendResult decide(RetryFromOutside command, Decision decision) throws CommandRejectedException {
        throw new CommandRejectedException(ErrorCode.NOT_JOINED, "Join the room first.");
    }
}
