/**
 * What happened in each room, in order: {@link id.warung.log.MessageLog} keeps it, {@link id.warung.log.Committer} writes it in
 * groups. Knows the protocol and the pump; knows no room in memory, no session, no container.
 */
package id.warung.log;
