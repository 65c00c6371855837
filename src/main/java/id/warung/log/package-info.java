/**
 * The meaning of a log, independent of its storage: {@link id.warung.log.MessageLog} stores the entries of each room,
 * in order, {@link id.warung.log.Committer} writes them in groups, {@link id.warung.log.Permissions} decides who may do
 * what. Each {@link id.warung.log.Storage} has a package of its own, which this package does not know. Knows
 * {@code log.command}, the protocol and the pump; knows no room in memory, no session, no container.
 */
package id.warung.log;
