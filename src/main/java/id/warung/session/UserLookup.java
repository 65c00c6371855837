package id.warung.session;

import id.warung.identity.Guests;
import id.warung.log.AppendCallback;
import id.warung.log.AppendRequest;
import id.warung.log.Committers;
import id.warung.log.Principal;
import id.warung.protocol.RoomName;
import id.warung.protocol.TakeName;
import id.warung.protocol.User;
import id.warung.pump.FatalErrors;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Looks up users who are online or known, under their latest names. Thread-safe; never blocks its caller. */
public final class UserLookup {
    /** Reads a user by id from the store of names; null when the user is unknown. Blocks. */
    public interface Directory {
        User person(String id) throws IOException;
    }

    private final Guests guests;
    private final Directory directory;
    private final Executor blocking;
    private final Committers committers;

    /** {@code committers} belong to the log that stores the directory. */
    public UserLookup(Guests guests, Directory directory, Executor blocking, Committers committers) {
        this.guests = guests;
        this.directory = directory;
        this.blocking = blocking;
        this.committers = committers;
    }

    /** Completes with null when the user is unknown; fails when the directory cannot be read. */
    public CompletionStage<User> find(String id) {
        User here = guests.find(id);
        return here != null
                ? CompletableFuture.completedFuture(here)
                : CompletableFuture.supplyAsync(() -> read(id), blocking);
    }

    /**
     * Stores the user's current name. If it cannot be written now, it is stored with their next command.
     *
     * @param source the source whose turn it takes to write; null: the user is a source of its own
     */
    public void remember(User user, String source) {
        TakeName command = new TakeName(RoomName.inboxOf(user.id()));
        AppendCallback unheard = result -> AppendCallback.NOTHING; // the committer reports when nothing can be written
        committers.offer(new AppendRequest(command, new Principal(user, Set.of()), List.of(), source, null, unheard));
    }

    private User read(String id) {
        try {
            return directory.person(id);
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (Error e) { // otherwise the future swallows it
            FatalErrors.report(e);
            throw e;
        }
    }
}
