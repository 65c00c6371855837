package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.kit.ManualExecutor;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What every log does, whatever its storage. A subclass creates a new, empty one for each call. */
abstract class MessageLogContract {
    protected static final Instant NOW = Instant.parse("2026-11-23T19:31:32.123Z");
    protected final EntryCodec codec = new EntryCodec();
    protected final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    /** A new log without entries. */
    protected abstract MessageLog open() throws IOException;

    @Test
    void aRoomInWhichNothingWasSaidHasHeadZeroAndNoEntries() throws IOException {
        try (MessageLog log = open()) {
            assertThat(log.state("lobby").head().seq()).isZero();
            assertThat(log.state("lobby").head().epoch()).isNotEmpty();
            assertThat(log.read("lobby", 0, 10).entries()).isEmpty();
            assertThat(log.read("lobby", 0, 10).first()).isEqualTo(1);
            assertThat(log.readBefore("lobby", 10, 10).entries()).isEmpty();
        }
    }

    @Test
    void theFirstEntryHasSeqOneAndTheNextHaveNoHoles() throws IOException {
        try (MessageLog log = open()) {
            assertThat(append(log, Posted.saying("lobby", "a"))).containsExactly("1");
            assertThat(append(log, Posted.saying("lobby", "b"), Posted.saying("lobby", "c")))
                    .containsExactly("2", "3");
            assertThat(log.state("lobby").head().seq()).isEqualTo(3);
        }
    }

    /** The exact bytes do not matter, only that a reader makes progress by seq, in both directions, without a gap. */
    @Test
    void aPageEndsBeforeItHasTooManyBytes() throws IOException {
        try (MessageLog log = open()) {
            for (int i = 0; i < 9; i++) {
                append(log, Posted.saying("lobby", "x".repeat(i == 4 ? 5_000 : 700)));
            }
            assertThat(seqs(log.read("lobby", 0, 100, 3_000))).containsExactly(1L, 2L, 3L);
            assertThat(seqs(log.read("lobby", 3, 100, 3_000))).containsExactly(4L);
            assertThat(seqs(log.read("lobby", 4, 100, 3_000)))
                    .as("one in any case")
                    .containsExactly(5L);
            assertThat(seqs(log.read("lobby", 5, 2, 3_000))).containsExactly(6L, 7L);
            assertThat(seqs(log.readBefore("lobby", 10, 100, 3_000))).containsExactly(7L, 8L, 9L);
            assertThat(seqs(log.readBefore("lobby", 7, 100, 3_000))).containsExactly(6L);
            assertThat(seqs(log.readBefore("lobby", 6, 100, 3_000))).containsExactly(5L);
            assertThat(seqs(log.readBefore("lobby", 5, 100, 3_000))).containsExactly(2L, 3L, 4L);
            assertThat(seqs(log.read("lobby", 0, 100))).hasSize(9);
        }
    }

    @Test
    void aPageEndsBeforeItsEditsHaveTooManyBytes() throws IOException {
        try (MessageLog log = open()) {
            for (int i = 0; i < 8; i++) {
                append(log, Posted.saying("lobby", "short"));
            }
            for (int target = 1; target <= 8; target++) {
                append(log, Posted.of("ana", new Command.Edit("lobby", null, target, "x".repeat(1_000))));
            }
            MessageLog.Page forwards = log.read("lobby", 0, 8, 3_000);
            assertThat(seqs(forwards)).containsExactly(1L, 2L);
            assertThat(forwards.amendments()).extracting(Entry::seq).containsExactly(9L, 10L);
            MessageLog.Page backwards = log.readBefore("lobby", 9, 8, 3_000);
            assertThat(seqs(backwards)).containsExactly(7L, 8L);
            assertThat(backwards.amendments()).extracting(Entry::seq).containsExactly(15L, 16L);
        }
    }

