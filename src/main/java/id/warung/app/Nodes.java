package id.warung.app;

import id.warung.cluster.Exchange;
import id.warung.cluster.Rosters;
import id.warung.endpoint.Listings;
import id.warung.log.Leases;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import id.warung.room.RoomPart;
import id.warung.session.NameClaims;
import id.warung.session.UserSessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** What this node and the others tell each other about people. Its parts are thread-safe. */
final class Nodes implements Listings.Elsewhere {
    private static final long TICK_MS = 200;
    private static final long FORGET_MS = 1_000;

    private final SharedDatabase shared;
    private final Leases leases;
    private final Executor reading;
    private final SigningIn signingIn;
    private final Rosters rosters;
    private final Exchange exchange;

    Nodes(Storing storing, SigningIn signingIn, NameClaims claims, ThreadPools pools) {
        this.shared = storing.shared();
        this.leases = shared.storage().leases();
        this.reading = pools.reading();
        this.signingIn = signingIn;
        rosters = new Rosters(storing.rooms());
        exchange = new Exchange(
                leases, shared.storage().hints(), this::others, claims::takeTurn, pools.exchanging(), System::nanoTime);
        rosters.start(exchange);
        signingIn.userSessions().tellOthers((user, text) -> exchange.say(RoomName.inboxOf(user), text));
        shared.cluster().follow(signingIn.userSessions()::users);
        shared.tell(users -> accountsChanged(users, claims), exchange::hint);
    }

    private void others(String key, Collection<String> texts) {
        UserSessions users = signingIn.userSessions();
        if (RoomName.isInbox(key)) {
            users.setElsewhere(RoomName.ownerOf(key), texts);
        } else {
            rosters.others(key, texts);
        }
    }

    /** If that fails, whoever calls it calls again. */
    private void accountsChanged(Collection<String> users, NameClaims claims) {
        try {
            claims.follow(signingIn.signOuts().check(users, shared.durable().directory()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the other nodes say about how a user is connected to them. */
    CompletionStage<List<String>> elsewhere(String userId) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return leases.about(List.of(RoomName.inboxOf(userId))).stream()
                                .map(Leases.Part::text)
                                .toList();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                reading);
    }

    /** Those who are known, and those who are on any node without being known yet; blocks. */
    User find(String id) throws IOException {
        User known = shared.durable().directory().person(id);
        return known == null ? leases.user(id) : known;
    }

    /** Those who are on any node; see {@link Leases#startingWith}. */
    @Override
    public List<User> startingWith(String folded, int limit) throws IOException {
        return leases.startingWith(folded, limit);
    }

    @Override
    public User user(String id) throws IOException {
        return leases.user(id);
    }

    @Override
    public Map<String, List<RoomPart>> parts(Collection<String> rooms) throws IOException {
        return Rosters.parts(leases, rooms);
    }

    /** From now on they hear of each other. */
    void start(Jobs jobs) {
        jobs.every(TICK_MS, exchange::tick);
        jobs.every(TICK_MS, shared.cluster()::tick);
        jobs.every(FORGET_MS, () -> signingIn.userSessions().forgetActing(System.nanoTime()));
    }
}
