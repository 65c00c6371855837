/**
 * What a log means, whatever it is stored in: {@link id.warung.log.MessageLog} keeps what happened in each room, in order,
 * {@link id.warung.log.Committer} writes it in groups, {@link id.warung.log.Permissions} says who may do what. Each
 * {@link id.warung.log.Storage} has a package of its own, which nothing here knows. Knows {@code log.command}, the protocol and the pump;
 * knows no room in memory, no session, no container.
 */
package id.warung.log;
