package id.warung.log.command;

import id.warung.log.AppendResult;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;
import id.warung.protocol.RetryOnly;

/** Handles a command that is not executed any more: it was executed before, or is rejected. */
final class RetryOnlyHandler implements CommandHandler<RetryOnly> {
    /** Clients cannot send it. */
    @Override
    public RetryOnly read(Fields fields) throws CommandRejectedException {
        throw new CommandRejectedException(ErrorCode.UNKNOWN_COMMAND, "There is no such command.");
    }

    @Override
    public AppendResult decide(RetryOnly command, Decision decision) throws CommandRejectedException {
        throw command.otherwise();
    }
}
