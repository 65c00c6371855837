package id.warung.log;

import id.warung.protocol.Command;
import id.warung.protocol.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An append request of a test, with what its author is told. */
public final class Posted implements AppendCallback {
    /** A listener for trimmed entries that does nothing. */
    public static final Trimmed NOBODY = (room, first) -> {};

    private final List<String> heard = new ArrayList<>();
    private final AppendRequest request;
    private AppendResult result;

    private Posted(User author, Command.Durable command, User... known) {
        this.request = new AppendRequest(command, anybody(author), List.of(known), this);
    }

    /** A user with the roles that everybody has where anybody may create rooms. */
    public static Principal anybody(User user) {
        return new Principal(user, Set.of(Principal.Right.POST, Principal.Right.CREATE_ROOMS));
    }

    /** Any command of this author; {@code known} users are online. */
    public static Posted of(String author, Command.Durable command, User... known) {
        return new Posted(user(author), command, known);
    }

    /** A message without an id, by Ana. */
    public static Posted saying(String room, String text) {
        return by("ana", room, null, text);
    }

    public static Posted by(String author, String room, String id, String text) {
        return of(author, new Command.Post(room, id, text));
    }

    /** A message that no log can write: its author has no name. */
    public static Posted unwritable(String room) {
        return new Posted(new User("u-nobody", null), new Command.Post(room, null, "of nobody"));
    }

    public static User user(String name) {
        return new User("u-" + name, name);
    }

    public AppendRequest request() {
        return request;
    }

    /** The result; null when it is not known yet. */
    public AppendResult result() {
        return result;
    }

    /** {@code settled}, and {@code told} when the readers have been notified, in order. */
    public List<String> heard() {
        return heard;
    }

    @Override
    public Runnable settled(AppendResult settled) {
        heard.add("settled");
        result = settled;
        return () -> heard.add("told");
    }
}
