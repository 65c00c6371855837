package id.warung.cluster;

import id.warung.log.CommittedEntry;
import id.warung.log.Committer;
import id.warung.log.Hints;
import id.warung.log.SharedStorage;
import id.warung.room.RoomRegistry;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Connects this node with the others that share its storage: sends hints about what it has written, and has the open rooms read what the
 * others have written. Hints make that fast; {@link Poll} makes it certain. Thread-safe; never blocks.
 */
public final class Cluster implements AutoCloseable {
    /** A storage that several nodes share, and which rooms it has. */
    public record Shared(SharedStorage storage, Predicate<String> rooms) {}

    private final Hints hints;
    private final List<Shared> storages;
    private final RoomRegistry rooms;
    private final Poll poll;

    /**
     * Creates it; nothing happens before {@link #start}.
     *
     * @param accounts receives the ids of users whose account may have changed, or whose inbox was just opened here: they may have signed
     *     out on another node. Called on the executor
     * @param reading reads the storages; may block
     * @param clock monotonic, in nanoseconds
     */
    public Cluster(
            Hints hints,
            List<Shared> storages,
            RoomRegistry rooms,
            Consumer<Collection<String>> accounts,
            Executor reading,
            LongSupplier clock) {
        this.hints = hints;
        this.storages = List.copyOf(storages);
        this.rooms = rooms;
        this.poll = new Poll(this.storages, rooms, accounts, reading, clock);
    }

    /**
     * Starts to listen. Call it before anything is read.
     *
     * @param people called when a hint says that another node says something new about people; must not block
     */
    public void start(Runnable people) {
        storages.forEach(shared -> shared.storage().onNewEpoch(() -> rooms.abandon(shared.rooms())));
        hints.start(new Hints.Listener() {
            @Override
            public void news(Collection<String> names) {
                for (String name : names) {
                    if (name.equals(Exchange.HINT)) {
                        people.run();
                    } else {
                        rooms.pull(name);
                    }
                }
            }

            @Override
            public void newsAnywhere() {
                poll.soon();
            }
        });
    }

    /** Hears of accounts of these users too, whose inboxes need not be open: they have sessions here. Called once, before the first tick. */
    public void follow(Supplier<Collection<String>> users) {
        poll.follow(users);
    }

    /** A listener that tells the other nodes what one committer has written. Each committer has its own. */
    public Committer.Listener listener() {
        return new Telling();
    }

    /** Looks for news if it is time. Call it several times a second. */
    public void tick() {
        poll.tick();
    }

    /** Why hints do not arrive now, as a sentence; null when they do. News comes all the same, a second later. */
    public String trouble() {
        return hints.trouble();
    }

    @Override
    public void close() {
        hints.close();
    }

    private final class Telling implements Committer.Listener {
        private final Set<String> written = new HashSet<>(); // rooms, by the group that is being settled

        @Override
        public void onCommitted(CommittedEntry entry) {
            written.add(entry.room());
        }

        @Override
        public void onGroupCommitted() {
            if (!written.isEmpty()) {
                hints.send(List.copyOf(written));
                written.clear();
            }
        }
    }
}
