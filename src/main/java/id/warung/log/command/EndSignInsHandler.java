package id.warung.log.command;

import id.warung.log.AppendResult;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EndSignIns;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;

/** Stores that tokens of the author are no longer good. */
final class EndSignInsHandler implements CommandHandler<EndSignIns> {
    /** Clients cannot send it. */
    @Override
    public EndSignIns read(Fields fields) throws CommandRejectedException {
        throw new CommandRejectedException(ErrorCode.UNKNOWN_COMMAND, "There is no such command.");
    }

    @Override
    public AppendResult decide(EndSignIns command, Decision decision) {
        decision.endSignIns(command);
        return new AppendResult.ReadMarked(0, 0);
    }
}
