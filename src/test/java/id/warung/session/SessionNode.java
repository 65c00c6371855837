package id.warung.session;

import id.warung.identity.ClientAddress;
import id.warung.identity.GuestTokens;
import id.warung.identity.Guests;
import id.warung.kit.ManualClock;
import id.warung.kit.ManualExecutor;
import id.warung.log.Committer;
import id.warung.log.MessageLog;
import id.warung.log.ScriptedLog;
import id.warung.log.command.CommandHandlers;
import id.warung.protocol.Codec;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.User;
import id.warung.room.Presence;
import id.warung.room.Room;
import id.warung.room.RoomRegistry;
import id.warung.room.TailBudget;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** One node with everything except a container, run by hand: nothing happens until {@link #settle}. */
final class SessionNode {
    static final long PLENTY = 1_000_000_000;
    static final int MAX_ROOMS = 3;
    static final int MAX_FROM_ONE_ADDRESS = 5;
    /** The address of clients that are not counted. */
    static final ClientAddress ANYWHERE = new ClientAddress("127.0.0.1", null);

    static final String MODERATOR = "u-moderator";
    static final User BACK_END = new User("b-1", "Builds");

    final ManualClock clock = new ManualClock();
    final ManualExecutor executor = new ManualExecutor();
    final ManualExecutor writing = new ManualExecutor();
    final ManualExecutor reading = new ManualExecutor();
    final ManualExecutor closing = new ManualExecutor();
    final ScriptedLog log;
    final GuestTokens tokens = new GuestTokens(new byte[32]);
    final Guests guests = new Guests(tokens, List.of(BACK_END));
    final RoomRegistry rooms;
    final InputBudget input;
    final SessionRegistry registry;
    final Publisher publisher;
    /** The names under which users are known. */
    UserLookup.Directory directory = id -> null;

    SessionNode() {
        this(PLENTY, 4 * 1024 * 1024);
    }

    SessionNode(long maxWaitingBytes, long maxWaitingBytesPerSession) {
        this(new ScriptedLog(), PLENTY, maxWaitingBytes, maxWaitingBytesPerSession, false);
    }

    /** Uses an existing log. */
    SessionNode(MessageLog log, long maxTailBytes) {
        this(new ScriptedLog(log), maxTailBytes, PLENTY, PLENTY, false);
    }

    static SessionNode whereModeratorsMakeRooms() {
        return new SessionNode(new ScriptedLog(), PLENTY, PLENTY, PLENTY, true);
    }

    private SessionNode(
            ScriptedLog log,
            long maxTailBytes,
            long maxWaitingBytes,
            long maxWaitingBytesPerSession,
            boolean onlyModeratorsCreateRooms) {
        this.log = log;
        Codec codec = new Codec(new CommandHandlers(), 4_000);
        AtomicReference<Room.Dependencies> parts = new AtomicReference<>();
        rooms = new RoomRegistry(name -> {
            if (name.equals("bug")) {
                throw new IllegalStateException("scripted");
            }
            return parts.get();
        });
        Committer committer = new Committer(log, rooms.listener(), writing);
        parts.set(new Room.Dependencies(
                log,
                committer,
                codec,
                new EntryCodec(),
                executor,
                reading,
                new TailBudget(maxTailBytes),
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
                maxWaitingBytesPerSession,
                Set.of(MODERATOR),
                onlyModeratorsCreateRooms);
        input = new InputBudget(maxWaitingBytes, 0);
        UserLookup people = new UserLookup(guests, id -> directory.person(id), reading, committer);
        NodeContext services =
                new NodeContext("0.1.0", settings, codec, rooms, guests, people, input, executor, closing, clock);
        registry = new SessionRegistry(services, MAX_FROM_ONE_ADDRESS);
        publisher = new Publisher(services);
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
        client.helloAgain(tokens.issue(new User(MODERATOR, "Moderator")));
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
        try {
            return guests.signIn(new Command.Hello(null, name), null, () -> {})
                    .claim()
                    .user()
                    .name();
        } catch (CommandRejectedException e) {
            throw new AssertionError(e);
        }
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
