package id.warung.session;

import id.warung.identity.Guests;
import id.warung.identity.Identity;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import id.warung.session.Authentication.Arrival;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Signs in the client of one session and tells it its current name. For the command queue's pump. */
final class SignIn {
    private static final long CROWDED_MS = 5_000;

    private final ChatSession session;
    private final NodeContext node;
    private final Subscriptions subscriptions;
    private final Runnable renamed;
    private User told; // as last sent to the client
    private CompletableFuture<Arrival> arriving; // null: nobody is
    private Instant saidAt; // the hello

    /** {@code renamed} is called, on any thread, when {@link #announceName} may have something to send. */
    SignIn(ChatSession session, NodeContext node, Subscriptions subscriptions, Runnable renamed) {
        this.session = session;
        this.node = node;
        this.subscriptions = subscriptions;
        this.renamed = renamed;
    }

    /**
     * Finds out who says hello; completes with null when that is known.
     *
     * @throws CommandRejectedException when they are refused, or the session is signed in and this cannot go on with it
     */
    CompletableFuture<User> begin(Command.Hello hello) throws CommandRejectedException {
        if (session.user() != null && hello.token() == null) {
            throw alreadySignedIn();
        }
        saidAt = node.clock().instant();
        arriving = node.authentication().arrive(hello.token(), hello.name()).toCompletableFuture();
        return arriving.thenApply(arrival -> null);
    }

    /** Signs in and answers the hello. Called when {@link #begin} has completed. */
    void finish(Command.Hello hello) throws CommandRejectedException {
        Arrival arrival = arriving.join();
        arriving = null;
        if (session.user() != null) {
            goOn(hello, arrival.identity());
            return;
        }
        Identity identity = arrival.identity();
        Guests.SignedIn signedIn;
        if (identity == null || identity.user().isGuest()) {
            if (!session.admitsGuest()) {
                throw new CommandRejectedException(
                        ErrorCode.BUSY, "There are too many guests. Try again later.", CROWDED_MS);
            }
            User holder = identity == null ? null : identity.user();
            signedIn = arrival.newId() == null
                    ? node.guests().signIn(holder, hello.name(), arrival.known(), arrival.taken(), saidAt, renamed)
                    : node.guests().signInNew(arrival.newId(), hello.name(), arrival.taken(), saidAt, renamed);
            identity = Identity.ofGuest(signedIn.claim().user(), identity == null ? saidAt : identity.issuedAt());
        } else {
            signedIn = node.guests().signInVouched(identity.user(), arrival.known(), renamed);
        }
        session.signedIn(signedIn.claim(), identity);
        told = session.user();
        answer(hello, signedIn.token());
        if (signedIn.news()) {
            node.people().remember(told, session.address().limitKey());
        }
    }

    /** A new token of the same user: the connection goes on with what it says. */
    private void goOn(Command.Hello hello, Identity identity) throws CommandRejectedException {
        User now = session.user();
        if (!identity.user().id().equals(now.id()) || now.isGuest()) {
            throw alreadySignedIn();
        }
        Guests.SignedIn renewed = node.guests().signInVouched(identity.user(), now, renamed);
        session.signedIn(renewed.claim(), identity);
        answer(hello, null);
        if (renewed.news()) {
            node.people().remember(session.user(), session.address().limitKey());
        }
        session.reader().wake(); // rooms that it may not read any more end
    }

    private void answer(Command.Hello hello, String token) {
        Identity identity = session.identity();
        session.reply(new Reply.SignedIn(
                session.user(), node.principals().rolesOf(identity), token, identity.expiresAt(), hello.id()));
    }

    private static CommandRejectedException alreadySignedIn() {
        return new CommandRejectedException(ErrorCode.ALREADY_SIGNED_IN, "This session is already signed in.");
    }

    /** Tells the client, and the rooms that it reads, that another session of the user has changed the name. */
    void announceName() {
        User now = session.user();
        if (told == null || told.equals(now)) {
            return;
        }
        told = now;
        session.reply(new Reply.Renamed(now));
        subscriptions.renamed(now);
    }
}
