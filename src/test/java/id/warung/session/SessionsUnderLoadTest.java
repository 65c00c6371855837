package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.identity.Guests;
import id.warung.identity.WarungTokens;
import id.warung.kit.SignInKit;
import id.warung.log.Committer;
import id.warung.log.Committers;
import id.warung.log.ScriptedLog;
import id.warung.log.command.CommandHandlers;
import id.warung.protocol.Codec;
import id.warung.protocol.EntryCodec;
import id.warung.room.Frame;
import id.warung.room.Pacing;
import id.warung.room.Presence;
import id.warung.room.Room;
import id.warung.room.RoomRegistry;
import id.warung.room.TailBudget;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real threads on every side: the promises of the protocol hold whichever thread is faster. */
class SessionsUnderLoadTest {
    private static final int POSTERS = 4;
    private static final int POSTS = 500;
    private static final int MOVERS = 4;
    private static final int MOVES = 1_500;

    private final List<ExecutorService> pools = new ArrayList<>();
    private final ExecutorService container = pool(2);
    private final ExecutorService clients = pool(POSTERS + MOVERS);
    private final ScriptedLog log = new ScriptedLog();
    private final SessionRegistry registry = registry();

    private ExecutorService pool(int threads) {
        pools.add(Executors.newFixedThreadPool(threads));
        return pools.get(pools.size() - 1);
    }

    private SessionRegistry registry() {
        ExecutorService fanOut = pool(2);
        Codec codec = new Codec(new CommandHandlers(), 4_000);
        AtomicReference<Room.Dependencies> parts = new AtomicReference<>();
        RoomRegistry rooms = new RoomRegistry(name -> parts.get());
        Committers committers = new Committers(new Committer(log, rooms.listener(), pool(1)));
        parts.set(new Room.Dependencies(
                log,
                committers,
                codec,
                new EntryCodec(),
                fanOut,
                pool(2),
                new TailBudget(50_000),
                Pacing.NONE,
                1_000_000,
                new Presence.Times(1, 1, 1, System::nanoTime)));
        SessionSettings settings = new SessionSettings(25_000, 10_000, 10_000, 10_000, 65_536, 4_000, 128, 0, 1 << 30);
        Clock wall = Clock.systemUTC();
        WarungTokens tokens = new WarungTokens(new byte[32], wall);
        Guests guests = new Guests(tokens, List.of());
        UserSessions userSessions = new UserSessions();
        return new SessionRegistry(
                new NodeContext(
                        "0.1.0",
                        settings,
                        codec,
                        rooms,
                        guests,
                        new UserLookup(guests, id -> null, fanOut, committers),
                        SignInKit.authentication(tokens, Map.of(), id -> null, fanOut),
                        SignInKit.principals(Set.of(), false),
                        userSessions,
                        new SignOuts(committers, wall, userSessions),
                        new InputBudget(1 << 30, 65_536),
                        new RateLimits(Rates.NONE, room -> false, System::nanoTime),
                        fanOut,
                        pool(1),
                        System::nanoTime,
                        wall),
                0);
    }

    @AfterEach
    void end() {
        pools.forEach(ExecutorService::shutdownNow);
    }

    /** A connection whose sends complete on a container's thread, or at once. */
    private final class Connection implements Transport {
        private final List<Frame> sent = new ArrayList<>();
        private final AtomicInteger inFlight = new AtomicInteger();
        private final AtomicInteger broken = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public void send(Frame frame, Completion completion) {
            if (inFlight.incrementAndGet() != 1) {
                broken.incrementAndGet();
            }
            boolean inline;
            synchronized (sent) {
                sent.add(frame);
                inline = sent.size() % 3 == 0;
            }
            if (inline) {
                complete(completion);
            } else {
                container.execute(() -> complete(completion));
            }
        }

        private void complete(Completion completion) {
            inFlight.decrementAndGet();
            completion.done(null);
            completion.done(null);
        }

        @Override
        public void ping(long n) {
            broken.incrementAndGet(); // nobody requested any
        }

        @Override
        public void close(int code, String reason) {
            closed.set(code);
        }

        @Override
        public String sessionId() {
            return "caller";
        }

        @Override
        public boolean confirmsDelivery() {
            return true;
        }

        List<JsonObject> events() {
            List<JsonObject> events = new ArrayList<>();
            synchronized (sent) {
                for (Frame frame : sent) {
                    Json.createReader(new StringReader(frame.text())).readArray().stream()
                            .map(JsonValue::asJsonObject)
                            .forEach(events::add);
                }
            }
            return events;
        }

