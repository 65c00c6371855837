package id.warung.session;

import id.warung.log.AppendCallback;
import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Principal;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import id.warung.room.Room;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Submits the commands of one session to the log and sends their results. {@link #submit} is for the command queue;
 * results come on the log's thread.
 */
final class CommandSubmitter {
    private final ChatSession session;
    private final NodeContext node;
    private final AtomicInteger pendingAcks = new AtomicInteger();

    CommandSubmitter(ChatSession session, NodeContext node) {
        this.session = session;
        this.node = node;
    }

    /** The number of expected replies for which room must be kept. */
    int pendingAcks() {
        return pendingAcks.get();
    }

    /**
     * Asks the log to execute a command.
     *
     * @param newRoom receives the result; see {@link RateLimits#newRoom}
     * @param onDone runs when the command has been answered, whatever the result
     * @return false when the room has just been closed: open it again and ask again
     */
    boolean submit(Room room, Command.Durable command, User author, Consumer<AppendResult> newRoom, Runnable onDone) {
        return submit(
                command, room, command, author, known(command), newRoom, onDone, seq -> acknowledge(command, seq));
    }

    /** The same for a direct conversation; the answer is its room. */
    boolean submitDirect(Command.Direct direct, Room room, User author, User other, Runnable onDone)
            throws CommandRejectedException {
        if (other == null) {
            throw noSuchUser();
        }
        Command.Create create = new Command.Create(room.name(), null, Access.MEMBERS, "");
        Consumer<AppendResult> newRoom = node.limits()
                .newRoom(create, room.state(), author, session.address().limitKey());
        Reply answer = new Reply.Direct(room.name(), other, direct.id());
        return submit(direct, room, create, author, List.of(other), newRoom, onDone, seq -> session.queue(answer));
    }

    static CommandRejectedException noSuchUser() {
        return new CommandRejectedException(ErrorCode.NO_SUCH_USER, "There is no such user.");
    }

    private boolean submit(
            Command answered,
            Room room,
            Command.Durable command,
            User author,
            List<User> known,
            Consumer<AppendResult> newRoom,
            Runnable onDone,
            LongConsumer onWritten) {
        int acks = command.id() == null ? 0 : 1; // a command without an id is not acknowledged
        pendingAcks.addAndGet(acks);
        AppendCallback callback = result -> {
            Runnable done = () -> {
                onDone.run();
                session.reader().wake();
            };
            pendingAcks.addAndGet(-acks);
            newRoom.accept(result);
            try {
                result.accept(new Answer(answered, author, onWritten));
            } catch (RuntimeException | Error e) { // later commands must not wait for ever
                done.run();
                throw e;
            }
            return done;
        };
        Principal principal = session.principal();
        String source = session.address().limitKey();
        if (room.post(new AppendRequest(command, principal, known, source, session.id(), callback))) {
            return true;
        }
        pendingAcks.addAndGet(-acks);
        newRoom.accept(new AppendResult.Failed());
        return false;
    }

    /** The users named by the command who are online: the log may not know them yet. */
    private List<User> known(Command.Durable command) {
        return command.users().stream()
                .map(node.guests()::find)
                .filter(Objects::nonNull)
                .toList();
    }

    private void acknowledge(Command.Durable command, long seq) {
        if (command.id() != null) {
            session.queue(new Reply.Ack(command.room(), command.id(), seq));
        }
    }

    /** Queues the reply to the session. */
    private final class Answer implements AppendResult.Visitor<Void> {
        private final Command command; // of the client
        private final User author;
        private final LongConsumer onWritten;

        Answer(Command command, User author, LongConsumer onWritten) {
            this.command = command;
            this.author = author;
            this.onWritten = onWritten;
        }

        @Override
        public Void committed(AppendResult.Committed committed) {
            onWritten.accept(committed.seq());
            return null;
        }

        @Override
        public Void duplicate(AppendResult.Duplicate duplicate) {
            onWritten.accept(duplicate.seq());
            return null;
        }

        @Override
        public Void conflict() {
            String message = "This id was used for another command. Use a new one.";
            session.queue(command, new Reply.Failure(ErrorCode.ID_CONFLICT, message));
            return null;
        }

        @Override
        public Void denied(AppendResult.Denied denied) {
            session.queue(command, new Reply.Failure(denied.code(), denied.message(), denied.retryAfterMs()));
            return null;
        }

        @Override
        public Void readMarked(AppendResult.ReadMarked readMarked) {
            node.rooms()
                    .hasRead(
                            author.id(),
                            new Reply.Reads.Mark(command.room(), readMarked.seq(), readMarked.n(), readMarked.back()));
            onWritten.accept(readMarked.seq());
            return null;
        }

        @Override
        public Void failed() {
            session.queue(command, Reply.Failure.unavailable());
            return null;
        }
    }
}
