package id.warung.room;

import id.warung.log.MessageLog;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The rooms that somebody on this node reads. Thread-safe. */
public final class RoomRegistry {
    private final Function<String, Room.Parts> parts;
    private final Map<String, CompletableFuture<Room>> rooms = new ConcurrentHashMap<>();

    /** Asks for the parts of a room by its name. */
    public RoomRegistry(Function<String, Room.Parts> parts) {
        this.parts = parts;
    }

    /** The room, read from the log if need be; then it completes on the log's thread. Fails with an IOException; the next one tries again. */
    public CompletionStage<Room> open(String name) {
        CompletableFuture<Room> there = rooms.get(name);
        return isGood(there) ? there : rooms.compute(name, this::opening);
    }

    private static boolean isGood(CompletableFuture<Room> opening) {
        return opening != null && !opening.isCompletedExceptionally();
    }

    private CompletableFuture<Room> opening(String name, CompletableFuture<Room> there) {
        return isGood(there)
                ? there
                : CompletableFuture.supplyAsync(
                        () -> read(name), parts.apply(name).blocking());
    }

    /** Entries after a seq, whether or not somebody reads the room. Blocks; for HTTP. */
    public MessageLog.Page history(String name, long after, int limit) throws IOException {
        return parts.apply(name).log().read(name, after, limit);
    }

    /** Entries before a seq, the latest of them. Blocks; for HTTP. */
    public MessageLog.Page historyBefore(String name, long before, int limit) throws IOException {
        return parts.apply(name).log().readBefore(name, before, limit);
    }

    /** Forgets the rooms that nobody reads. */
    public void closeIdle() {
        for (String name : rooms.keySet()) {
            rooms.computeIfPresent(name, (n, opening) -> { // at one stroke, so that nobody opens it meanwhile
                if (!opening.isDone()
                        || (!opening.isCompletedExceptionally()
                                && !opening.join().closeIfIdle())) {
                    return opening;
                }
                parts.apply(n).log().roomClosed(n);
                return null;
            });
        }
    }

    private Room read(String name) {
        try {
            Room.Parts its = parts.apply(name);
            return new Room(name, its.log().head(name), its);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
