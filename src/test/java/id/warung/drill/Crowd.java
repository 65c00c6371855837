package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Senders and readers in several rooms, with everything they were promised. For one thread. */
final class Crowd implements AutoCloseable {
    private static final int OUTSTANDING = 12;
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Ledger ledger = new Ledger();
    private final List<String> rooms;
    private final List<Participant> senders = new ArrayList<>();
    private final List<Participant> all = new ArrayList<>();
    private Map<String, RoomLog> verified = Map.of(); // which clients have forgotten

    /** The first sender never repeats a post. All clients are connected when this returns. */
    Crowd(Supplier<URI> chat, int roomCount, int senderCount, int readerCount) {
        this(chat, IntStream.range(0, roomCount).mapToObj(i -> "room-" + i).toList(), senderCount, readerCount);
    }

    Crowd(Supplier<URI> chat, List<String> rooms, int senderCount, int readerCount) {
        this.rooms = rooms;
        for (int i = 0; i < senderCount; i++) {
            Participant sender = new Participant("sender-" + i, chat, rooms, ledger);
            senders.add((i == 0 ? sender.ephemeralCommitter() : sender).start());
        }
        all.addAll(senders);
        for (int i = 0; i < readerCount; i++) {
            all.add(new Participant("reader-" + i, chat, rooms, ledger).start());
        }
        patiently().atMost(LONG).until(this::areAllLive); // many at once, on nodes that have just started
    }

    Ledger ledger() {
        return ledger;
    }

    List<String> rooms() {
        return rooms;
    }

    List<Participant> everybody() {
        return all;
    }

    void awaitAllLive() {
        patiently().until(this::areAllLive);
    }

    private boolean areAllLive() {
        return all.stream().allMatch(Participant::isLive);
    }

    void startPosting() {
        senders.forEach(sender -> sender.keepPosting(OUTSTANDING));
    }

    /** Has so many messages a second posted, by all senders in turn, until the result is run. */
    Runnable startPosting(int perSecond) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger turn = new AtomicInteger();
        ScheduledFuture<?> ticks = clock.scheduleAtFixedRate(
                () -> senders.get(turn.getAndIncrement() % senders.size()).postOnce(),
                0,
                1_000_000 / perSecond,
                TimeUnit.MICROSECONDS);
        return () -> {
            ticks.cancel(false);
            clock.shutdownNow();
        };
    }

    void awaitAcked(long atLeast) {
        patiently().atMost(LONG).until(() -> ledger.ackedCount() >= atLeast);
    }

    /** Waits until the last acks have been read, where nothing can be acknowledged any more; returns how many there are. */
    long awaitNoMoreAcks() {
        AtomicLong before = new AtomicLong(-1);
        patiently().pollInterval(Duration.ofSeconds(1)).until(() -> {
            long now = ledger.ackedCount();
            return before.getAndSet(now) == now;
        });
        return before.get();
    }

    /** The number of unanswered posts. */
    int waiting() {
        return senders.stream().mapToInt(Participant::waiting).sum();
    }

    /** How often posts were rejected with this code, to be repeated. */
    int refusals(String code) {
        return senders.stream().mapToInt(sender -> sender.refusals(code)).sum();
    }

    /** How many connections have been lost. */
    int cutOffs() {
        return all.stream().mapToInt(one -> one.connections() - 1).sum();
    }

    /** The longest outage of anybody, in milliseconds, since this was asked the last time. */
    long takeLongestOutageMs() {
        return all.stream().mapToLong(Participant::takeLongestOutageMs).max().orElse(0);
    }

    /** Waits until everything is finished: every post has an answer, and every reader is at the end of every room. */
    void settle(History history) {
        senders.forEach(sender -> sender.keepPosting(0));
        patiently().until(() -> waiting() == 0 && areAllLive());
        Map<String, Long> heads = new TreeMap<>();
        rooms.forEach(room -> heads.put(room, history.page(room, "limit=1").head()));
        patiently().atMost(LONG).untilAsserted(() -> assertThat(
                        all.stream().filter(one -> !one.reading().isAt(heads)))
                .as("who is not at %s", heads)
                .isEmpty());
    }

    /** Compares what was promised and seen with what a reader gets now. */
    Map<String, RoomLog> verify(History history) {
        return verify(history.read(rooms));
    }

    private Map<String, RoomLog> verify(Map<String, RoomLog> logs) {
        List<String> faults =
                ledger.faults(logs, all.stream().map(Participant::reading).toList());
        assertThat(faults.stream().limit(20)).as("%s faults", faults.size()).isEmpty();
        verified.forEach((room, before) -> assertThat(logs.get(room))
                .as("%s begins as it was when it was compared", room)
                .satisfies(now -> assertThat(now.epoch()).isEqualTo(before.epoch()))
                .satisfies(now -> assertThat(now.entries()
                                .subList(0, before.entries().size())
                                .equals(before.entries()))
                        .isTrue()));
        return logs;
    }

    /**
     * As {@link #verify}, of what has been written since the round before, which all of these nodes must give. Then all clients forget what
     * they have read: many rounds of many clients would be too much to remember. Verify the whole at the end.
     */
    void verifyRound(List<History> nodes) {
        Map<String, RoomLog> before = verified;
        verified = verify(nodes.get(0).readOn(rooms, before));
        nodes.stream().skip(1).forEach(one -> assertThat(one.readOn(rooms, before))
                .isEqualTo(verified));
        all.forEach(one -> one.reading().forgetEntries());
    }

    @Override
    public void close() {
        all.forEach(Participant::close);
    }
}
