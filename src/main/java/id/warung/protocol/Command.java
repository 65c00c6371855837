package id.warung.protocol;

import java.util.List;
import java.util.Locale;

/** A command of a client. Created by {@link Codec#decode}, which has checked every field; {@code null} means "not given". */
public sealed interface Command
        permits Command.Hello, Command.Join, Command.Direct, Command.Durable, Leave, Pong, SignOut, Typing {
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

        R signOut(SignOut signOut) throws CommandRejectedException;

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

    /** Finds the direct conversation with a user, or starts it. */
    record Direct(String user, String id) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) throws CommandRejectedException {
            return visitor.direct(this);
        }
    }

    /** A command that goes to the log; all except {@link Read}, {@link RetryOnly} and {@link TakeName} become entries. */
    sealed interface Durable extends Command
            permits Post,
                    Edit,
                    Delete,
                    React,
                    Create,
                    Change,
                    Add,
                    Remove,
                    Appoint,
                    Read,
                    Star,
                    TakeName,
                    EndSignIns,
                    RetryOnly {
        @Override
        String room();

        /** The author's id for the command; if it becomes an entry, it is executed once under this id, however often it is sent. */
        @Override
        String id();

        /** The command as this user means it: some leave out what follows from their author. */
        default Durable by(String userId) {
            return this;
        }

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

            R react(React react);

            R create(Create create);

            R change(Change change);

            R add(Add add);

            R remove(Remove remove);

            R appoint(Appoint appoint);

            R read(Read read);

            R star(Star star);

            R takeName(TakeName takeName);

            R endSignIns(EndSignIns endSignIns);

            R retryOnly(RetryOnly again);
        }
    }

    /**
     * {@code replyTo} is the seq of another message; 0: none.
     *
     * @param callsAuthor whether the author of that message finds it in their inbox
     * @param calls whom it calls besides; null: nobody
     */
    record Post(
            String room, String id, String text, long replyTo, List<String> mentions, boolean callsAuthor, Calls calls)
            implements Durable {
        static final int MENTION_BYTES = 1024; // including an entry in an inbox

        public Post(String room, String id, String text, long replyTo, List<String> mentions) {
            this(room, id, text, replyTo, mentions, true, null);
        }

        public Post(String room, String id, String text) {
            this(room, id, text, 0, List.of());
        }

        @Override
        public String body() {
            return text;
        }

        /** What is as it always was is hashed as it always was. */
        @Override
        public String canonical() {
            return (callsAuthor ? "" : "call false\n")
                    + calling(calls)
                    + replyTo
                    + " "
                    + String.join(" ", mentions)
                    + "\n"
                    + text;
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
            return (mentions.size() + (replyTo > 0 && callsAuthor ? 1 : 0)) * MENTION_BYTES;
        }

        @Override
        public <R> R accept(DurableVisitor<R> visitor) {
            return visitor.post(this);
        }

        private static String calling(Calls calls) {
            return calls == null ? "" : "calls " + calls.wire() + "\n";
        }
    }

    /** {@code calls}: whom the new text calls besides those whom it mentions; null: nobody. */
    record Edit(String room, String id, long seq, String text, List<String> mentions, Calls calls) implements Durable {
        public Edit(String room, String id, long seq, String text, List<String> mentions) {
            this(room, id, seq, text, mentions, null);
        }

        public Edit(String room, String id, long seq, String text) {
            this(room, id, seq, text, List.of());
        }

        @Override
        public String body() {
            return "edited " + seq + " " + text;
        }

        @Override
        public String canonical() {
            String mentioning = mentions.isEmpty() ? "" : "mentions " + String.join(" ", mentions) + "\n";
            return Post.calling(calls) + mentioning + body();
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

    /** {@code room} is null before {@link #by} if the server is to name it; {@code title} is empty when there is none. */
    record Create(String room, String id, Access access, String topic, String title) implements Durable {
        public Create(String room, String id, Access access, String topic) {
            this(room, id, access, topic, "");
        }

        @Override
        public Create by(String userId) {
            return room == null ? new Create(RoomName.madeFor(userId, id), id, access, topic, title) : this;
        }

        @Override
        public String body() {
            return "created " + access.wire() + " " + topic;
        }

        @Override
        public String canonical() {
            return title.isEmpty() ? body() : "title " + title + "\n" + body();
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

    /** Exactly one of topic, archived, title and calls is given. */
    record Change(String room, String id, String topic, Boolean archived, String title, CallPolicy calls)
            implements Durable {
        public Change(String room, String id, String topic, Boolean archived) {
            this(room, id, topic, archived, null, null);
        }

        @Override
        public String body() {
            Object archive = archived;
            Object about = title != null ? title : calls != null ? calls.wire() : archive;
            return "changed " + (topic == null ? about : topic);
        }

        @Override
        public String canonical() {
            return title != null ? "title\n" + body() : calls != null ? "calls\n" + body() : body();
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
}
