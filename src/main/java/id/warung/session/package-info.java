/**
 * One connected client: {@link id.warung.session.ChatSession} does what it says, {@link id.warung.session.Sender} is the one way to it,
 * {@link id.warung.session.SessionRegistry} holds all of them. Knows rooms and who people are; knows of the container only
 * {@link id.warung.session.Transport}.
 */
package id.warung.session;
