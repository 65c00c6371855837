package id.warung.session;

import id.warung.identity.Guests;
import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Refused;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.concurrent.CompletableFuture;

/** Who the client of one session is, and that it knows what it is called. For the conversation's pump. */
final class SignIn {
    private final ChatSession session;
    private final Services services;
    private final Cursors cursors;
    private final Runnable renamed;
    private User told; // as whom the client was last told that it is here

    /** {@code renamed} is called, on any thread, when there may be something for {@link #tellName}. */
    SignIn(ChatSession session, Services services, Cursors cursors, Runnable renamed) {
        this.session = session;
        this.services = services;
        this.cursors = cursors;
        this.renamed = renamed;
    }

    /**
     * Whose token it is, under the latest name; completes with null when nobody has heard of them, or there is no token.
     *
     * @throws Refused when it is not one of ours, or the session has somebody already
     */
    CompletableFuture<User> holder(Command.Hello hello) throws Refused {
        if (session.user() != null) {
            throw new Refused(ErrorCode.ALREADY_SIGNED_IN, "This session is already signed in.");
        }
        if (hello.token() == null) {
            return CompletableFuture.completedFuture(null);
        }
        String id = services.guests().verify(hello.token()).id();
        return services.people().find(id).toCompletableFuture();
    }

    /** Answers the hello. {@code holder} is what {@link #holder} gave. */
    void take(Command.Hello hello, User holder) throws Refused {
        Guests.SignedIn signedIn = services.guests().signIn(hello, holder, renamed);
        session.signedIn(signedIn.claim());
        told = session.user();
        session.reply(new Reply.SignedIn(told, signedIn.token()));
        if (signedIn.news()) {
            services.people().remember(told, session.address().customer());
        }
    }

    /** Tells the client, and the rooms that it reads, when another session of the user has changed the name. */
    void tellName() {
        User now = session.user();
        if (told == null || told.equals(now)) {
            return;
        }
        told = now;
        session.reply(new Reply.Renamed(now));
        cursors.renamed(now);
    }
}
