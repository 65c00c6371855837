package id.warung.protocol;

import java.util.List;
import java.util.Locale;

/** What a client may say. Made by {@link Codec#decode}, which has checked every field; {@code null} is "not given". */
public sealed interface Command {
    /** The room that it is about; null when it is about none. */
    default String room() {
        return null;
    }

    /** What it is called on the wire. */
    default String type() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Say who you are: a token, a name, or both (which renames). */
    record Hello(String token, String name) implements Command {}

    /** Read a room: after a position if {@code epoch} is given, else its {@code last} entries and what follows. */
    record Join(String room, String epoch, long after, int last) implements Command {}

    record Leave(String room) implements Command {}

    record Typing(String room) implements Command {}

    /** Find the conversation with a user, or begin it. */
    record Direct(String user) implements Command {}

    record Pong(long n) implements Command {}

    /** What the log is to be told; all but {@link Read}, {@link Again} and {@link TakeName} become entries. */
    sealed interface Lasting extends Command {
        @Override
        String room();

        /** The author's own name for the command, under which it is done once however often it is said; or null. */
        String id();

        /** What is asked for, as one text: two commands of one id have to ask for the same. */
        String body();
    }

    /** {@code replyTo} is the seq of another message; 0: none. */
    record Post(String room, String id, String text, long replyTo, List<String> mentions) implements Lasting {
        public Post(String room, String id, String text) {
            this(room, id, text, 0, List.of());
        }

        @Override
        public String body() {
            return text;
        }
    }

    record Edit(String room, String id, long seq, String text) implements Lasting {
        @Override
        public String body() {
            return "edited " + seq + " " + text;
        }
    }

    record Delete(String room, String id, long seq) implements Lasting {
        @Override
        public String body() {
            return "deleted " + seq;
        }
    }

    record Create(String room, String id, Access access, String topic) implements Lasting {
        @Override
        public String body() {
            return "created " + access.wire() + " " + topic;
        }
    }

    /** One of the two is given. */
    record Change(String room, String id, String topic, Boolean archived) implements Lasting {
        @Override
        public String body() {
            return "changed " + (topic == null ? archived.toString() : topic);
        }
    }

    record Add(String room, String id, String user) implements Lasting {
        @Override
        public String body() {
            return "added " + user;
        }
    }

    record Remove(String room, String id, String user) implements Lasting {
        @Override
        public String body() {
            return "removed " + user;
        }
    }

    /** A command from outside the room: whoever sends it again after they have left is told what became of it, and no more. */
    record Again(Lasting command) implements Lasting {
        @Override
        public String room() {
            return command.room();
        }

        @Override
        public String id() {
            return command.id();
        }

        @Override
        public String body() {
            return command.body();
        }

        @Override
        public String type() {
            return command.type();
        }
    }

    /** The author has the name that the draft says from now on. No client says it: it follows from a {@link Hello}. */
    record TakeName(String room) implements Lasting {
        @Override
        public String id() {
            return null;
        }

        @Override
        public String body() {
            return "name";
        }
    }

    /** {@code seq} is the last entry that was read; 0 forgets that the user ever was in the room. */
    record Read(String room, long seq) implements Lasting {
        @Override
        public String id() {
            return null;
        }

        @Override
        public String body() {
            return "read " + seq;
        }
    }
}
