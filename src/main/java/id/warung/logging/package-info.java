/** What a line in the server's log says besides its sentence. Not the log of a room, which is {@code id.warung.log}. Knows the JDK only. */
package id.warung.logging;
