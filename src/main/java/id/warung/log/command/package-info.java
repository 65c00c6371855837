/**
 * What each lasting command does to the log, one handler each. A handler says what has to be known, and then decides from that: it
 * never reads. So it is the same for every storage, also for one that is asked over a network once for a whole group.
 * {@link id.warung.log.command.Decider} leads a group through its handlers.
 */
package id.warung.log.command;
