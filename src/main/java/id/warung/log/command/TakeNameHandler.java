package id.warung.log.command;

import id.warung.log.AppendResult;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Fields;
import id.warung.protocol.TakeName;

/** Stores the author's new name. */
final class TakeNameHandler implements CommandHandler<TakeName> {
    /** Clients cannot send it. */
    @Override
    public TakeName read(Fields fields) throws CommandRejectedException {
        throw new CommandRejectedException(ErrorCode.UNKNOWN_COMMAND, "There is no such command.");
    }

    @Override
    public AppendResult decide(TakeName command, Decision decision) {
        decision.upsertUser(decision.author());
        return new AppendResult.ReadMarked(0, 0);
    }
}