    @Test
    void eachRoomCountsForItself() throws IOException {
        try (MessageLog log = open()) {
            assertThat(append(log, Posted.saying("one", "a"), Posted.saying("two", "b"), Posted.saying("one", "c")))
                    .containsExactly("1", "1", "2");
            assertThat(texts(log, "one")).containsExactly("a", "c");
            assertThat(texts(log, "two")).containsExactly("b");
            assertThat(log.state("one").head().seq()).isEqualTo(2);
            assertThat(log.state("two").head().seq()).isEqualTo(1);
        }
    }

    @Test
    void anEntryIsReadAsTheCommitReturnedIt() throws IOException {
        try (MessageLog log = open()) {
            Posted post = Posted.by("ana", "lobby", "c-7", "hallo 🌶 \"quoted\"");
            Entry committed = ((AppendResult.Committed)
                            log.append(List.of(post.request())).get(0))
                    .written()
                    .get(0)
                    .entry();
            Entry read = log.read("lobby", 0, 1).entries().get(0);

            assertThat(read.seq()).isEqualTo(committed.seq());
            assertThat(read.authorId()).isEqualTo(committed.authorId()).isEqualTo("u-ana");
            assertThat(codec.textOf(read.json())).isEqualTo("hallo 🌶 \"quoted\"");
            assertThat(read.json())
                    .isEqualTo(committed.json())
                    .isEqualTo(codec.message(
                            new EntryCodec.Heading("lobby", 1, 1, NOW, Posted.user("ana"), "c-7"),
                            new Command.Post("lobby", "c-7", "hallo 🌶 \"quoted\"")));
        }
    }

    @Test
    void theSameIdAgainReturnsTheFirstSeqAndBurnsNone() throws IOException {
        try (MessageLog log = open()) {
            append(log, Posted.by("ana", "lobby", "c-1", "hi"), Posted.saying("lobby", "x"));

            assertThat(append(log, Posted.by("ana", "lobby", "c-1", "hi"))).containsExactly("again 1");
            assertThat(append(log, Posted.saying("lobby", "y"))).containsExactly("3");
        }
    }

    @Test
    void theSameIdTwiceInOneGroupIsWrittenOnce() throws IOException {
        try (MessageLog log = open()) {
            Posted first = Posted.by("ana", "lobby", "c-1", "hi");
            Posted retry = Posted.by("ana", "lobby", "c-1", "hi");

            assertThat(append(log, first, retry, Posted.saying("lobby", "x"))).containsExactly("1", "again 1", "2");
            assertThat(texts(log, "lobby")).containsExactly("hi", "x");
        }
    }

    @Test
    void theSameIdWithAnotherTextIsAConflictAndChangesNothing() throws IOException {
        try (MessageLog log = open()) {
            append(log, Posted.by("ana", "lobby", "c-1", "hi"));

            assertThat(append(log, Posted.by("ana", "lobby", "c-1", "ho"))).containsExactly("conflict");
            assertThat(append(log, Posted.by("ana", "lobby", "c-1", "hi"))).containsExactly("again 1");
            assertThat(texts(log, "lobby")).containsExactly("hi");
        }
    }

    @Test
    void anIdIsTheAuthorsOwnInThatRoom() throws IOException {
        try (MessageLog log = open()) {
            assertThat(append(
                            log,
                            Posted.by("ana", "lobby", "c-1", "hi"),
                            Posted.by("budi", "lobby", "c-1", "ho"),
                            Posted.by("ana", "kitchen", "c-1", "ha")))
                    .containsExactly("1", "2", "1");
        }
    }

    @Test
    void messagesWithoutAnIdAreNeverTakenForEachOther() throws IOException {
        try (MessageLog log = open()) {
            assertThat(append(log, Posted.saying("lobby", "hi"), Posted.saying("lobby", "hi")))
                    .containsExactly("1", "2");
        }
    }

