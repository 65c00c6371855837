package id.warung.session;

import id.warung.identity.Guests;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.concurrent.CompletableFuture;

/** Signs in the client of one session and tells it its current name. For the command queue's pump. */
final class SignIn {
    private final ChatSession session;
    private final NodeContext node;
    private final Subscriptions subscriptions;
    private final Runnable renamed;
    private User told; // as last sent to the client

    /** {@code renamed} is called, on any thread, when {@link #announceName} may have something to send. */
    SignIn(ChatSession session, NodeContext node, Subscriptions subscriptions, Runnable renamed) {
        this.session = session;
        this.node = node;
        this.subscriptions = subscriptions;
        this.renamed = renamed;
    }

    /**
     * Looks up the user of the token, with their latest name; completes with null when the user is unknown or there is no token.
     *
     * @throws CommandRejectedException when the token is invalid, or the session is already signed in
     */
    CompletableFuture<User> holder(Command.Hello hello) throws CommandRejectedException {
        if (session.user() != null) {
            throw new CommandRejectedException(ErrorCode.ALREADY_SIGNED_IN, "This session is already signed in.");
        }
        if (hello.token() == null) {
            return CompletableFuture.completedFuture(null);
        }
        String id = node.guests().verify(hello.token()).id();
        return node.people().find(id).toCompletableFuture();
    }

    /** Signs in and answers the hello. {@code holder} is the result of {@link #holder}. */
    void take(Command.Hello hello, User holder) throws CommandRejectedException {
        Guests.SignedIn signedIn = node.guests().signIn(hello, holder, renamed);
        session.signedIn(signedIn.claim());
        told = session.user();
        session.reply(new Reply.SignedIn(told, signedIn.token(), hello.id()));
        if (signedIn.news()) {
            node.people().remember(told, session.address().limitKey());
        }
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
