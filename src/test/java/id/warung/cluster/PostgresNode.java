package id.warung.cluster;

import id.warung.kit.Postgres;
import id.warung.log.AppendCallback;
import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Committers;
import id.warung.log.Hints;
import id.warung.log.Posted;
import id.warung.log.command.CommandHandlers;
import id.warung.log.postgres.Connections;
import id.warung.log.postgres.PostgresStorage;
import id.warung.protocol.Codec;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.room.Pacing;
import id.warung.room.Presence;
import id.warung.room.Room;
import id.warung.room.RoomRegistry;
import id.warung.room.TailBudget;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** One of several nodes of this JVM over a database, with threads of its own, but no clients. */
final class PostgresNode implements AutoCloseable {
    private static final int WRITERS = 4;

    private final ExecutorService writing = Executors.newFixedThreadPool(WRITERS);
    private final ExecutorService reading = Executors.newFixedThreadPool(4);
    private final ExecutorService fanOut = Executors.newFixedThreadPool(2);
    private final ExecutorService hinting = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final PostgresStorage storage;
    private final Committers committers;
    private final RoomRegistry rooms;
    private final Cluster cluster;

    /** {@code listens} is whether it hears hints; {@code faults} changes how it sends them. */
    PostgresNode(String url, boolean listens, UnaryOperator<Hints> faults) throws IOException {
        EntryCodec entries = new EntryCodec();
        rooms = new RoomRegistry(name -> dependencies(entries));
        storage = PostgresStorage.open(
                Connections.to(url, Postgres.USER, "", 8),
                listens ? Connections.to(url, Postgres.USER, "", 1) : null,
                entries,
                Clock.systemUTC(),
                new PostgresStorage.Background(
                        Duration.ofSeconds(1), Duration.ofSeconds(5), null, room -> null, rooms::trimmed, hinting));
        cluster = new Cluster(
                faults.apply(storage.hints()),
                List.of(new Cluster.Shared(storage, room -> true)),
                rooms,
                users -> {},
                reading,
                System::nanoTime);
        committers =
                new Committers(WRITERS, storage.log(), () -> List.of(rooms.listener(), cluster.listener()), writing);
        cluster.start(() -> {});
        Future<?> unused = timer.scheduleWithFixedDelay(this::tick, 0, 100, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        rooms.tick(System.nanoTime());
        cluster.tick();
    }

    private Room.Dependencies dependencies(EntryCodec entries) {
        return new Room.Dependencies(
                storage.log(),
                committers,
                new Codec(new CommandHandlers(), 4_000),
                entries,
                fanOut,
                reading,
                new TailBudget(1_000_000),
                Pacing.NONE,
                1_000_000,
                new Presence.Times(1, 1, 1, System::nanoTime));
    }

    Room open(String name) {
        return rooms.open(name).toCompletableFuture().join();
    }

    /** Posts a message of Ana's; completes with its seq, when it was committed. */
    CompletableFuture<Long> post(Room room, String id, String text) {
        CompletableFuture<Long> seq = new CompletableFuture<>();
        Command.Post post = new Command.Post(room.name(), id, text);
        room.post(new AppendRequest(post, Posted.anybody(Posted.user("ana")), List.of(), result -> {
            if (result instanceof AppendResult.Committed committed) {
                seq.complete(committed.seq());
            } else {
                seq.completeExceptionally(new IllegalStateException(result.toString()));
            }
            return AppendCallback.NOTHING;
        }));
        return seq;
    }

    String trouble() {
        return cluster.trouble();
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        cluster.close();
        for (ExecutorService threads : List.of(writing, reading, fanOut, hinting)) {
            threads.shutdown();
        }
        storage.close();
    }
}
