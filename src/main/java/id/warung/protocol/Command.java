package id.warung.protocol;

import java.util.List;
import java.util.Locale;

/** A command of a client. Created by {@link Codec#decode}, which has checked every field; {@code null} means "not given". */
public sealed interface Command {
    /** Calls the visitor's method for this kind of command. */
    <R> R accept(Visitor<R> visitor) throws CommandRejectedException;

    /** The command's room; null when it has none. */
    default String room() {
        return null;
    }

    /** The author's id for the command, which its answer repeats; null when it is not given. */
    String id();

    /** The command's type on the wire. */
    default String type() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Handles each kind of command. */
    interface Visitor<R> {
        R hello(Hello hello) throws CommandRejectedException;

        R join(Join join) throws CommandRejectedException;

        R leave(Leave leave) throws CommandRejectedException;

        R typing(Typing typing) throws CommandRejectedException;

        R direct(Direct direct) throws CommandRejectedException;

        R pong(Pong pong) throws CommandRejectedException;

        R durable(Durable durable) throws CommandRejectedException;
    }

    /** Signs in with a token, a name, or both (which renames). */
    record Hello(String token, String name, String id) implements Command {
        public Hello(String token, String name) {
            this(token, name, null);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) throws CommandRejectedException {
            return visitor.hello(this);
        }
    }