        boolean hasRead(int seq) {
            String entry = "\"seq\":" + seq + ",\"n\"";
            synchronized (sent) {
                return sent.stream().anyMatch(frame -> frame.text().contains(entry));
            }
        }

        long count(String type) {
            String event = "{\"type\":\"" + type + "\"";
            synchronized (sent) {
                return sent.stream()
                        .mapToLong(frame -> frame.text().split(Pattern.quote(event), -1).length - 1L)
                        .sum();
            }
        }
    }

    private void posts(ChatSession session, int poster) {
        session.text("{\"type\":\"hello\",\"name\":\"poster " + poster + "\"}");
        session.text("{\"type\":\"join\",\"room\":\"lobby\"}");
        for (int n = 0; n < POSTS; n++) {
            session.text("{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"c-" + n + "\",\"text\":\"" + n + "\"}");
        }
    }

    private void moves(ChatSession session, int mover) {
        session.text("{\"type\":\"hello\",\"name\":\"mover " + mover + "\"}");
        for (int n = 0; n < MOVES; n++) {
            session.text("{\"type\":\"join\",\"room\":\"lobby\",\"last\":" + n % 7 + "}");
            if (n % 3 == mover % 3) {
                session.text("{\"type\":\"leave\",\"room\":\"lobby\"}");
            }
        }
        session.text("{\"type\":\"join\",\"room\":\"lobby\",\"last\":0}");
    }

    @Test
    void allPromisesHoldUnderLoad() throws Exception {
        List<Connection> posting = new ArrayList<>();
        List<Connection> moving = new ArrayList<>();
        List<Future<?>> talking = new ArrayList<>();
        for (int i = 0; i < POSTERS + MOVERS; i++) {
            Connection connection = new Connection();
            ChatSession session = registry.open(connection, ChatSession.Mode.TEXT, "lobby", SessionNode.ANYWHERE, null);
            int number = i;
            if (i < POSTERS) {
                posting.add(connection);
                talking.add(clients.submit(() -> posts(session, number)));
            } else {
                moving.add(connection);
                talking.add(clients.submit(() -> moves(session, number)));
            }
        }
        for (Future<?> client : talking) {
            client.get();
        }
        int all = POSTERS * POSTS;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> posting.stream().allMatch(poster -> poster.count("ack") == POSTS && poster.hasRead(all))
                        && moving.stream().allMatch(mover -> mover.count("joined") == MOVES + 1));

        assertThat(log.texts("lobby")).hasSize(all);
        posting.forEach(this::checkAcks);
        posting.forEach(connection -> checkOrder(connection, 50));
        moving.forEach(connection -> checkOrder(connection, 7));
        assertThat(posting)
                .allSatisfy(connection -> assertThat(connection.broken).hasValue(0));
        assertThat(moving)
                .allSatisfy(connection -> assertThat(connection.broken).hasValue(0));
        assertThat(moving)
                .allSatisfy(connection -> assertThat(connection.closed).hasValue(0));
        assertThat(registry.count()).isEqualTo(POSTERS + MOVERS);
    }

    private void checkAcks(Connection poster) {
        Set<String> ids = new HashSet<>();
        Set<Integer> seqs = new HashSet<>();
        for (JsonObject event : poster.events()) {
            if (event.getString("type").equals("ack")) {
                assertThat(ids.add(event.getString("id"))).isTrue();
                assertThat(seqs.add(event.getInt("seq"))).isTrue();
            }
        }
        assertThat(ids).hasSize(POSTS);
    }

    /** Entries come only between joined and left, from the position in joined, without a gap. */
    private void checkOrder(Connection reader, int mostBefore) {
        long next = -1; // not in the room
        boolean first = false;
        for (JsonObject event : reader.events()) {
            switch (event.getString("type")) {
                case "joined" -> {
                    next = event.getInt("head") + 1L;
                    first = true;
                }
                case "left" -> next = -1;
                case "message" -> {
                    long seq = event.getInt("seq");
                    assertThat(next).as("a message before joined or after left").isPositive();
                    if (first) {
                        assertThat(seq).isBetween(next - mostBefore, next);
                        first = false;
                    } else {
                        assertThat(seq).isEqualTo(next);
                    }
                    next = seq + 1;
                }
                default -> {
                    // not about entries
                }
            }
        }
    }
}
