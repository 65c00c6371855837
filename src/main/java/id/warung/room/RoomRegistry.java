package id.warung.room;

import id.warung.log.Position;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The rooms that somebody on this node reads. Thread-safe. */
public final class RoomRegistry {
    private final Room.Parts parts;
    private final Map<String, CompletableFuture<Room>> rooms = new ConcurrentHashMap<>();

    public RoomRegistry(Room.Parts parts) {
        this.parts = parts;
    }

    /** The room, read from the log if need be; then it completes on the log's thread. Fails with an IOException. */
    public CompletionStage<Room> open(String name) {
        CompletableFuture<Room> opening =
                rooms.computeIfAbsent(name, n -> CompletableFuture.supplyAsync(() -> read(n), parts.blocking()));
        if (opening.isCompletedExceptionally()) {
            rooms.remove(name, opening); // so that the next one tries again
        }
        return opening;
    }

    /** Forgets the rooms that nobody reads; their logs stay. */
    public void closeIdle() {
        rooms.forEach((name, opening) -> {
            Room room = opening.isCompletedExceptionally() ? null : opening.getNow(null);
            if (opening.isDone() && (room == null || room.closeIfIdle())) {
                rooms.remove(name, opening);
            }
        });
    }

    private Room read(String name) {
        try {
            Position head = parts.log().head(name);
            return new Room(name, head, parts);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
