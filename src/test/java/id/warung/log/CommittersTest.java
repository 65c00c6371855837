package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.kit.Logged;
import id.warung.kit.ManualExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommittersTest {
    private static final int COUNT = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(COUNT);
    private final CountDownLatch free = new CountDownLatch(1);
    private volatile boolean away;

    @AfterEach
    void endsThreads() {
        free.countDown();
        threads.shutdown();
    }

    /** A log that several threads may write; it keeps nothing, and cannot write the room that another node has locked. */
    private final ScriptedLog log = new ScriptedLog() {
        @Override
        public List<AppendResult> append(List<AppendRequest> group) throws IOException {
            if (group.stream().anyMatch(request -> request.room().equals("locked"))) {
                await(free);
                throw new IOException("Another node has locked the room.");
            }
            return Collections.nCopies(group.size(), new AppendResult.ReadMarked(0, 0));
        }

        private void await(CountDownLatch latch) throws IOException {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void check() throws IOException {
            if (away) {
                throw new IOException("The database cannot be reached.");
            }
        }
    };

    private final List<Committer.Listener> listeners = Collections.synchronizedList(new ArrayList<>());
    private final Committers committers = new Committers(COUNT, log, this::listener, threads);

    private List<Committer.Listener> listener() {
        Committer.Listener its = new Committer.Listener() {
            @Override
            public void onCommitted(CommittedEntry written) {
                // this log writes no entries
            }

            @Override
            public void onGroupCommitted() {
                // nobody reads
            }
        };
        listeners.add(its);
        return List.of(its);
    }

    private Posted offer(String room) {
        Posted posted = Posted.saying(room, "hi");
        committers.offer(posted.request());
        return posted;
    }

    @Test
    void eachCommitterHasAListenerOfItsOwn() {
        assertThat(listeners).hasSize(COUNT).doesNotHaveDuplicates();
    }

    @Test
    void aRoomThatIsLockedDelaysFewOthers() throws Exception {
        try (Logged logged = Logged.by(Committer.class)) {
            Posted locked = offer("locked");
            Map<String, Posted> others = new HashMap<>();
            IntStream.range(0, 100).mapToObj(n -> "room-" + n).forEach(room -> others.put(room, offer(room)));

            await().until(() -> others.values().stream()
                            .filter(posted -> posted.result() != null)
                            .count()
                    > 60);
            assertThat(locked.result()).isNull();
            assertThat(committers.awaitIdle(Duration.ofMillis(10))).isFalse();
            assertThat(committers.trouble()).isNull();
            free.countDown();
            assertThat(committers.awaitIdle(Duration.ofSeconds(10))).isTrue();

            assertThat(locked.result()).isEqualTo(new AppendResult.Failed());
            assertThat(others.values()).allMatch(posted -> posted.result() != null);
            assertThat(logged.lines()).isNotEmpty();
        }
    }

    @Test
    void theTroubleOfOneIsTheTroubleOfAllUntilItIsOver() throws Exception {
        try (Logged logged = Logged.by(Committer.class)) {
            away = true;
            free.countDown();
            offer("locked");
            assertThat(committers.awaitIdle(Duration.ofSeconds(10))).isTrue();
            await().until(() -> "The database cannot be reached.".equals(committers.trouble()));

            away = false;
            committers.checkTrouble();
            await().until(() -> committers.trouble() == null);
            assertThat(logged.lines()).hasSize(2);
        }
    }

    /** Rooms are found locked and free again at random. */
    @Test
    void theRequestsOfARoomKeepTheirOrderWhenItIsLockedNowAndThen() throws Exception {
        Random random = new Random(4711);
        ScriptedLog lockedNowAndThen = new ScriptedLog() {
            @Override
            public List<AppendResult> append(List<AppendRequest> group) {
                return Collections.nCopies(group.size(), new AppendResult.ReadMarked(0, 0));
            }

            @Override
            public List<AppendResult> appendUnlocked(List<AppendRequest> group) {
                Set<String> locked = new HashSet<>();
                synchronized (random) {
                    group.stream()
                            .map(AppendRequest::room)
                            .distinct()
                            .filter(room -> random.nextInt(3) == 0)
                            .forEach(locked::add);
                }
                return group.stream()
                        .<AppendResult>map(request -> locked.contains(request.room())
                                ? new AppendResult.Locked()
                                : new AppendResult.ReadMarked(0, 0))
                        .toList();
            }
        };
        checkOrder(new Committers(COUNT, lockedNowAndThen, this::listener, threads, threads));
    }

    /** Requests of a locked room take the turns of their source, but nobody writes them in the group. */
    @Test
    void whatWaitsBehindALockedRoomIsWrittenAlthoughNobodyOffersMore() throws Exception {
        ScriptedLog lobbyLocked = new ScriptedLog() {
            @Override
            public List<AppendResult> append(List<AppendRequest> group) throws IOException {
                try {
                    free.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return Collections.nCopies(group.size(), new AppendResult.Failed());
            }

            @Override
            public List<AppendResult> appendUnlocked(List<AppendRequest> group) {
                return group.stream()
                        .<AppendResult>map(request -> request.room().equals("lobby")
                                ? new AppendResult.Locked()
                                : new AppendResult.ReadMarked(0, 0))
                        .toList();
            }
        };
        ManualExecutor writing = new ManualExecutor();
        Committers its = new Committers(1, lobbyLocked, this::listener, writing, threads);
        for (String author : List.of("budi", "ana")) { // two sources, so that each has few turns in a group
            its.offer(Posted.by(author, "lobby", null, "hi").request());
        }
        writing.runAll();
        List<Posted> others = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            its.offer(Posted.saying("lobby", "hi").request());
        }
        for (String room : List.of("kitchen", "garden")) {
            others.add(Posted.saying(room, "hi"));
            its.offer(others.get(others.size() - 1).request());
        }
        writing.runAll();

        assertThat(others).allMatch(posted -> posted.result() != null);
    }

    @Test
    void theRequestsOfARoomAreWrittenInTheirOrder() throws Exception {
        checkOrder(committers);
    }

    private static void checkOrder(Committers committers) throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        for (int n = 0; n < 500; n++) {
            int number = n;
            String room = "room-" + n % 5;
            Posted posted = Posted.saying(room, "hi");
            committers.offer(posted.request().with(result -> {
                order.add(room + " " + number);
                return AppendCallback.NOTHING;
            }));
        }
        assertThat(committers.awaitIdle(Duration.ofSeconds(10))).isTrue();

        for (int room = 0; room < 5; room++) {
            int its = room;
            assertThat(order.stream().filter(one -> one.startsWith("room-" + its + " ")))
                    .containsExactlyElementsOf(IntStream.range(0, 100)
                            .mapToObj(n -> "room-" + its + " " + (n * 5 + its))
                            .toList());
        }
    }
}
