package id.warung.session;

import id.warung.identity.Guests;
import id.warung.log.Directory;
import id.warung.protocol.User;
import id.warung.pump.FatalErrors;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Finds people, whether they are here or have been. Thread-safe; never blocks its caller. */
public final class People {
    private final Guests guests;
    private final Directory directory;
    private final Executor blocking;

    public People(Guests guests, Directory directory, Executor blocking) {
        this.guests = guests;
        this.directory = directory;
        this.blocking = blocking;
    }

    /** Completes with null when nobody has heard of him; fails when the directory cannot be read. */
    public CompletionStage<User> find(String id) {
        User here = guests.find(id);
        return here != null
                ? CompletableFuture.completedFuture(here)
                : CompletableFuture.supplyAsync(() -> read(id), blocking);
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
