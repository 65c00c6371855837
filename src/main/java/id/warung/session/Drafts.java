package id.warung.session;

import id.warung.log.Draft;
import id.warung.log.Outcome;
import id.warung.log.Principal;
import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import id.warung.room.Room;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Submits the commands of one session to the log and sends their results. {@link #ask} is for the command queue;
 * results come on the log's thread.
 */
final class Drafts {
    private final ChatSession session;
    private final Services services;
    private final AtomicInteger acksToCome = new AtomicInteger();

    Drafts(ChatSession session, Services services) {
        this.session = session;
        this.services = services;
    }

    /** The number of expected replies for which room must be kept. */
    int acksToCome() {
        return acksToCome.get();
    }

    /**
     * Asks the log to execute a command.
     *
     * @param onDone runs when the command has been answered, whatever the result
     * @return false when the room has just been closed: open it again and ask again
     */
    boolean ask(Room room, Command.Lasting command, User author, Runnable onDone) {
        return ask(room, command, author, known(command), onDone, seq -> acknowledge(command, seq));
    }

    /** The same for a direct conversation; the answer is its room. */
    boolean askDirect(Room room, Command.Lasting create, User author, User other, Runnable onDone) {
        Reply answer = new Reply.Direct(room.name(), other);
        return ask(room, create, author, List.of(other), onDone, seq -> session.queue(answer));
    }

    private boolean ask(
            Room room,
            Command.Lasting command,
            User author,
            List<User> known,
            Runnable onDone,
            LongConsumer onWritten) {
        int acks = command.id() == null ? 0 : 1; // a command without an id is not acknowledged
        acksToCome.addAndGet(acks);
        Draft.Receipt receipt = outcome -> {
            Runnable done = () -> {
                onDone.run();
                session.reader().wake();
            };
            acksToCome.addAndGet(-acks);
            try {
                outcome.accept(new Answer(command, author, onWritten));
            } catch (RuntimeException | Error e) { // later commands must not wait for ever
                done.run();
                throw e;
            }
            return done;
        };
        Principal principal = services.settings().principal(author);
        String source = session.address().customer();
        if (room.post(new Draft(command, principal, known, source, session.id(), receipt))) {
            return true;
        }
        acksToCome.addAndGet(-acks);
        return false;
    }

    /** The users named by the command who are online: the log may not know them yet. */
    private List<User> known(Command.Lasting command) {
        return command.users().stream()
                .map(services.guests()::find)
                .filter(Objects::nonNull)
                .toList();
    }

    private void acknowledge(Command.Lasting command, long seq) {
        if (command.id() != null) {
            session.queue(new Reply.Ack(command.room(), command.id(), seq));
        }
    }

    /** Queues the reply to the session. */
    private final class Answer implements Outcome.Visitor<Void> {
        private final Command.Lasting command;
        private final User author;
        private final LongConsumer onWritten;

        Answer(Command.Lasting command, User author, LongConsumer onWritten) {
            this.command = command;
            this.author = author;
            this.onWritten = onWritten;
        }

        @Override
        public Void committed(Outcome.Committed committed) {
            onWritten.accept(committed.seq());
            return null;
        }

        @Override
        public Void duplicate(Outcome.Duplicate duplicate) {
            onWritten.accept(duplicate.seq());
            return null;
        }

        @Override
        public Void conflict() {
            return refused(ErrorCode.ID_CONFLICT, "This id was used for another command. Use a new one.");
        }

        @Override
        public Void denied(Outcome.Denied denied) {
            return refused(denied.code(), denied.message());
        }

        private Void refused(ErrorCode code, String message) {
            session.queue(command, new Reply.Failure(code, message, command.id(), 0));
            return null;
        }

        @Override
        public Void noted(Outcome.Noted noted) {
            services.rooms().hasRead(author.id(), new Reply.Reads.Mark(command.room(), noted.seq(), noted.n()));
            return null;
        }

        @Override
        public Void failed() {
            session.queue(command, Reply.Failure.unavailable(command.id()));
            return null;
        }
    }
}
