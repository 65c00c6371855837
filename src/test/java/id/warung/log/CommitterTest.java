package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.kit.Logged;
import id.warung.kit.ManualExecutor;
import id.warung.protocol.Command;
import id.warung.protocol.User;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommitterTest {
    static final Committer.Listener NOBODY = new Committer.Listener() {
        @Override
        public void onCommitted(CommittedEntry written) {
            // there are no readers
        }

        @Override
        public void onGroupCommitted() {
            // there are no readers
        }
    };

    private final Logged logged = Logged.by(Committer.class);
    private final ManualExecutor executor = new ManualExecutor();
    private final ScriptedLog log = new ScriptedLog();

    @AfterEach
    void end() {
        logged.close();
    }

    private Committer committer() {
        return new Committer(log, NOBODY, executor);
    }

    private static List<Posted> offer(Committer committer, String... texts) {
        List<Posted> posts = List.of(texts).stream()
                .map(text -> Posted.saying("lobby", text))
                .toList();
        posts.forEach(post -> committer.offer(post.request()));
        return posts;
    }

    private static String[] numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> "text " + n).toArray(String[]::new);
    }

    @Test
    void waitingRequestsAreWrittenAsOneGroup() {
        offer(committer(), "a", "b", "c");
        executor.runAll();

        assertThat(log.groups()).containsExactly(List.of("a", "b", "c"));
    }

    @Test
    void nothingIsSettledBeforeItIsWritten() {
        List<Posted> posts = offer(committer(), "a", "b");
        log.beforeAppend(group ->
                assertThat(posts).allSatisfy(post -> assertThat(post.heard()).isEmpty()));
        executor.runAll();

        assertThat(posts).allSatisfy(post -> assertThat(post.heard()).containsExactly("settled", "told"));
    }

    @Test
    void requestsThatArriveDuringAWriteAreTheNextGroup() {
        Committer committer = committer();
        offer(committer, "a");
        log.beforeAppend(group -> {
            if (log.groups().size() == 1) {
                offer(committer, "b", "c");
            }
        });
        executor.runAll();

        assertThat(log.groups()).containsExactly(List.of("a"), List.of("b", "c"));
    }

    @Test
    void aGroupHasAtMostTwoHundredAndOfOneSourceEightWhereOthersWriteToo() {
        Committer committer = committer();
        for (int n = 0; n < 450; n++) {
            committer.offer(
                    Posted.by("author" + n % 10, "lobby", null, "text " + n).request());
        }
        executor.runAll();
        assertThat(log.groups()).first().extracting(List::size).isEqualTo(200);

        int before = log.groups().size();
        offer(committer, numbered(20));
        executor.runAll();
        assertThat(log.groups().subList(before, before + 3))
                .extracting(List::size)
                .containsExactly(8, 8, 4);
        assertThat(log.texts("lobby").subList(450, 470)).containsExactly(numbered(20));
    }

    @Test
    void aLoneAuthorHasTheWholeGroup() {
        Committer committer = committer();
        offer(committer, numbered(450));
        executor.runAll();

        assertThat(log.groups()).extracting(List::size).containsExactly(200, 200, 50);
        committer.offer(Posted.by("budi", "lobby", null, "hi").request());
        executor.runAll();
        offer(committer, numbered(10));
        executor.runAll();
        int shared = log.groups().size();
        for (int n = 0; n < 1_100; n++) {
            offer(committer, "alone again");
            executor.runAll();
        }
        offer(committer, numbered(300));
        executor.runAll();
        assertThat(log.groups().subList(shared - 2, shared))
                .extracting(List::size)
                .containsExactly(8, 2);
        assertThat(log.groups().subList(shared + 1_100, shared + 1_102))
                .extracting(List::size)
                .containsExactly(200, 100);
    }

    @Test
    void allOfAGroupAreSettledInOrderBeforeTheReadersAreTold() {
        List<String> heard = new ArrayList<>();
        Committer committer = committer();
        for (String text : List.of("a", "b", "c")) {
            committer.offer(new AppendRequest(
                    new Command.Post("lobby", null, text), Posted.anybody(Posted.user("ana")), List.of(), result -> {
                        heard.add(text + " " + MessageLogContract.said(result));
                        return () -> heard.add(text + " told");
                    }));
        }
        executor.runAll();

        assertThat(heard).containsExactly("a 1", "b 2", "c 3", "a told", "b told", "c told");
    }

    @Test
    void aBadDraftFailsAlone() {
        log.beforeAppend(group -> {
            if (group.stream().anyMatch(request -> request.command().body().equals("bad"))) {
                throw new IllegalArgumentException("scripted");
            }
        });
        Committer committer = committer();
        List<Posted> posts = offer(committer, "a", "b", "c", "bad", "d", "e", "f");
        executor.runAll();

        assertThat(posts)
                .extracting(post -> MessageLogContract.said(post.result()))
                .containsExactly("1", "2", "3", "failed", "4", "5", "6");
        assertThat(logged.thrown()).hasSize(1);
        assertThat(log.texts("lobby")).containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(posts).allSatisfy(post -> assertThat(post.heard()).containsExactly("settled", "told"));
        assertThat(committer.trouble()).isNull();
    }

    private void storageIsAway() {
        log.beforeAppend(group -> {
            throw new IOException("The disk is full.");
        });
    }

    private void storageIsBack() {
        log.beforeAppend(group -> {});
    }

    @Test
    void whenTheStorageIsAwayTheWholeGroupFailsAtOnce() {
        storageIsAway();
        Committer committer = committer();
        List<Posted> lost = offer(committer, "a", "b", "c");
        executor.runAll();

        assertThat(lost).allSatisfy(post -> assertThat(post.result()).isEqualTo(new AppendResult.Failed()));
        assertThat(lost).allSatisfy(post -> assertThat(post.heard()).containsExactly("settled", "told"));
        assertThat(log.groups()).hasSize(1);
        assertThat(committer.trouble()).isEqualTo("The disk is full.");
        assertThat(committer.isIdle()).isTrue();
    }

    @Test
    void theTroubleIsOverWithTheNextGroupThatIsWritten() {
        storageIsAway();
        Committer committer = committer();
        offer(committer, "a");
        executor.runAll();
        storageIsBack();
        List<Posted> written = offer(committer, "b");
        executor.runAll();

        assertThat(written.get(0).result()).isInstanceOf(AppendResult.Committed.class);
        assertThat(committer.trouble()).isNull();
    }

    @Test
    void theTroubleIsOverWhenACheckFindsItSoThoughNobodyPosts() {
        storageIsAway();
        Committer committer = committer();
        offer(committer, "a");
        executor.runAll();
        committer.checkTrouble();
        executor.runAll();
        assertThat(committer.trouble()).isNotNull();

        storageIsBack();
        committer.checkTrouble();
        executor.runAll();
        assertThat(committer.trouble()).isNull();
    }

    @Test
    void aStorageThatStaysAwayIsLoggedOnce() {
        storageIsAway();
        Committer committer = committer();
        for (int i = 0; i < 5; i++) {
            offer(committer, "a");
            executor.runAll();
            committer.checkTrouble();
            executor.runAll();
        }

        assertThat(logged.thrown()).hasSize(1).hasOnlyElementsOfType(IOException.class);
    }

    @Test
    void aCheckThatThrowsWhatNobodyExpectedEndsNotTheCommitter() {
        storageIsAway();
        Committer committer = committer();
        offer(committer, "a");
        executor.runAll();
        log.beforeAppend(group -> {
            throw new IllegalStateException("scripted");
        });
        committer.checkTrouble();
        executor.runAll();
        assertThat(committer.trouble()).isNotNull();

        storageIsBack();
        List<Posted> written = offer(committer, "b");
        executor.runAll();
        assertThat(written.get(0).result()).isInstanceOf(AppendResult.Committed.class);
    }

    @Test
    void anErrorOfTheLogsEndsNeitherTheCommitterNorItsCount() {
        Committer committer = committer();
        log.beforeAppend(group -> {
            throw new LinkageError("scripted");
        });
        List<Posted> lost = offer(committer, "a");
        executor.runAll();
        log.beforeAppend(group -> {});
        List<Posted> written = offer(committer, "b");
        executor.runAll();

        assertThat(lost.get(0).result()).isEqualTo(new AppendResult.Failed());
        assertThat(logged.thrown()).hasOnlyElementsOfType(LinkageError.class).hasSize(1);
        assertThat(written.get(0).result()).isInstanceOf(AppendResult.Committed.class);
        assertThat(committer.isIdle()).isTrue();
    }

    @Test
    void aReceiptThatThrowsHurtsNobodyElse() {
        Committer committer = committer();
        Runnable bug = () -> {
            throw new IllegalStateException("scripted");
        };
        AppendCallback atOnce = result -> {
            bug.run();
            return bug;
        };
        for (AppendCallback callback : List.of(atOnce, result -> bug)) {
            Command.Post post = new Command.Post("lobby", null, "bug");
            committer.offer(new AppendRequest(post, Posted.anybody(Posted.user("ana")), List.of(), callback));
        }
        List<Posted> posts = offer(committer, "a");
        executor.runAll();
        List<Posted> later = offer(committer, "b");
        executor.runAll();

        assertThat(posts.get(0).heard()).containsExactly("settled", "told");
        assertThat(later.get(0).heard()).containsExactly("settled", "told");
        assertThat(logged.thrown())
                .hasOnlyElementsOfType(IllegalStateException.class)
                .hasSize(2);
        assertThat(committer.isIdle()).isTrue();
    }

    @Test
    void aRequestThatIsBeingWrittenStillCountsAsWaiting() {
        Committer committer = committer();
        List<Boolean> idle = new ArrayList<>();
        log.beforeAppend(group -> idle.add(committer.isIdle()));
        offer(committer, "a");
        executor.runAll();

        assertThat(idle).containsExactly(false);
        assertThat(committer.isIdle()).isTrue();
    }

    @Test
    void aGroupIsBoundedByWhatItCostsAsWell() {
        Committer committer = committer();
        offer(committer, Collections.nCopies(100, "x".repeat(4_000)).toArray(String[]::new));
        executor.runAll();

        assertThat(log.groups()).extracting(List::size).containsExactly(32, 32, 32, 4); // 8 KB each
    }

    @Test
    void deletionsAndMentionsCostMoreThanTheirTexts() {
        List<String> sixteen = IntStream.range(0, 16).mapToObj(n -> "u-" + n).toList();
        assertThat(groupsOf(new Command.Delete("lobby", null, 1))).first().isEqualTo(16);
        assertThat(groupsOf(new Command.Post("lobby", null, "x", 0, sixteen)))
                .first()
                .isEqualTo(16);
        assertThat(groupsOf(new Command.Edit("lobby", null, 1, "x"))).first().isEqualTo(200);
    }

    private List<Integer> groupsOf(Command.Durable command) {
        int before = log.groups().size();
        Committer committer = committer();
        for (int n = 0; n < 200; n++) {
            committer.offer(Posted.of("ana", command).request());
        }
        executor.runAll();
        return log.groups().stream().skip(before).map(List::size).toList();
    }

    @Test
    void aLateAuthorIsInTheNextGroupHoweverMuchAnotherHasWaiting() {
        Committer committer = committer();
        log.beforeAppend(group -> {
            if (log.groups().size() == 1) {
                committer.offer(Posted.by("budi", "kitchen", null, "late").request());
            }
        });
        offer(committer, numbered(1_000));
        executor.runAll();

        assertThat(log.groups().get(1).subList(0, 2)).contains("late");
    }

    @Test
    void everyPostOfManyThreadsIsWrittenOnceAndInTheOrderOfItsThread() throws Exception {
        ExecutorService writing = Executors.newSingleThreadExecutor();
        ExecutorService posting = Executors.newFixedThreadPool(4);
        try {
            Committer committer = new Committer(log, NOBODY, writing);
            List<Long> seqs = Collections.synchronizedList(new ArrayList<>());
            List<Future<?>> posters = new ArrayList<>();
            for (int poster = 0; poster < 4; poster++) {
                User author = Posted.user("poster" + poster);
                posters.add(posting.submit(() -> {
                    for (int n = 0; n < 5_000; n++) {
                        committer.offer(new AppendRequest(
                                new Command.Post("lobby", null, author.id() + " " + n),
                                Posted.anybody(author),
                                List.of(),
                                result -> {
                                    seqs.add(((AppendResult.Committed) result).seq());
                                    return AppendCallback.NOTHING;
                                }));
                    }
                }));
            }
            for (Future<?> poster : posters) {
                poster.get();
            }
            await().atMost(Duration.ofSeconds(10)).until(committer::isIdle);

            assertThat(seqs).isEqualTo(LongStream.rangeClosed(1, 20_000).boxed().toList());
            assertThat(log.texts("lobby").stream().filter(text -> text.startsWith("u-poster2 ")))
                    .containsExactly(IntStream.range(0, 5_000)
                            .mapToObj(n -> "u-poster2 " + n)
                            .toArray(String[]::new));
        } finally {
            posting.shutdownNow();
            writing.shutdownNow();
        }
    }

    /** Groups of others are committed in between, and later requests of its author come after it. */
    @Test
    void anUnfinishedRequestIsContinuedBeforeItsAuthorsLaterOnes() {
        List<String> asked = new ArrayList<>();
        int[] left = {3};
        ScriptedLog log = new ScriptedLog() {
            @Override
            public List<AppendResult> append(List<AppendRequest> requests) throws IOException {
                requests.forEach(request -> asked.add(request.command().body()));
                if (requests.get(0).command().body().equals("long") && --left[0] > 0) {
                    List<AppendResult> results = new ArrayList<>(List.of(new AppendResult.Unfinished(
                            List.of(new CommittedEntry("lobby", new Entry(1, "u-ana", new byte[0]), 1, null, true)))));
                    results.addAll(super.append(requests.subList(1, requests.size())));
                    return results;
                }
                return super.append(requests);
            }
        };
        List<Long> replaced = new ArrayList<>();
        Committer committer = new Committer(
                log,
                new Committer.Listener() {
                    @Override
                    public void onCommitted(CommittedEntry written) {
                        if (written.replaces()) {
                            replaced.add(written.entry().seq());
                        }
                    }

                    @Override
                    public void onGroupCommitted() {
                        // there are no readers
                    }
                },
                executor);
        Posted longOne = Posted.saying("lobby", "long");
        Posted other = Posted.by("budi", "lobby", null, "other");
        committer.offer(longOne.request());
        committer.offer(other.request());
        executor.runNext();

        assertThat(asked).containsExactly("long", "other", "long", "long");
        assertThat(replaced).containsExactly(1L, 1L);
        assertThat(other.heard()).containsExactly("settled", "told");
        assertThat(longOne.heard()).containsExactly("settled", "told");
        assertThat(longOne.result()).isInstanceOf(AppendResult.Committed.class);
        assertThat(committer.isIdle()).isTrue();
    }

    /** A bad request splits the group: an unfinished request in one half holds up its author's requests in the other. */
    @Test
    void anUnfinishedRequestHoldsUpItsAuthorsRequestsInTheOtherHalf() {
        int[] left = {2};
        ScriptedLog log = new ScriptedLog() {
            @Override
            public List<AppendResult> append(List<AppendRequest> requests) throws IOException {
                List<String> texts = requests.stream()
                        .map(request -> request.command().body())
                        .toList();
                if (texts.contains("bad")) {
                    throw new IllegalArgumentException("scripted");
                }
                if (texts.contains("long") && --left[0] > 0) {
                    assertThat(texts).containsExactly("long");
                    return List.of(new AppendResult.Unfinished(List.of()));
                }
                return super.append(requests);
            }
        };
        Committer committer = new Committer(log, NOBODY, executor);
        List<Posted> posts = List.of(
                Posted.saying("lobby", "long"),
                Posted.by("budi", "lobby", null, "bad"),
                Posted.saying("lobby", "after"),
                Posted.by("citra", "lobby", null, "other"),
                Posted.saying("lobby", "last"));
        posts.forEach(post -> committer.offer(post.request()));
        executor.runAll();

        assertThat(log.texts("lobby"))
                .containsSubsequence("long", "after", "last")
                .hasSize(4);
        assertThat(posts).allSatisfy(post -> assertThat(post.heard()).containsExactly("settled", "told"));
        assertThat(committer.isIdle()).isTrue();
    }

    @Test
    void anIdleCommitterHasWrittenEverything() throws Exception {
        ExecutorService writing = Executors.newSingleThreadExecutor();
        try {
            Committer committer = new Committer(log, NOBODY, writing);
            List<Posted> posts = offer(committer, numbered(5_000)); // more than one turn of the pump
            assertThat(committer.awaitIdle(Duration.ofSeconds(60))).isTrue();
            writing.shutdown();

            assertThat(log.texts("lobby")).containsExactly(numbered(5_000));
            assertThat(posts).allSatisfy(post -> assertThat(post.result()).isInstanceOf(AppendResult.Committed.class));
        } finally {
            writing.shutdownNow();
        }
    }

    @Test
    void nobodyWaitsLongerThanTheySayForWhatIsNotWritten() throws Exception {
        Committer committer = committer();
        offer(committer, "a"); // whose thread does not run it

        assertThat(committer.awaitIdle(Duration.ofMillis(10))).isFalse();
    }
}
