/**
 * The handlers of durable commands: each defines what one command does to the log. A handler declares the facts that it needs and then
 * decides from them: it never reads. So it is the same for every storage, even one that is queried over a network once
 * for a whole group. {@link id.warung.log.command.Decider} runs a group through its handlers.
 */
package id.warung.log.command;
