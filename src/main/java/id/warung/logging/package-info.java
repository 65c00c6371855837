/**
 * The context of a line in the server's log: session, user, room, command. Not a room's log, which is {@code id.warung.log}. Knows the
 * JDK only.
 */
package id.warung.logging;
