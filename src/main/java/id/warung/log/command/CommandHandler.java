package id.warung.log.command;

import id.warung.log.Draft;
import id.warung.log.Outcome;
import id.warung.protocol.Command;
import id.warung.protocol.Fields;
import id.warung.protocol.Refused;

/**
 * What one command does to the log. Stateless. What needs to be known of its room and its request, and of its author, need not be said.
 *
 * @param <C> the command
 */
interface CommandHandler<C extends Command.Lasting> {
    /** Reads what a client has said. */
    C read(Fields fields) throws Refused;

    /** Says what has to be known to decide the command. */
    default void needs(C command, Draft draft, Needs needs) {
        // its room is enough
    }

    /** Says what has to be known besides, as follows from what is known now. */
    default void needsThen(C command, Draft draft, Facts facts, Needs needs) {
        // nothing
    }

    /**
     * Whether what it writes begins with its own entry, and nothing but that tells a command that was done before: then the storage may be left
     * to notice it.
     */
    default boolean beginsWithItsEntry() {
        return false;
    }

    /** Whether it may take entries away whose requests stay met. */
    default boolean erases() {
        return false;
    }

    /**
     * Decides, and writes.
     *
     * @throws Refused when it may not be done; before anything is written
     */
    Outcome decide(C command, Decision decision) throws Refused;
}
