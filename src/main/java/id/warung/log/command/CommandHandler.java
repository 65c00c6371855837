package id.warung.log.command;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.Fields;

/**
 * Decides what one command does to the log. Stateless. The facts about its room, its request and its author are always known and need not
 * be declared.
 *
 * @param <C> the command
 */
interface CommandHandler<C extends Command.Durable> {
    /** Reads the command of a client. */
    C read(Fields fields) throws CommandRejectedException;

    /** Declares the facts that the decision needs. */
    default void needs(C command, AppendRequest request, Needs needs) {
        // the room is enough
    }

    /** Declares further facts that follow from those known now. */
    default void needsAfterwards(C command, AppendRequest request, Facts facts, Needs needs) {
        // none
    }

    /**
     * Whether its first write is its own entry, and only that entry shows that the command was executed before: then
     * the storage may detect the repetition.
     */
    default boolean beginsWithItsEntry() {
        return false;
    }

    /** Whether it may erase entries whose requests stay executed. */
    default boolean erases() {
        return false;
    }

    /**
     * Decides and writes.
     *
     * @throws CommandRejectedException when it is not allowed; before anything is written
     */
    AppendResult decide(C command, Decision decision) throws CommandRejectedException;
}
