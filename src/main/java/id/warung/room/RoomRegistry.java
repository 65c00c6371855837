package id.warung.room;

import id.warung.log.Committer;
import id.warung.log.MessageLog;
import id.warung.log.Written;
import id.warung.protocol.Reply;
import id.warung.protocol.RoomName;
import id.warung.pump.FatalErrors;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The rooms that somebody on this node reads. Thread-safe. */
public final class RoomRegistry {
    private final Function<String, Room.Parts> parts;
    private final Map<String, CompletableFuture<Room>> rooms = new ConcurrentHashMap<>();
    private final Set<Room> restless = ConcurrentHashMap.newKeySet();

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

    /** The log that keeps this room, for who reads it without joining. */
    public MessageLog log(String name) {
        return parts.apply(name).log();
    }

    /** Puts what one committer has written before the readers. Each committer has its own. */
    public Committer.Listener listener() {
        return new Publishing();
    }

    /** Has the rooms in which people come, go or write tell about it. Called by one thread, several times a second. */
    public void tick(long nowNanos) {
        for (Room room : List.copyOf(restless)) {
            restless.remove(room); // before it looks: what changes from now on puts it back
            if (room.tick(nowNanos)) {
                restless.add(room);
            }
        }
    }

    /** Somebody has read as far as this. */
    public void hasRead(String userId, Reply.Reads.Mark mark) {
        CompletableFuture<Room> inbox = rooms.get(RoomName.inboxOf(userId));
        if (inbox != null && inbox.isDone() && !inbox.isCompletedExceptionally()) {
            inbox.join().hasRead(mark);
        }
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
            return new Room(its.log().state(name), its, restless::add);
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (Error e) { // a future keeps it to itself
            FatalErrors.report(e);
            throw e;
        }
    }

    private final class Publishing implements Committer.Listener {
        private final Set<Room> touched = new HashSet<>(); // by the group that is being settled

        @Override
        public void written(Written written) {
            CompletableFuture<Room> opening = rooms.get(written.room());
            if (opening == null || opening.isCompletedExceptionally()) {
                return; // whoever opens it from now on reads it in the log
            }
            if (opening.isDone()) {
                opening.join().written(written);
                touched.add(opening.join());
            } else {
                CompletionStage<Void> unused = opening.thenAccept(room -> room.writtenMeanwhile(written));
            }
        }

        @Override
        public void flushed() {
            touched.forEach(Room::wake);
            touched.clear();
        }
    }
}
