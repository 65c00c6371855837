package id.warung.protocol;

import java.util.List;

/**
 * Makes a user a moderator of the room, or ends that.
 *
 * @param moderator whether the user moderates the room from then on
 */
public record Appoint(String room, String id, String user, boolean moderator) implements Command.Durable {
    @Override
    public String type() {
        return moderator ? "appoint" : "dismiss";
    }

    @Override
    public String body() {
        return (moderator ? "appointed " : "dismissed ") + user;
    }

    @Override
    public List<String> users() {
        return List.of(user);
    }

    @Override
    public <R> R accept(DurableVisitor<R> visitor) {
        return visitor.appoint(this);
    }
}