    @Test
    void aPageHasAtMostAsManyEntriesAsAskedFor() throws IOException {
        try (MessageLog log = open()) {
            append(log, Posted.saying("lobby", "a"), Posted.saying("lobby", "b"), Posted.saying("lobby", "c"));

            assertThat(seqs(log.read("lobby", 0, 2))).containsExactly(1L, 2L);
            assertThat(seqs(log.read("lobby", 1, 2))).containsExactly(2L, 3L);
            assertThat(seqs(log.read("lobby", 2, 2))).containsExactly(3L);
            assertThat(seqs(log.read("lobby", 3, 2))).isEmpty();
            assertThat(seqs(log.read("lobby", 1, Integer.MAX_VALUE))).containsExactly(2L, 3L);
            assertThat(seqs(log.read("lobby", Long.MAX_VALUE - 1, 2))).isEmpty();
        }
    }

    @Test
    void aPageBeforeASeqHasTheLatestOfThemInOrder() throws IOException {
        try (MessageLog log = open()) {
            append(log, Posted.saying("lobby", "a"), Posted.saying("lobby", "b"), Posted.saying("lobby", "c"));

            assertThat(seqs(log.readBefore("lobby", Long.MAX_VALUE, 2))).containsExactly(2L, 3L);
            assertThat(seqs(log.readBefore("lobby", 3, 5))).containsExactly(1L, 2L);
            assertThat(seqs(log.readBefore("lobby", 3, 1))).containsExactly(2L);
            assertThat(seqs(log.readBefore("lobby", 1, 5))).isEmpty();
        }
    }

    @Test
    void aPageSaysWhereTheRoomBeginsAndEnds() throws IOException {
        try (MessageLog log = open()) {
            append(log, Posted.saying("lobby", "a"), Posted.saying("lobby", "b"), Posted.saying("lobby", "c"));

            assertThat(log.read("lobby", 1, 1).head())
                    .isEqualTo(log.state("lobby").head());
            assertThat(log.read("lobby", 1, 1).first()).isEqualTo(1);
            assertThat(log.readBefore("lobby", 2, 1).head())
                    .isEqualTo(log.state("lobby").head());
        }
    }

    @Test
    void aCheckWritesNothing() throws IOException {
        try (MessageLog log = open()) {
            append(log, Posted.saying("lobby", "a"));
            log.check();

            assertThat(append(log, Posted.saying("lobby", "b"))).containsExactly("2");
            assertThat(texts(log, "lobby")).containsExactly("a", "b");
        }
    }

    @Test
    void aDraftThatCannotBeWrittenFailsAloneAndNothingIsWrittenTwice() throws IOException {
        try (MessageLog log = open();
                Logged ofCommitter = Logged.by(Committer.class);
                Logged ofLog = Logged.by(log.getClass())) {
            ManualExecutor executor = new ManualExecutor();
            Committer committer = new Committer(log, CommitterTest.NOBODY, executor);
            List<Posted> posts = List.of(
                    Posted.saying("lobby", "a"),
                    Posted.saying("lobby", "b"),
                    Posted.unwritable("lobby"),
                    Posted.saying("lobby", "c"));
            posts.forEach(post -> committer.offer(post.request()));
            executor.runAll();

            assertThat(posts).extracting(post -> said(post.result())).containsExactly("1", "2", "failed", "3");
            assertThat(texts(log, "lobby")).containsExactly("a", "b", "c");
            assertThat(ofCommitter.thrown().size() + ofLog.thrown().size()).isEqualTo(1);
        }
    }