    /** Joins a room: continues after a position if {@code epoch} is given, otherwise starts with the {@code last} entries. */
    record Join(String room, String epoch, long after, int last, String id) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) throws CommandRejectedException {
            return visitor.join(this);
        }
    }

    record Leave(String room, String id) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) throws CommandRejectedException {
            return visitor.leave(this);
        }
    }

    record Typing(String room, String id) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) throws CommandRejectedException {
            return visitor.typing(this);
        }
    }

    /** Finds the direct conversation with a user, or starts it. */
    record Direct(String user, String id) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) throws CommandRejectedException {
            return visitor.direct(this);
        }
    }

    record Pong(long n, String id) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) throws CommandRejectedException {
            return visitor.pong(this);
        }
    }

    /** A command that goes to the log; all except {@link Read}, {@link RetryFromOutside} and {@link TakeName} become entries. */
    sealed interface Durable extends Command
            permits Post, Edit, Delete, Create, Change, Add, Remove, Read, TakeName, RetryFromOutside {
        @Override
        String room();

        /** The author's id for the command; if it becomes an entry, it is executed once under this id, however often it is sent. */
        @Override
        String id();

        /** Whether the command becomes an entry, which is found again by the command's id. */
        default boolean becomesEntry() {
            return true;
        }

        /** The part of the command that its entry contains, as one text. */
        String body();

        /** Everything that the command asks for, as one text: two commands with the same id must ask for the same. */
        default String canonical() {
            return body();
        }

        /** Whether the author must have joined the room. */
        default boolean requiresJoin() {
            return false;
        }

        /** Whether the author's next commands may depend on the result of this one. */
        default boolean blocksNextCommands() {
            return false;
        }

        /** The ids of the users that the command names. */
        default List<String> users() {
            return List.of();
        }

        /** The cost of what is written in addition to the command's text, in bytes of text that take as long. */
        default int extraCostBytes() {
            return 0;
        }

        @Override
        default <R> R accept(Visitor<R> visitor) throws CommandRejectedException {
            return visitor.durable(this);
        }

        /** Calls the visitor's method for this kind of command. */
        <R> R accept(DurableVisitor<R> visitor);

        /** Handles each kind of durable command. */
        interface DurableVisitor<R> {
            R post(Post post);

            R edit(Edit edit);

            R delete(Delete delete);

            R create(Create create);

            R change(Change change);

            R add(Add add);

            R remove(Remove remove);

            R read(Read read);

            R takeName(TakeName takeName);

            R retryFromOutside(RetryFromOutside again);
        }
    }

    /** {@code replyTo} is the seq of another message; 0: none. */
    record Post(String room, String id, String text, long replyTo, List<String> mentions) implements Durable {
        static final int MENTION_BYTES = 1024; // including an entry in an inbox

        public Post(String room, String id, String text) {
            this(room, id, text, 0, List.of());
        }

        @Override
        public String body() {
            return text;
        }

        @Override
        public String canonical() {
            return replyTo + " " + String.join(" ", mentions) + "\n" + text;
        }

        @Override
        public boolean requiresJoin() {
            return true;
        }

        @Override
        public List<String> users() {
            return mentions;
        }

        @Override
        public int extraCostBytes() {
            return mentions.size() * MENTION_BYTES;
        }

        @Override
        public <R> R accept(DurableVisitor<R> visitor) {
            return visitor.post(this);
        }
    }

    record Edit(String room, String id, long seq, String text, List<String> mentions) implements Durable {
        public Edit(String room, String id, long seq, String text) {
            this(room, id, seq, text, List.of());
        }

        @Override
        public String body() {
            return "edited " + seq + " " + text;
        }

        @Override
        public String canonical() {
            return mentions.isEmpty() ? body() : "mentions " + String.join(" ", mentions) + "\n" + body();
        }

        @Override
        public boolean requiresJoin() {
            return true;
        }

        @Override
        public List<String> users() {
            return mentions;
        }

        @Override
        public int extraCostBytes() {
            return mentions.size() * Post.MENTION_BYTES;
        }

        @Override
        public <R> R accept(DurableVisitor<R> visitor) {
            return visitor.edit(this);
        }
    }

    record Delete(String room, String id, long seq) implements Durable {
        @Override
        public String body() {
            return "deleted " + seq;
        }

        @Override
        public boolean requiresJoin() {
            return true;
        }

        @Override
        public int extraCostBytes() {
            return 16 * 1024; // it may rewrite all edits of a message
        }

        @Override
        public <R> R accept(DurableVisitor<R> visitor) {
            return visitor.delete(this);
        }
    }

    record Create(String room, String id, Access access, String topic) implements Durable {
        @Override
        public String body() {
            return "created " + access.wire() + " " + topic;
        }

        @Override
        public boolean blocksNextCommands() {
            return true;
        }

        @Override
        public <R> R accept(DurableVisitor<R> visitor) {
            return visitor.create(this);
        }
    }

    /** Exactly one of topic and archived is given. */
    record Change(String room, String id, String topic, Boolean archived) implements Durable {
        @Override
        public String body() {
            return "changed " + (topic == null ? archived.toString() : topic);
        }

        @Override
        public <R> R accept(DurableVisitor<R> visitor) {
            return visitor.change(this);
        }
    }

    record Add(String room, String id, String user) implements Durable {
        @Override
        public String body() {
            return "added " + user;
        }

        @Override
        public List<String> users() {
            return List.of(user);
        }

        @Override
        public <R> R accept(DurableVisitor<R> visitor) {
            return visitor.add(this);
        }
    }

    record Remove(String room, String id, String user) implements Durable {
        @Override
        public String body() {
            return "removed " + user;
        }

        @Override
        public List<String> users() {
            return List.of(user);
        }

        @Override
        public <R> R accept(DurableVisitor<R> visitor) {
            return visitor.remove(this);
        }
    }

    /** Gives the author the name in this append request. Clients cannot send it: it follows from a {@link Hello}. */
    record TakeName(String room) implements Durable {
        @Override
        public String id() {
            return null;
        }

        @Override
        public boolean becomesEntry() {
            return false;
        }

        @Override
        public String body() {
            return "name";
        }

        @Override
        public <R> R accept(DurableVisitor<R> visitor) {
            return visitor.takeName(this);
        }
    }

    /** {@code seq} is the last entry that the user has read; 0 forgets that the user was ever in the room. */
    record Read(String room, String id, long seq) implements Durable {
        public Read(String room, long seq) {
            this(room, null, seq);
        }

        @Override
        public boolean becomesEntry() {
            return false;
        }

        @Override
        public String body() {
            return "read " + seq;
        }

        @Override
        public boolean requiresJoin() {
            return true;
        }

        @Override
        public <R> R accept(DurableVisitor<R> visitor) {
            return visitor.read(this);
        }
    }
}
