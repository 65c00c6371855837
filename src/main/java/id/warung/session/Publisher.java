package id.warung.session;

import id.warung.log.Draft;
import id.warung.log.Outcome;
import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.User;
import id.warung.room.Room;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Posts for those who have no session: back ends. The same way as everybody's: through the room to the log. Thread-safe; never blocks. */
public final class Publisher {
    private final Services services;

    public Publisher(Services services) {
        this.services = services;
    }

    /** Completes when the log has answered, with null when too much waits already; fails when the room cannot be read. */
    public CompletionStage<Outcome> post(User author, Command.Post post) {
        return services.rooms().open(post.room()).thenCompose(room -> post(room, author, post));
    }

    private CompletionStage<Outcome> post(Room room, User author, Command.Post post) {
        if (!room.state().exists() && !services.settings().mayMakeRooms(author)) {
            return CompletableFuture.completedFuture(
                    new Outcome.Denied(ErrorCode.NO_SUCH_ROOM, "There is no such room."));
        }
        Answer answer = new Answer();
        List<User> known = post.mentions().stream()
                .map(services.guests()::find)
                .filter(Objects::nonNull)
                .toList();
        if (room.post(new Draft(post, author, false, known, answer))) {
            return answer.outcome;
        }
        return room.isClosed() ? post(author, post) : CompletableFuture.completedFuture(null);
    }

    private static final class Answer implements Draft.Receipt {
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private Outcome settled;

        @Override
        public void settled(Outcome of) {
            settled = of;
        }

        /** Not before: who reads the room right after the answer finds the message. */
        @Override
        public void groupSettled() {
            outcome.complete(settled);
        }
    }
}
