package id.warung.session;

import id.warung.identity.ClientAddress;
import id.warung.log.AppendResult;
import id.warung.log.RoomState;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.RetryOnly;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import java.lang.System.Logger;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The token buckets of a node: who may do what how often (docs/settings.md). Every method takes a token and returns 0, or the
 * milliseconds until there is one; then nothing was taken. Clients whose address is not known (a null key) have no limits per
 * address. Thread-safe; never blocks for long.
 */
public final class RateLimits {
    private static final Logger LOG = System.getLogger(RateLimits.class.getName());
    /** For commands that make no room. */
    static final Consumer<AppendResult> NOTHING = result -> {};

    private static final long SECOND_MS = 1_000;
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    private static final int BURST_SECONDS = 4; // a full bucket has what returns in this time
    private static final int USERS = 10; // an address may do what so many users may
    private static final int JOINS = 10; // times as many as signals: a page comes back to all its rooms at once

    private final LongSupplier nanoTime;
    private final Predicate<String> ephemeralRooms;
    private final Pair posts;
    private final Pair ephemeralPosts;
    private final Map<String, RateLimiter> backEnds;
    private final Pair newRooms;
    private final Pair searches;
    private final boolean countsRooms;
    private final RateLimiter signals;
    private final Pair joins;
    private final OfAddress requests;
    private final OfAddress handshakes;
    private final OfAddress signIns;
    private final int socketsPerUser;
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile ToIntFunction<String> nodes = user -> 1;
    private volatile Consumer<String> acting = user -> {};

    /** {@code ephemeralRooms} says whether the room of this name is kept in memory only. */
    public RateLimits(Rates rates, Predicate<String> ephemeralRooms, LongSupplier nanoTime) {
        this(rates, Map.of(), ephemeralRooms, nanoTime);
    }

