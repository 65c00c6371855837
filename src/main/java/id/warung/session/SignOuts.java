package id.warung.session;

import id.warung.identity.Identity;
import id.warung.log.Accounts;
import id.warung.log.AppendCallback;
import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Committers;
import id.warung.log.Principal;
import id.warung.protocol.CloseCode;
import id.warung.protocol.EndSignIns;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Ends sign-ins: stores that their tokens are no longer good, and then closes their sessions, also those that are being opened meanwhile.
 * Thread-safe; never blocks.
 */
public final class SignOuts {
    /** Longer than a token is good; issuers may go on to give out tokens of a sign-in that has ended here. */
    private static final Duration REMEMBERED_FOR = Duration.ofDays(30);
    /** Longer than any hello takes, however many sign out meanwhile. */
    private static final int REMEMBERED = 16_384;

    private final Committers committers;
    private final Clock clock;
    private final UserSessions sessions;
    private final boolean severalNodes;

    /** {@code signIn} null: all of the user's. */
    private record Key(String userId, String signIn) {}

    private record Ended(long atSeconds, CloseCode code) {}

    private final Map<Key, Ended> recent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Ended> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** {@code committers} belong to the log that stores the directory. */
    public SignOuts(Committers committers, Clock clock, UserSessions sessions) {
        this(committers, clock, sessions, false);
    }

    /** {@code severalNodes} is whether other nodes share the log. */
    public SignOuts(Committers committers, Clock clock, UserSessions sessions, boolean severalNodes) {
        this.severalNodes = severalNodes;
        this.committers = committers;
        this.clock = clock;
        this.sessions = sessions;
    }

    /**
     * Ends sign-ins of a user. Completes when no token of them is good any more, and their sessions have been told; with false when that
     * cannot be stored now.
     *
     * @param who the user, by any of their sign-ins
     * @param signIn the one to end; null: all
     * @param code tells the sessions why
     */
    public CompletionStage<Boolean> end(Identity who, String signIn, CloseCode code) {
        User user = who.user();
        boolean all = signIn == null || user.isGuest();
        EndSignIns command = new EndSignIns(
                RoomName.inboxOf(user.id()),
                all ? List.of() : stored(sessions.relatedTo(user.id(), signIn), code),
                all ? latest(who) : clock.instant().getEpochSecond(),
                clock.instant().plus(REMEMBERED_FOR).getEpochSecond());
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        AppendCallback callback = result -> {
            boolean stored = result instanceof AppendResult.ReadMarked;
            if (stored) {
                ended(user.id(), command, code);
            }
            return () -> done.complete(stored);
        };
        committers.offer(new AppendRequest(command, new Principal(user, Set.of()), List.of(), null, null, callback));
        return done;
    }

    /** With marks from which other nodes know with which code they close the sessions: no token has such a sign-in. */
    private List<String> stored(Set<String> signIns, CloseCode code) {
        boolean marked = severalNodes && code == CloseCode.REVOKED;
        return Stream.concat(signIns.stream(), marked ? signIns.stream().map(SignOuts::mark) : Stream.empty())
                .toList();
    }

    private static String mark(String signIn) {
        return CloseCode.REVOKED.number() + " " + signIn;
    }

    /**
     * Ends those sessions of these users whose sign-ins have ended, also on other nodes. Blocks.
     *
     * @param users the ids of users whose accounts may have changed
     * @return the accounts of those who have sessions here, by id
     * @throws IOException when the accounts cannot be read; call it again then
     */
    public Map<String, Accounts.Account> check(Collection<String> users, Accounts accounts) throws IOException {
        List<String> here =
                users.stream().filter(id -> !sessions.of(id).isEmpty()).toList();
        Map<String, Accounts.Account> found = here.isEmpty() ? Map.of() : accounts.accounts(here);
        found.forEach((id, account) -> {
            synchronized (recent) {
                if (account.notBefore() > 0) {
                    recent.putIfAbsent(new Key(id, null), new Ended(0, CloseCode.SIGNED_OUT));
                    recent.computeIfPresent(
                            new Key(id, null),
                            (key, ended) ->
                                    new Ended(Math.max(ended.atSeconds(), account.notBefore() - 1), ended.code()));
                }
                for (String signIn : account.ended()) {
                    CloseCode code = account.ended().contains(mark(signIn)) ? CloseCode.REVOKED : CloseCode.SIGNED_OUT;
                    recent.putIfAbsent(new Key(id, signIn), new Ended(0, code));
                }
            }
            sessions.of(id).forEach(this::check);
        });
        return found;
    }

    /** Now, or the time of a token of the user that is here, if the clock of its issuer is ahead. */
    private long latest(Identity who) {
        return Stream.concat(
                        Stream.of(who), sessions.of(who.user().id()).stream().map(ChatSession::identity))
                .mapToLong(identity -> identity.issuedAt().getEpochSecond())
                .reduce(clock.instant().getEpochSecond(), Math::max);
    }

    private void ended(String userId, EndSignIns command, CloseCode code) {
        Ended ended = new Ended(command.atSeconds(), code);
        synchronized (recent) {
            if (command.signIns().isEmpty()) {
                recent.put(new Key(userId, null), ended);
            }
            command.signIns().forEach(signIn -> recent.put(new Key(userId, signIn), ended));
        }
        sessions.of(userId).forEach(this::check);
    }

    /** Ends the session if its sign-in has just ended. Call it when the session can be found by its user. */
    void check(ChatSession session) {
        Identity identity = session.identity();
        String userId = identity.user().id();
        Ended all;
        Ended one;
        synchronized (recent) {
            all = recent.get(new Key(userId, null));
            one = session.signIns().stream()
                    .map(signIn -> recent.get(new Key(userId, signIn)))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        if (one != null) {
            session.end(one.code());
        } else if (all != null && identity.issuedAt().getEpochSecond() <= all.atSeconds()) {
            session.end(all.code());
        }
    }
}
