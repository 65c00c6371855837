package id.warung.room;

import id.warung.log.CommittedEntry;
import id.warung.log.Committer;
import id.warung.log.MessageLog;
import id.warung.protocol.Reply;
import id.warung.protocol.RoomName;
import id.warung.pump.FatalErrors;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The open rooms of this node: those with readers, and for a while those that were requested. Idle rooms are closed
 * after every thousand that were opened, so that naming rooms costs no memory. Thread-safe.
 */
public final class RoomRegistry {
    private static final int MOST_OPENED = 1_000;

    private final Function<String, Room.Dependencies> dependencies;
    private final Map<String, CompletableFuture<Room>> rooms = new ConcurrentHashMap<>();
    private final Set<Room> roomsToTick = ConcurrentHashMap.newKeySet();
    private volatile RoomPart.Listener others; // null: there are no other nodes
    private final AtomicInteger opened = new AtomicInteger(); // since the last search for idle rooms

    /** Creates the registry; {@code dependencies} gives the shared components of a room by its name. */
    public RoomRegistry(Function<String, Room.Dependencies> dependencies) {
        this.dependencies = dependencies;
    }

    /**
     * The open room, read from the log if necessary; then it completes on the log's thread. Fails with an IOException; the next call
     * tries again.
     */
    public CompletionStage<Room> open(String name) {
        CompletableFuture<Room> there = rooms.get(name);
        return isGood(there) ? there : rooms.compute(name, this::opening);
    }

    /**
     * The same for who cannot do with a room that is behind its log: unless the room satisfies this, it reads what it lacks first. Fails
     * with an IOException too when the log cannot be read for that.
     */
    public CompletionStage<Room> open(String name, Predicate<Room> upToDate) {
        return open(name)
                .thenCompose(room -> upToDate.test(room) ? CompletableFuture.completedStage(room) : room.whole());
    }

    /** Not one that failed, nor a room that was abandoned. */
    private static boolean isGood(CompletableFuture<Room> opening) {
        return opening != null
                && !opening.isCompletedExceptionally()
                && !(opening.isDone() && opening.join().isClosed());
    }

    private CompletableFuture<Room> opening(String name, CompletableFuture<Room> there) {
        return isGood(there)
                ? there
                : CompletableFuture.supplyAsync(
                        () -> read(name), dependencies.apply(name).blocking());
    }

    /** The log of this room, for reading it without joining. */
    public MessageLog log(String name) {
        return dependencies.apply(name).log();
    }

    /** Everybody in the room who is known by name, here and on other nodes; nobody when nobody is here on this node. */
    public RoomPart everybody(String name) {
        CompletableFuture<Room> opening = rooms.get(name);
        return isGood(opening) && opening.isDone() ? opening.join().everybody() : RoomPart.NOBODY;
    }

    /** How many users are in the room, here and on other nodes; 0 when nobody is here on this node. */
    public int count(String name) {
        CompletableFuture<Room> opening = rooms.get(name);
        return isGood(opening) && opening.isDone() ? opening.join().count() : 0;
    }

    /** A listener that passes what one committer has written to the readers. Each committer has its own. */
    public Committer.Listener listener() {
        return new Publishing();
    }

    /** The room's entries are kept from {@code first} on. Any thread may call it. */
    public void trimmed(String name, long first) {
        whenOpen(name, room -> room.discard(first));
    }

    /** Another node may have written something in this room. Any thread may call it. */
    public void pull(String name) {
        whenOpen(name, Room::pull);
    }

    /** The log's head of this room was at this seq a moment ago; 0 when the room did not exist. Any thread may call it. */
    public void pull(String name, long seq) {
        whenOpen(name, room -> room.pull(seq));
    }

    /** The names of the open rooms that satisfy this. Any thread may call it. */
    public List<String> names(Predicate<String> which) {
        return rooms.keySet().stream().filter(which).toList();
    }

    /** The logs of these rooms are others now: closes the rooms, and asks their readers to come back. Any thread may call it. */
    public void abandon(Predicate<String> which) {
        rooms.keySet().stream().filter(which).forEach(name -> whenOpen(name, Room::abandon));
    }

    /** Tells other nodes who is in the rooms of this one. Called once, before anybody comes in. */
    public void tellOthers(RoomPart.Listener listener) {
        others = listener;
    }

    /** Who is in the room on other nodes. Any thread may call it. */
    public void setOthers(String name, Collection<RoomPart> parts) {
        whenOpen(name, room -> room.setOthers(parts));
    }

    private void whenOpen(String name, Consumer<Room> something) {
        CompletableFuture<Room> opening = rooms.get(name);
        if (opening != null && !opening.isCompletedExceptionally()) {
            CompletionStage<Void> unused = opening.thenAccept(something);
        }
    }

    /** Publishes the transient state of the rooms in which it changes. Called by one thread, several times a second. */
    public void tick(long nowNanos) {
        for (Room room : List.copyOf(roomsToTick)) {
            roomsToTick.remove(room); // before the tick: later changes put the room back
            if (room.tick(nowNanos, others)) {
                roomsToTick.add(room);
            }
        }
    }

    /** The user has read this far. */
    public void hasRead(String userId, Reply.Reads.Mark mark) {
        whenOpen(RoomName.inboxOf(userId), inbox -> inbox.hasRead(mark));
    }

    /** So much is unread in rooms that the user is in without reading them now. */
    public void counted(String userId, Collection<Reply.Unread.Count> counts) {
        whenOpen(RoomName.inboxOf(userId), inbox -> inbox.counted(counts));
    }

    /** The number of open rooms. */
    public int count() {
        return rooms.size();
    }

    /** The number of rooms in the next tick. */
    int toTick() {
        return roomsToTick.size();
    }

    /** Closes the rooms without readers. */
    public void closeIdle() {
        opened.set(0);
        for (String name : rooms.keySet()) {
            rooms.computeIfPresent(name, (n, opening) -> { // atomically, so that nobody opens it meanwhile
                if (!opening.isDone()
                        || (!opening.isCompletedExceptionally()
                                && !opening.join().closeIfIdle())) {
                    return opening;
                }
                dependencies.apply(n).log().roomClosed(n);
                closed(n);
                return null;
            });
        }
    }

    private void closed(String name) {
        if (others != null) {
            others.changed(name, RoomPart.NOBODY); // somebody may have left it a moment before
        }
    }

    private Room read(String name) {
        if (opened.incrementAndGet()
                >= Math.max(MOST_OPENED, rooms.size() / 4)) { // checking all rooms takes long where there are many
            closeIdle();
        }
        try {
            Room.Dependencies its = dependencies.apply(name);
            return new Room(its.log().state(name), its, roomsToTick::add);
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (Error e) { // otherwise the future swallows it
            FatalErrors.report(e);
            throw e;
        }
    }

    private final class Publishing implements Committer.Listener {
        private final Set<Room> touched = new HashSet<>(); // by the group that is being settled

        @Override
        public void onCommitted(CommittedEntry written) {
            CompletableFuture<Room> opening = rooms.get(written.room());
            if (!isGood(opening)) {
                return; // if the room is opened from now on, it reads the entry from the log
            }
            if (opening.isDone()) {
                opening.join().onCommitted(written);
                touched.add(opening.join());
            } else { // if the room is requested from now on, it includes this entry
                rooms.computeIfPresent(
                        written.room(),
                        (name, its) -> its.thenApply(room -> {
                            room.onCommitted(written); // nothing, if it was read already
                            room.wake();
                            return room;
                        }));
            }
        }

        @Override
        public void onGroupCommitted() {
            touched.forEach(Room::wake);
            touched.clear();
        }
    }
}
