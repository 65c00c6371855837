package id.warung.session;

import id.warung.identity.ApiKeys;
import id.warung.identity.ClientAddress;
import id.warung.identity.Guests;
import id.warung.identity.WarungTokens;
import id.warung.kit.ManualClock;
import id.warung.kit.ManualExecutor;
import id.warung.kit.SignInKit;
import id.warung.log.AppendResult;
import id.warung.log.Committer;
import id.warung.log.Committers;
import id.warung.log.MessageLog;
import id.warung.log.ScriptedLog;
import id.warung.log.command.CommandHandlers;
import id.warung.protocol.Codec;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.User;
import id.warung.room.Pacing;
import id.warung.room.Presence;
import id.warung.room.Room;
import id.warung.room.RoomRegistry;
import id.warung.room.TailBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/** One node with everything except a container, run by hand: nothing happens until {@link #settle}. */
final class SessionNode {
    static final long PLENTY = 1_000_000_000;
    static final int MAX_ROOMS = 3;
    static final int MAX_FROM_ONE_ADDRESS = 5;
    /** The address of clients that are not counted. */
    static final ClientAddress ANYWHERE = new ClientAddress("127.0.0.1", null);

    static final String MODERATOR = "u-moderator";
    static final String KEY = "0123456789abcdefXYZ";
    static final User BACK_END = new ApiKeys(Map.of("Builds", KEY)).users().get(0);

    final ManualClock clock = new ManualClock();
    final ManualExecutor executor = new ManualExecutor();
    final ManualExecutor writing = new ManualExecutor();
    final ManualExecutor reading = new ManualExecutor();
    final ManualExecutor closing = new ManualExecutor();
    final ScriptedLog log;
    final WarungTokens tokens = new WarungTokens(new byte[32], Clock.systemUTC());
    final UserSessions userSessions = new UserSessions();
    final Guests guests = new Guests(tokens, List.of(BACK_END));
    final RoomRegistry rooms;
    final InputBudget input;
    final SignOuts signOuts;
    final RateLimits limits;
    final SessionRegistry registry;
    final Publisher publisher;
    private final Authentication authentication;
    /** The names under which users are known. */
    UserLookup.Directory directory = id -> null;

    SessionNode() {
        this(PLENTY, 4 * 1024 * 1024);
    }

    /** With these limits; rooms whose names start with {@code game-} count as ephemeral. */
    SessionNode(Rates rates) {
        this(new ScriptedLog(), PLENTY, PLENTY, 4 * 1024 * 1024, false, rates, 0);
    }

    /** With room for so many sessions, of which strangers have a share. */
    static SessionNode withSessions(int most) {
        return new SessionNode(new ScriptedLog(), PLENTY, PLENTY, PLENTY, false, Rates.NONE, most);
    }

    SessionNode(long maxWaitingBytes, long maxWaitingBytesPerSession) {
        this(new ScriptedLog(), PLENTY, maxWaitingBytes, maxWaitingBytesPerSession, false, Rates.NONE, 0);
    }

    /** Uses an existing log. */
    SessionNode(MessageLog log, long maxTailBytes) {
        this(new ScriptedLog(log), maxTailBytes, PLENTY, PLENTY, false, Rates.NONE, 0);
    }

    static SessionNode whereModeratorsMakeRooms() {
        return new SessionNode(new ScriptedLog(), PLENTY, PLENTY, PLENTY, true, Rates.NONE, 0);
    }

