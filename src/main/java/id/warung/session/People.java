package id.warung.session;

import id.warung.identity.Guests;
import id.warung.log.Committer;
import id.warung.log.Draft;
import id.warung.log.Principal;
import id.warung.protocol.Command;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import id.warung.pump.FatalErrors;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Those who are here and those who have been, under the latest name of each. Thread-safe; never blocks its caller. */
public final class People {
    /** Reads somebody by their id from where names are kept; null when nobody has heard of them. Blocks. */
    public interface Directory {
        User person(String id) throws IOException;
    }

    private final Guests guests;
    private final Directory directory;
    private final Executor blocking;
    private final Committer committer;

    /** {@code committer} is that of the log which keeps the directory. */
    public People(Guests guests, Directory directory, Executor blocking, Committer committer) {
        this.guests = guests;
        this.directory = directory;
        this.blocking = blocking;
        this.committer = committer;
    }

    /** Completes with null when nobody has heard of them; fails when the directory cannot be read. */
    public CompletionStage<User> find(String id) {
        User here = guests.find(id);
        return here != null
                ? CompletableFuture.completedFuture(here)
                : CompletableFuture.supplyAsync(() -> read(id), blocking);
    }

    /**
     * They have this name from now on. When it cannot be written now it is kept with the next thing that they say.
     *
     * @param source whose turn it takes to be written; null: the user is a source of its own
     */
    public void remember(User user, String source) {
        Command.TakeName command = new Command.TakeName(RoomName.inboxOf(user.id()));
        Draft.Receipt unheard = outcome -> Draft.Receipt.NOTHING; // the committer says it when nothing can be written
        committer.offer(new Draft(command, new Principal(user, Set.of()), List.of(), source, null, unheard));
    }

    private User read(String id) {
        try {
            return directory.person(id);
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (Error e) { // a future keeps it to itself
            FatalErrors.report(e);
            throw e;
        }
    }
}
