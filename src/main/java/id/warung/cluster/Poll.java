package id.warung.cluster;

import id.warung.log.SharedStorage;
import id.warung.log.SharedStorage.Version;
import id.warung.protocol.RoomName;
import id.warung.pump.FatalErrors;
import id.warung.pump.Pump;
import id.warung.room.RoomRegistry;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks once a second how far the open rooms are in the storage, in one query, and has those read that are behind. More rarely when the
 * query takes long; not at all when no room is open. Thread-safe; never blocks its caller.
 */
final class Poll {
    private static final Logger LOG = System.getLogger(Poll.class.getName());
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SHARE = 50; // looking takes one part in this many of the time
    /** However long looking takes, the next look comes: sign-outs are noticed within five seconds. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final int RECENT = 10; // read marks of an inbox from just before this node knew its version

    private final List<Place> places;
    private final RoomRegistry rooms;
    private final Consumer<Collection<String>> accounts;
    private final LongSupplier clock;
    private final Pump pump;
    private volatile Supplier<Collection<String>> users = List::of; // their ids
    private volatile boolean asked; // not to wait until it is due
    private volatile long due; // written by the pump only, as are the next two
    private volatile long notBefore;
    private boolean failing;

    /** A storage, and the versions of its rooms that this node knows; the pump's own. */
    private record Place(Cluster.Shared shared, Map<String, Long> versions) {}

    Poll(
            List<Cluster.Shared> storages,
            RoomRegistry rooms,
            Consumer<Collection<String>> accounts,
            Executor reading,
            LongSupplier clock) {
        this.places = storages.stream()
                .map(shared -> new Place(shared, new HashMap<>()))
                .toList();
        this.rooms = rooms;
        this.accounts = accounts;
        this.clock = clock;
        this.pump = new Pump("poll of the open rooms", this::step, reading, 1);
        this.due = clock.getAsLong();
        this.notBefore = due;
    }

    /** Looks after the inboxes of these users too, whether they are open or not: the users have sessions here. Called once, at the start. */
    void follow(Supplier<Collection<String>> sessions) {
        users = sessions;
    }

    /** Looks if it is time. */
    void tick() {
        if (isDue(clock.getAsLong())) {
            pump.wake();
        }
    }

    /** Looks as soon as possible. */
    void soon() {
        asked = true;
        tick();
    }

    private boolean isDue(long now) {
        return now - notBefore >= 0 && (asked || now - due >= 0);
    }

    private Pump.Step step() {
        long begin = clock.getAsLong();
        if (!isDue(begin)) {
            return Pump.Step.IDLE; // several ticks while it waited for a thread
        }
        asked = false;
        try {
            for (Place place : places) {
                look(place);
            }
            failing = false;
        } catch (IOException | RuntimeException | Error e) {
            FatalErrors.report(e);
            failed(e);
        }
        long took = clock.getAsLong() - begin;
        notBefore = begin + Math.min(SHARE * took, took + LONGEST_NANOS);
        due = begin + INTERVAL_NANOS;
        return Pump.Step.IDLE;
    }

    private void look(Place place) throws IOException {
        Map<String, Long> versions = place.versions();
        List<String> open = Stream.concat(
                        rooms.names(place.shared().rooms()).stream(),
                        users.get().stream()
                                .map(RoomName::inboxOf)
                                .filter(place.shared().rooms()))
                .distinct()
                .toList();
        versions.keySet().retainAll(open);
        if (open.isEmpty()) {
            return;
        }
        SharedStorage storage = place.shared().storage();
        Map<String, Long> inboxes = new HashMap<>(); // those with news, and since which version
        Map<String, Version> found = storage.versions(open);
        for (String name : open) {
            Version now = found.get(name);
            if (now == null) {
                rooms.pull(name, 0);
                continue;
            }
            rooms.pull(name, now.head());
            long before = versions.getOrDefault(name, now.version() - RECENT);
            boolean changed = before != now.version();
            if (changed && RoomName.isInbox(name)) {
                inboxes.put(name, before);
            } else if (changed) {
                if (versions.put(name, now.version()) != null) {
                    rooms.pull(name); // it was read with its version when it was opened
                }
            }
        }
        if (!inboxes.isEmpty()) {
            storage.readsSince(inboxes)
                    .forEach((name, marks) -> marks.forEach(mark -> rooms.hasRead(RoomName.ownerOf(name), mark)));
            accounts.accept(inboxes.keySet().stream().map(RoomName::ownerOf).toList());
            inboxes.keySet().forEach(name -> versions.put(name, found.get(name).version()));
        }
    }

    private void failed(Throwable failure) {
        if (!failing) {
            LOG.log(
                    Logger.Level.WARNING,
                    "News of other nodes could not be looked for; this is tried again each second",
                    failure);
        }
        failing = true;
    }
}