    private SessionNode(
            ScriptedLog log,
            long maxTailBytes,
            long maxWaitingBytes,
            long maxWaitingBytesPerSession,
            boolean onlyModeratorsCreateRooms,
            Rates rates,
            int mostSessions) {
        this.log = log;
        Codec codec = new Codec(new CommandHandlers(), 4_000);
        AtomicReference<Room.Dependencies> parts = new AtomicReference<>();
        rooms = new RoomRegistry(name -> {
            if (name.equals("bug")) {
                throw new IllegalStateException("scripted");
            }
            return parts.get();
        });
        Committers committers = new Committers(new Committer(log, rooms.listener(), writing));
        parts.set(new Room.Dependencies(
                log,
                committers,
                codec,
                new EntryCodec(),
                executor,
                reading,
                new TailBudget(maxTailBytes),
                Pacing.NONE,
                PLENTY,
                new Presence.Times(5_000_000_000L, 1_000_000_000L, 6_000_000_000L, clock)));
        SessionSettings settings = new SessionSettings(
                25_000,
                10_000,
                10_000,
                10_000,
                65_536,
                4_000,
                MAX_ROOMS,
                MAX_FROM_ONE_ADDRESS,
                maxWaitingBytesPerSession);
        input = new InputBudget(maxWaitingBytes, 0);
        UserLookup people = new UserLookup(guests, id -> directory.person(id), reading, committers);
        Clock wall = Clock.systemUTC();
        authentication = SignInKit.authentication(tokens, Map.of("Builds", KEY), this::person, reading);
        signOuts = new SignOuts(committers, wall, userSessions);
        limits = new RateLimits(rates, room -> room.startsWith("game-"), clock);
        NodeContext services = new NodeContext(
                "0.1.0",
                settings,
                codec,
                rooms,
                guests,
                people,
                authentication,
                SignInKit.principals(Set.of(MODERATOR), onlyModeratorsCreateRooms),
                userSessions,
                signOuts,
                input,
                limits,
                executor,
                closing,
                clock,
                wall);
        registry = new SessionRegistry(services, MAX_FROM_ONE_ADDRESS, mostSessions, false);
        publisher = new Publisher(services);
    }

    private User person(String id) {
        try {
            return directory.person(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client of {@code warung.v1} that has connected. */
    Client connect() {
        return new Client(this, ChatSession.Mode.TEXT, "lobby");
    }

    /** A client that has signed in. */
    Client signedIn(String name) {
        Client client = connect();
        client.hello(name);
        settle();
        return client;
    }

    /** A client at an address that has signed in and joined the lobby. */
    Client from(String address, String name) {
        Client client = new Client(this, ChatSession.Mode.TEXT, "lobby", new ClientAddress(address, address));
        client.hello(name);
        client.join("lobby");
        settle();
        client.forget();
        return client;
    }

    /** A user whom the administrator has made a moderator. */
    Client moderator() {
        Client client = connect();
        client.helloAgain(tokens.ofGuest(new User(MODERATOR, "Moderator"), Instant.now()));
        settle();
        return client;
    }

    Client connectPlain(String room) {
        return new Client(this, ChatSession.Mode.PLAIN, room);
    }

    /** A client that has signed in and joined the lobby. */
    Client inLobby(String name) {
        Client client = connect();
        client.hello(name);
        client.join("lobby");
        settle();
        client.forget();
        return client;
    }

    /** The name that a new user gets for this wanted name. It stays taken. */
    String nameGivenFor(String name) {
        return guests.signIn(null, name, null, Set.of(), Instant.now(), () -> {})
                .claim()
                .user()
                .name();
    }

    /** A post over HTTP with this token or key. */
    CompletionStage<AppendResult> posts(String token, Command.Post post) {
        try {
            return authentication
                    .bearer("Bearer " + token)
                    .thenCompose(author -> publisher.execute(author, post, null));
        } catch (CommandRejectedException e) {
            throw new AssertionError(e);
        }
    }

    /** A token of a guest. */
    String tokenOf(User guest) {
        return tokens.ofGuest(guest, Instant.now());
    }

    /** Runs everything until nothing is left to do, except sends that complete on demand. */
    void settle() {
        while (executor.waiting() + writing.waiting() + reading.waiting() + closing.waiting() > 0) {
            executor.runAll();
            writing.runAll();
            reading.runAll();
            closing.runAll();
        }
    }

    /** Moves the clock; the timer ticks each second. */
    void passMs(long millis) {
        for (long left = millis; left > 0; left -= 1_000) {
            clock.moveMs(Math.min(left, 1_000));
            registry.tick();
            settle();
        }
    }
}
