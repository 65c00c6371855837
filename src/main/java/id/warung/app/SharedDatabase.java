package id.warung.app;

import id.warung.cluster.Cluster;
import id.warung.log.SharedStorage;
import id.warung.log.Storage;
import id.warung.log.postgres.Connections;
import id.warung.log.postgres.PostgresStorage;
import id.warung.protocol.EntryCodec;
import id.warung.room.RoomRegistry;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The database that several nodes share: its storages, what connects this node with the others, and whether it is there. Thread-safe. */
final class SharedDatabase implements DatabaseWatch.Database {
    private final Connections connections;
    private final Connections watching;
    private final PostgresStorage durable;
    private final Storage ephemeral;
    private final Cluster cluster;
    private volatile Consumer<Collection<String>> accounts = users -> {};
    private volatile Runnable people = () -> {};
    private volatile byte[] signingKey; // null: not opened yet
    private volatile DatabaseWatch watch; // null: nobody watches yet

    /** Connects to nothing yet; a pool of the server is looked up. */
    SharedDatabase(Settings settings, ThreadPools pools, EntryCodec entries, RoomRegistry rooms) {
        connections = Storages.connections(settings.database());
        watching = Storages.watching(settings.database(), connections);
        durable = Storages.shared(settings, entries, connections, pools.hinting(), rooms::trimmed);
        ephemeral = Storages.sharedEphemeral(settings, entries, durable, pools.hinting(), rooms::trimmed);
        cluster = new Cluster(
                durable.hints(),
                List.of(
                        new Cluster.Shared(durable, room -> !settings.isEphemeral(room)),
                        new Cluster.Shared(ephemeral.shared().orElseThrow(), settings::isEphemeral)),
                rooms,
                users -> accounts.accept(users),
                pools.exchanging(),
                System::nanoTime);
    }

    Storage durable() {
        return durable;
    }

    /** What it offers to several nodes. */
    SharedStorage storage() {
        return durable;
    }

    Storage ephemeral() {
        return ephemeral;
    }

    Cluster cluster() {
        return cluster;
    }

    /** Who hears of users whose accounts may have changed, and of news about people on other nodes. Called once, before it is opened. */
    void tell(Consumer<Collection<String>> ofAccounts, Runnable ofPeople) {
        accounts = ofAccounts;
        people = ofPeople;
    }

    /** Opens it as soon as it is there, and watches whether it still is. */
    DatabaseWatch watchedBy(DatabaseWatch.Node node) {
        watch = new DatabaseWatch(this, node, System::nanoTime);
        return watch;
    }

    @Override
    public void open() throws IOException {
        durable.prepare();
        signingKey = durable.signingKey();
        cluster.start(() -> people.run());
    }

    @Override
    public void check() throws IOException {
        try {
            watching.check();
        } catch (IOException | RuntimeException e) {
            connections.setAway(true);
            throw e;
        }
        connections.setAway(false);
    }

    /** The same on all nodes. */
    byte[] signingKey() {
        byte[] key = signingKey;
        if (key == null) {
            throw new IllegalStateException("The database was not opened yet");
        }
        return key;
    }

    /** A sentence saying what does not work now; null when everything works. */
    String trouble() {
        String trouble = watch == null ? null : watch.trouble();
        return trouble == null ? cluster.trouble() : trouble;
    }

    void close() {
        watching.close();
    }
}