    @Test
    void aPageReadWhileOthersAreWrittenHasNoHoles() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (MessageLog log = open()) {
            Future<?> writing = threads.submit(() -> {
                for (int i = 0; i < 300; i++) {
                    log.append(List.of(
                            Posted.saying("lobby", "a" + i).request(),
                            Posted.saying("lobby", "b" + i).request()));
                }
                return null;
            });
            long after = 0;
            while (after < 600) {
                if (writing.isDone()) {
                    writing.get(); // throws what the writer threw
                }
                for (Entry entry : log.read("lobby", after, 50).entries()) {
                    assertThat(entry.seq()).isEqualTo(++after);
                }
            }
            writing.get();
        } finally {
            threads.shutdownNow();
        }
    }

    /** One operation on a log: writes a group if {@code requests} is not empty, otherwise reads a page. */
    record Doing(List<Saying> requests, int room, int after, int limit) {}

    record Saying(int room, int author, int id, int text) {
        Posted posted() {
            return Posted.by("user" + author, "room" + room, id == 0 ? null : "c-" + id, "text " + text);
        }
    }

    @Provide
    Arbitrary<Doing> doings() {
        Arbitrary<Integer> few = Arbitraries.integers().between(0, 2);
        Arbitrary<Saying> saying = Combinators.combine(
                        few, few, Arbitraries.integers().between(0, 4), few)
                .as(Saying::new);
        return Combinators.combine(
                        saying.list().ofMaxSize(6),
                        few,
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.integers().between(1, 10))
                .as(Doing::new);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aLogIsAListForEachRoom(@ForAll @Size(max = 25) List<@From("doings") Doing> doings) throws IOException {
        try (MessageLog log = open()) {
            List<List<Saying>> expected = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (Doing doing : doings) {
                List<String> results = new ArrayList<>();
                for (Saying saying : doing.requests()) {
                    results.add(said(expected.get(saying.room()), saying));
                }
                Posted[] posts = doing.requests().stream().map(Saying::posted).toArray(Posted[]::new);
                assertThat(append(log, posts)).isEqualTo(results);

                List<Saying> room = expected.get(doing.room());
                int from = Math.min(doing.after(), room.size());
                int to = Math.min(from + doing.limit(), room.size());
                MessageLog.Page page = log.read("room" + doing.room(), doing.after(), doing.limit());
                assertThat(seqs(page))
                        .isEqualTo(LongStream.rangeClosed(from + 1, to).boxed().toList());
                assertThat(page.entries())
                        .extracting(entry -> entry.authorId() + " " + codec.textOf(entry.json()))
                        .isEqualTo(room.subList(from, to).stream()
                                .map(said -> "u-user" + said.author() + " text " + said.text())
                                .toList());
                long end = doing.after() + 1L;
                assertThat(seqs(log.readBefore("room" + doing.room(), end, doing.limit())))
                        .isEqualTo(LongStream.rangeClosed(Math.max(1, from - doing.limit() + 1), from)
                                .boxed()
                                .toList());
                assertThat(log.state("room" + doing.room()).head().seq()).isEqualTo(room.size());
            }
        }
    }

    /** Adds one message to the plain list, and returns the expected result. */
    private static String said(List<Saying> room, Saying saying) {
        for (int i = 0; saying.id() != 0 && i < room.size(); i++) {
            Saying earlier = room.get(i);
            if (earlier.id() == saying.id() && earlier.author() == saying.author()) {
                return earlier.text() == saying.text() ? "again " + (i + 1) : "conflict";
            }
        }
        room.add(saying);
        return Integer.toString(room.size());
    }

    protected static List<String> append(MessageLog log, Posted... posts) throws IOException {
        List<AppendRequest> requests =
                List.of(posts).stream().map(Posted::request).toList();
        return log.append(requests).stream().map(MessageLogContract::said).toList();
    }

    protected static String said(AppendResult result) {
        if (result instanceof AppendResult.Committed committed) {
            return Long.toString(committed.seq());
        }
        if (result instanceof AppendResult.Duplicate duplicate) {
            return "again " + duplicate.seq();
        }
        if (result instanceof AppendResult.Denied denied) {
            return denied.code().wire();
        }
        return result instanceof AppendResult.Conflict ? "conflict" : "failed";
    }

    protected static List<Long> seqs(MessageLog.Page page) {
        return page.entries().stream().map(Entry::seq).toList();
    }

    protected List<String> texts(MessageLog log, String room) throws IOException {
        return log.read(room, 0, 1_000).entries().stream()
                .map(entry -> codec.textOf(entry.json()))
                .toList();
    }

    protected static String json(Entry entry) {
        return new String(entry.json(), StandardCharsets.UTF_8);
    }
}
