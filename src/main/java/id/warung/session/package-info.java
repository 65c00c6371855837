/**
 * Connected clients: {@link id.warung.session.ChatSession} executes a client's commands,
 * {@link id.warung.session.Sender} is the only way to send to it, {@link id.warung.session.SessionRegistry} holds all
 * sessions. Knows rooms and identity; of the container it knows only {@link id.warung.session.Transport}.
 */
package id.warung.session;
