package id.warung.endpoint;

import id.warung.identity.ApiKeys;
import id.warung.identity.ClientAddress;
import id.warung.identity.Guests;
import id.warung.identity.Identity;
import id.warung.identity.WarungTokens;
import id.warung.kit.ManualClock;
import id.warung.kit.ManualExecutor;
import id.warung.kit.SignInKit;
import id.warung.log.AppendCallback;
import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Committer;
import id.warung.log.Committers;
import id.warung.log.Directory;
import id.warung.log.MessageLog;
import id.warung.log.Principal;
import id.warung.log.command.CommandHandlers;
import id.warung.log.memory.MemoryLog;
import id.warung.protocol.Codec;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.User;
import id.warung.room.Frame;
import id.warung.room.Pacing;
import id.warung.room.Presence;
import id.warung.room.Room;
import id.warung.room.RoomRegistry;
import id.warung.room.TailBudget;
import id.warung.session.Authentication;
import id.warung.session.ChatSession;
import id.warung.session.InputBudget;
import id.warung.session.NodeContext;
import id.warung.session.Principals;
import id.warung.session.Publisher;
import id.warung.session.RateLimits;
import id.warung.session.Rates;
import id.warung.session.SessionRegistry;
import id.warung.session.SessionSettings;
import id.warung.session.SignOuts;
import id.warung.session.Transport;
import id.warung.session.UserLookup;
import id.warung.session.UserSessions;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** One node with WebSocket and HTTP and everything behind them except a container, run by hand: nothing happens until {@link #settle}. */
final class Doors {
    static final String MODERATOR = "u-moderator";
    static final String KEY = "0123456789abcdefXYZ";
    private static final long PLENTY = 1_000_000_000;

    final WarungTokens tokens = new WarungTokens(new byte[32], Clock.systemUTC());
    final Authentication authentication;
    final Principals principals;
    final Guests guests;
    final History history;
    final Listings listings; // null where nothing is listed
    private final ManualExecutor executor = new ManualExecutor();
    private final ManualClock clock = new ManualClock();
    private final RoomRegistry rooms;
    private final SessionRegistry registry;
    private final Publisher publisher;
    /** What should have been written but was not. */
    final List<String> faults = new ArrayList<>();

    /** Rooms whose names start with {@code game-} are ephemeral. */
    Doors(MessageLog log, Directory directory, boolean onlyModeratorsCreateRooms) {
        Codec codec = new Codec(new CommandHandlers(), 4_000);
        ApiKeys keys = new ApiKeys(Map.of("Builds", KEY));
        Map<Boolean, Room.Dependencies> parts = new HashMap<>();
        rooms = new RoomRegistry(name -> parts.get(name.startsWith("game-")));
        Committers committers = new Committers(new Committer(log, rooms.listener(), executor));
        MessageLog memory =
                new MemoryLog(new EntryCodec(), Clock.systemUTC(), 1_000, 1_000_000_000, (room, first) -> {});
        parts.put(false, parts(log, committers, codec));
        parts.put(true, parts(memory, new Committers(new Committer(memory, rooms.listener(), executor)), codec));
        SessionSettings settings = new SessionSettings(25_000, 10_000, 10_000, 10_000, 65_536, 4_000, 128, 0, PLENTY);
        guests = new Guests(tokens, keys.users());
        authentication = SignInKit.authentication(tokens, Map.of("Builds", KEY), id -> person(directory, id), executor);
        principals = SignInKit.principals(Set.of(MODERATOR), onlyModeratorsCreateRooms);
        Clock wall = Clock.systemUTC();
        UserSessions userSessions = new UserSessions();
        UserLookup people =
                new UserLookup(guests, id -> directory == null ? null : directory.person(id), executor, committers);
        InputBudget input = new InputBudget(PLENTY, 65_536);
        RateLimits limits = new RateLimits(Rates.NONE, room -> false, clock);
        NodeContext services = new NodeContext(
                "0.1.0",
                settings,
                codec,
                rooms,
                guests,
                people,
                authentication,
                principals,
                userSessions,
                new SignOuts(committers, wall, userSessions),
                input,
                limits,
                executor,
                executor,
                clock,
                wall);
        registry = new SessionRegistry(services, 0);
        publisher = new Publisher(services);
        history = new History(rooms, codec, 65_536);
        listings = directory == null ? null : new Listings(directory, guests, rooms, Listings.Elsewhere.NOWHERE);
    }

    private static User person(Directory directory, String id) {
        try {
            return directory == null ? null : directory.person(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Room.Dependencies parts(MessageLog log, Committers committers, Codec codec) {
        TailBudget tails = new TailBudget(PLENTY);
        Presence.Times times = new Presence.Times(5_000_000_000L, 1_000_000_000L, 6_000_000_000L, clock);
        return new Room.Dependencies(
                log, committers, codec, new EntryCodec(), executor, executor, tails, Pacing.NONE, PLENTY, times);
    }

    void settle() {
        executor.runAll();
    }

    /** Writes a command as if the author had all roles. */
    void writes(User author, Command.Durable command, User... known) {
        Principal mighty = new Principal(author, Set.of(Principal.Right.values()));
        CompletionStage<Void> unused = rooms.open(command.room())
                .thenAccept(room -> room.post(new AppendRequest(command, mighty, List.of(known), result -> {
                    if (!(result instanceof AppendResult.Committed)) {
                        faults.add(command + " became " + result);
                    }
                    return AppendCallback.NOTHING;
                })));
    }

    /** The seq of this text in the log of a room. */
    long seqBy(String room, String text) throws IOException {
        EntryCodec codec = new EntryCodec();
        return rooms.log(room).read(room, 0, 100).entries().stream()
                .filter(entry -> text.equals(codec.textOf(entry.json())))
                .mapToLong(entry -> entry.seq())
                .findFirst()
                .orElse(1);
    }

    CompletionStage<AppendResult> post(Identity author, Command.Post post) {
        return publisher.execute(author, post, null);
    }

    Caller connect(ChatSession.Mode mode, String plainRoom) {
        return new Caller(mode, plainRoom);
    }

    /** The client's end of a connection, which reads everything at once. */
    final class Caller implements Transport {
        private final List<Frame> sent = new ArrayList<>();
        private final ChatSession session;
        int closeCode;
        private int forgotten;

        private Caller(ChatSession.Mode mode, String plainRoom) {
            session = registry.open(this, mode, plainRoom, ClientAddress.UNKNOWN, null);
        }

        void says(String json) {
            session.text(json);
        }

        void gone() {
            session.gone();
        }

        void forget() {
            forgotten = sent.size();
        }

        /** The events since the last {@link #forget}. */
        List<JsonObject> events() {
            List<JsonObject> events = new ArrayList<>();
            for (Frame frame : sent.subList(forgotten, sent.size())) {
                Json.createReader(new StringReader(frame.text())).readArray().stream()
                        .map(JsonValue::asJsonObject)
                        .forEach(events::add);
            }
            return events;
        }

        List<JsonObject> events(String type) {
            return events().stream()
                    .filter(event -> event.getString("type").equals(type))
                    .toList();
        }

        @Override
        public void send(Frame frame, Completion completion) {
            sent.add(frame);
            completion.done(null);
        }

        @Override
        public void ping(long n) {
            // time stands still
        }

        @Override
        public void close(int code, String reason) {
            closeCode = code;
        }

        @Override
        public String sessionId() {
            return "caller";
        }

        @Override
        public boolean confirmsDelivery() {
            return true;
        }
    }
}