    /** {@code backEnds} says how many posts a back end may send each second, by user id; no entry: any number. */
    public RateLimits(
            Rates rates, Map<String, Integer> backEnds, Predicate<String> ephemeralRooms, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.ephemeralRooms = ephemeralRooms;
        String addressPosts = "warung.max-address-posts-per-second";
        this.posts = new Pair(
                new RateLimiter(rates.posts(), SECOND_MS, rates.postsBurst(), nanoTime),
                new OfAddress(perSecond(rates.addressPosts()), addressPosts));
        this.ephemeralPosts = new Pair(
                perSecond(rates.ephemeralPosts()),
                new OfAddress(perSecond((long) USERS * rates.addressPosts()), addressPosts));
        this.backEnds = backEnds.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> perSecond(entry.getValue())));
        this.newRooms = new Pair(
                perHour(rates.newRooms()),
                new OfAddress(perHour((long) USERS * rates.newRooms()), "warung.max-new-rooms-per-hour"));
        this.searches = new Pair(
                perSecond(rates.searches()),
                new OfAddress(perSecond((long) USERS * rates.searches()), "warung.max-searches-per-second"));
        this.countsRooms = rates.newRooms() > 0;
        this.socketsPerUser = rates.socketsPerUser();
        this.signals = perSecond(rates.signals());
        long joinsOfUser = (long) JOINS * rates.signals();
        this.joins = new Pair(
                perSecond(joinsOfUser), new OfAddress(perSecond(USERS * joinsOfUser), "warung.max-signals-per-second"));
        this.requests = new OfAddress(perSecond(rates.requests()), "warung.max-requests-per-second");
        this.handshakes = new OfAddress(perSecond(rates.handshakes()), "warung.max-handshakes-per-second");
        this.signIns = new OfAddress(perSecond(rates.signIns()), "warung.max-sign-ins-per-second");
    }

    /** Has users share their limits with the other nodes on which they are, once these know of each other. Called once, at the start. */
    public void share(UserSessions users) {
        nodes = users::nodesOf;
        acting = user -> users.acts(user, nanoTime.getAsLong());
    }

    /** How many sessions a user may have at a time; 0: any number. */
    int socketsPerUser() {
        return socketsPerUser;
    }

    private RateLimiter perSecond(long count) {
        return new RateLimiter(count, SECOND_MS, BURST_SECONDS * count, nanoTime);
    }

    private RateLimiter perHour(long count) {
        return new RateLimiter(count, HOUR_MS, count, nanoTime);
    }

    /** Rejects what has to wait. */
    static void check(long waitMs) throws CommandRejectedException {
        if (waitMs > 0) {
            throw CommandRejectedException.rateLimited(waitMs);
        }
    }

    /**
     * Counts a command for the log.
     *
     * @return what to submit: the command, or, if there were too many, only the question whether it was executed before
     * @throws CommandRejectedException when there were too many, and it cannot have been executed before
     */
    Command.Durable counted(Command.Durable command, User author, String limitKey) throws CommandRejectedException {
        if (!command.becomesEntry()) {
            check(signal(author));
            return command;
        }
        long waitMs = post(author, command.room(), limitKey);
        if (waitMs > 0 && command.id() != null) {
            return new RetryOnly(command, CommandRejectedException.rateLimited(waitMs));
        }
        check(waitMs);
        return command;
    }

    /** A command that writes to a room. */
    long post(User author, String room, String limitKey) {
        if (author.isBackEnd()) {
            RateLimiter its = backEnds.get(author.id());
            acting.accept(author.id());
            return its == null ? 0 : its.take(author.id(), nodes.applyAsInt(author.id()));
        }
        acting.accept(author.id());
        return (ephemeralRooms.test(room) ? ephemeralPosts : posts).take(author.id(), limitKey);
    }

    /**
     * Counts the room that a command makes if it writes the first entry. Ephemeral rooms leave nothing behind, and do not count.
     *
     * @return takes the command's result, and gives the token back if no room was made; {@link #NOTHING} if no token was taken
     * @throws CommandRejectedException when the author has made too many rooms
     */
    Consumer<AppendResult> newRoom(Command.Durable command, RoomState room, User author, String limitKey)
            throws CommandRejectedException {
        boolean makes = countsRooms && !room.exists() && command.becomesEntry() && !(command instanceof RetryOnly);
        if (!makes || RoomName.isInbox(command.room()) || author.isBackEnd() || ephemeralRooms.test(command.room())) {
            return NOTHING;
        }
        check(newRooms.take(author.id(), limitKey));
        return result -> {
            if (!(result instanceof AppendResult.Committed committed && committed.seq() == 1)) {
                newRooms.giveBack(author.id(), limitKey);
            }
        };
    }

    /** A typing signal or a read mark. */
    long signal(User user) {
        return signals.take(user.id(), nodes.applyAsInt(user.id()));
    }

    /** A join, which may read the room from the disk and sends what it is asked for. */
    long join(User user, String limitKey) {
        return user.isBackEnd() ? 0 : joins.take(user.id(), limitKey);
    }

    /** A sign-in, with whatever credentials. */
    long signIn(ClientAddress address) {
        return signIns.take(address.limitKey());
    }

    /** A search; {@code caller} is null for anonymous ones. */
    public long search(User caller, ClientAddress address) {
        return caller != null && caller.isBackEnd()
                ? 0
                : searches.take(caller == null ? null : caller.id(), address.limitKey());
    }

    /** A request to the HTTP API. */
    public long request(ClientAddress address) {
        return requests.take(address.limitKey());
    }

    /** A handshake. */
    public long handshake(ClientAddress address) {
        return handshakes.take(address.limitKey());
    }

    /** The buckets of addresses. An administrator may have a proxy that is not configured: all its clients share one address. */
    private final class OfAddress {
        private final RateLimiter limiter;
        private final String setting;

        OfAddress(RateLimiter limiter, String setting) {
            this.limiter = limiter;
            this.setting = setting;
        }

        long take(String limitKey) {
            long waitMs = limitKey == null ? 0 : limiter.take(limitKey);
            if (waitMs > 0 && !warned.getAndSet(true)) {
                LOG.log(
                        Logger.Level.WARNING,
                        limitKey + " has reached a limit per address (" + setting
                                + ") and has to wait. If it is a proxy, name it in warung.trusted-proxies: otherwise all its"
                                + " clients count as one. This is logged once.");
            }
            return waitMs;
        }

        void giveBack(String limitKey) {
            if (limitKey != null) {
                limiter.giveBack(limitKey);
            }
        }
    }

    /** The buckets of users and those of their addresses: what is done takes a token of both. A null user is an anonymous one. */
    private final class Pair {
        private final RateLimiter users;
        private final OfAddress addresses;

        Pair(RateLimiter users, OfAddress addresses) {
            this.users = users;
            this.addresses = addresses;
        }

        long take(String user, String limitKey) {
            int its = user == null ? 1 : nodes.applyAsInt(user);
            long waitMs = user == null ? 0 : users.take(user, its);
            if (waitMs > 0) {
                return waitMs;
            }
            waitMs = addresses.take(limitKey);
            if (waitMs > 0 && user != null) {
                users.giveBack(user, its);
            }
            return waitMs;
        }

        void giveBack(String user, String limitKey) {
            users.giveBack(user, nodes.applyAsInt(user));
            addresses.giveBack(limitKey);
        }
    }
}
