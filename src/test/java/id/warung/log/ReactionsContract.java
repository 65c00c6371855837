package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import id.warung.log.MessageLog.PageRequest;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.React;
import id.warung.protocol.Reactions;
import id.warung.protocol.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Reactions to messages, whatever the storage. */
abstract class ReactionsContract {
    private static final String TEA = "🍵";
    private static final String THUMB = "👍";

    protected final EntryCodec codec = new EntryCodec();
    private MessageLog log;

    protected abstract MessageLog open() throws IOException;

    @BeforeEach
    void begin() throws IOException {
        log = open();
    }

    @AfterEach
    void end() throws IOException {
        log.close();
    }

    protected MessageLog log() {
        return log;
    }

    private static React react(long seq, String emoji, boolean on) {
        return new React("lobby", null, seq, emoji, on);
    }

    /** The result, as {@link MessageLogContract#said} says it. */
    protected String does(String author, Command.Durable command, User... known) throws IOException {
        return MessageLogContract.append(log, Posted.of(author, command, known)).get(0);
    }

    /** As often as it takes. */
    private String deletes(String author, long seq) throws IOException {
        AppendResult result;
        do {
            result = log.append(List.of(Posted.of(author, new Command.Delete("lobby", null, seq))
                            .request()))
                    .get(0);
        } while (result instanceof AppendResult.Unfinished);
        return MessageLogContract.said(result);
    }

    private String says(String author, String text) throws IOException {
        return does(author, new Command.Post("lobby", null, text));
    }

    /** The reactions of a page in short form, such as {@code 1: 🍵 2 ana budi mine}. */
    private static List<String> inShort(List<Reactions> reactions) {
        List<String> all = new ArrayList<>();
        for (Reactions its : reactions) {
            for (Reactions.Kind kind : its.of()) {
                String users =
                        String.join(" ", kind.users().stream().map(User::name).toList());
                all.add(its.seq() + ": " + kind.emoji() + " " + kind.count() + " " + users
                        + (kind.mine() ? " mine" : ""));
            }
        }
        return all;
    }

    private MessageLog.Page latest(String reader) throws IOException {
        return log.readBefore(new PageRequest("lobby", "u-" + reader, 100, Integer.MAX_VALUE), Long.MAX_VALUE);
    }

    @Test
    void aReactionIsAnEntryThatIsNoMessage() throws IOException {
        says("ana", "hi");

        assertThat(does("budi", new React("lobby", "c-1", 1, TEA, true))).isEqualTo("2");
        assertThat(does("budi", new React("lobby", "c-1", 1, TEA, true))).isEqualTo("again 2");
        assertThat(does("budi", new React("lobby", "c-1", 1, TEA, false))).isEqualTo("conflict");
        assertThat(log.state("lobby").n()).isEqualTo(1);
        assertThat(codec.read(log.read("lobby", 1, 9).entries().get(0).json()))
                .containsEntry("type", "reacted")
                .containsEntry("n", "1")
                .containsEntry("target", "1")
                .containsEntry("emoji", TEA)
                .containsEntry("on", "true");
    }

    @Test
    void aPageSaysWhoReactsWithWhatInTheOrderInWhichItBegan() throws IOException {
        says("ana", "hi");
        says("ana", "ho");
        does("budi", react(1, THUMB, true));
        does("cici", react(1, TEA, true));
        does("ana", react(1, TEA, true));
        does("budi", react(1, TEA, true));
        does("budi", react(2, TEA, true));

        assertThat(inShort(latest("ana").reactions()))
                .containsExactly("1: 👍 1 budi", "1: 🍵 3 cici ana budi mine", "2: 🍵 1 budi");
        does("cici", react(1, TEA, false));
        does("budi", react(1, THUMB, false));
        does("budi", react(1, THUMB, true));
        assertThat(inShort(latest("dewi").reactions()))
                .containsExactly("1: 🍵 2 ana budi", "1: 👍 1 budi", "2: 🍵 1 budi");
        assertThat(inShort(log.readAfter(new PageRequest("lobby", "u-ana", 1, 9_999), 0)
                        .reactions()))
                .containsExactly("1: 🍵 2 ana budi mine", "1: 👍 1 budi");
    }

    /** With them a client keeps this order, when the first reaction of a kind is taken back and others remain. */
    @Test
    void aPageNamesTheSeqsOfTheReactionsAndTheKindsAreInTheOrderOfTheFirstThatHold() throws IOException {
        says("ana", "hi");
        does("budi", react(1, TEA, true));
        does("cici", react(1, THUMB, true));
        does("ana", react(1, TEA, true));
        assertThat(latest("ana").reactions().get(0).of())
                .extracting(Reactions.Kind::emoji, Reactions.Kind::seqs)
                .containsExactly(tuple(TEA, List.of(2L, 4L)), tuple(THUMB, List.of(3L)));

        does("budi", react(1, TEA, false));
        assertThat(latest("ana").reactions().get(0).of())
                .extracting(Reactions.Kind::emoji, Reactions.Kind::seqs)
                .containsExactly(tuple(THUMB, List.of(3L)), tuple(TEA, List.of(4L)));
    }

    @Test
    void whatChangesNothingWritesNothing() throws IOException {
        says("ana", "hi");

        assertThat(does("budi", react(1, TEA, false))).isEqualTo("again 1");
        does("budi", react(1, TEA, true));
        assertThat(does("budi", react(1, TEA, true))).isEqualTo("again 2");
        assertThat(MessageLogContract.append(
                        log,
                        Posted.of("budi", react(1, TEA, false)),
                        Posted.of("budi", react(1, TEA, false)),
                        Posted.of("budi", react(1, TEA, true)),
                        Posted.of("budi", react(1, TEA, true)),
                        Posted.of("budi", react(1, TEA, false))))
                .containsExactly("3", "again 3", "4", "again 4", "5");
        assertThat(latest("budi").reactions()).isEmpty();
    }

    @Test
    void onlyAMessageThatIsThereIsReactedTo() throws IOException {
        says("ana", "hi");
        does("budi", react(1, TEA, true));
        says("ana", "ho");
        does("ana", new Command.Delete("lobby", null, 3));

        for (long seq : new long[] {2, 3, 4, 5, 99}) {
            assertThat(does("budi", react(seq, TEA, true))).as("" + seq).isEqualTo("no-such-message");
        }
        assertThat(does("budi", new React("elsewhere", null, 1, TEA, true))).isEqualTo("no-such-message");
    }

    @Test
    void whoMayPostMayReact() throws IOException {
        does("ana", new Command.Create("kitchen", null, Access.MEMBERS, ""));
        does("ana", new Command.Post("kitchen", null, "soto"));

        assertThat(does("budi", new React("kitchen", null, 2, TEA, true))).isEqualTo("not-a-member");
        does("ana", new Command.Change("kitchen", null, null, true));
        assertThat(does("ana", new React("kitchen", null, 2, TEA, true))).isEqualTo("archived");
    }

    @Test
    void aMessageHasTwentyKindsAtATime() throws IOException {
        says("ana", "hi");
        for (char letter = 'a'; letter < 'a' + 20; letter++) {
            assertThat(does("budi", react(1, "" + letter, true))).isEqualTo("" + (letter - 'a' + 2));
        }

        assertThat(does("ana", react(1, "z", true))).isEqualTo("too-many-reactions");
        assertThat(does("ana", react(1, "a", true))).isEqualTo("22");
        assertThat(does("budi", react(1, "a", false))).isEqualTo("23");
        assertThat(does("ana", react(1, "z", true))).isEqualTo("too-many-reactions");
        assertThat(MessageLogContract.append(
                        log, Posted.of("ana", react(1, "a", false)), Posted.of("ana", react(1, "z", true))))
                .containsExactly("24", "25");
    }

    @Test
    void theReactionsOfADeletedMessageAreErasedHoweverManyThereAre() throws IOException {
        says("ana", "secret");
        says("ana", "open");
        together(IntStream.range(0, 230)
                .mapToObj(i -> Posted.of("user" + i / 2, react(1, i % 2 == 0 ? TEA : THUMB, true))));
        does("user0", react(1, TEA, false));
        does("budi", react(2, TEA, true));

        assertThat(deletes("ana", 1)).isEqualTo("235");
        assertThat(log.read("lobby", 0, 500).entries())
                .filteredOn(entry -> codec.isReaction(entry.json()))
                .extracting(Entry::seq)
                .containsExactly(234L);
        assertThat(codec.read(log.read("lobby", 232, 1).entries().get(0).json()))
                .containsEntry("was", "reacted")
                .containsEntry("n", "2")
                .doesNotContainKey("emoji");
        assertThat(MessageLogContract.seqs(latest("ana")))
                .as("erased ones are left out as well")
                .containsExactly(1L, 2L, 235L);
        assertThat(inShort(latest("ana").reactions())).containsExactly("2: 🍵 1 budi");
    }

    @Test
    void pagesBeforeASeqLeaveReactionsOutAndCountTheRest() throws IOException {
        says("ana", "a");
        does("budi", react(1, TEA, true));
        says("ana", "b");
        for (int i = 0; i < 30; i++) {
            does("user" + i, react(3, TEA, true));
        }
        says("ana", "c");

        assertThat(MessageLogContract.seqs(log.readBefore("lobby", Long.MAX_VALUE, 2)))
                .containsExactly(3L, 34L);
        assertThat(MessageLogContract.seqs(log.readBefore("lobby", 34, 2))).containsExactly(1L, 3L);
        assertThat(MessageLogContract.seqs(log.readBefore("lobby", 3, 2))).containsExactly(1L);
        assertThat(MessageLogContract.seqs(log.read("lobby", 0, 500))).hasSize(34);
        Reactions.Kind tea =
                log.readBefore("lobby", 34, 1).reactions().get(0).of().get(0);
        assertThat(tea.count()).isEqualTo(30);
        assertThat(tea.users())
                .extracting(User::name)
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "user" + i).toList());
        assertThat(log.readBefore(new PageRequest("lobby", "u-user29", 1, 9_999), 34)
                        .reactions()
                        .get(0)
                        .of()
                        .get(0)
                        .mine())
                .isTrue();
    }

    /** Appends in groups. */
    protected void together(Stream<Posted> requests) throws IOException {
        List<AppendRequest> all = requests.map(Posted::request).toList();
        for (int from = 0; from < all.size(); from += 200) {
            assertThat(log.append(all.subList(from, Math.min(all.size(), from + 200))))
                    .hasOnlyElementsOfType(AppendResult.Committed.class);
        }
    }

    /** Appends entries in groups, each of which takes one user's reaction back or gives it again. */
    private void toggle(long seq, int times) throws IOException {
        together(IntStream.range(0, times).mapToObj(i -> Posted.of("budi", react(seq, TEA, i % 2 == 0))));
    }

    @Test
    void aPageSkipsTwentyThousandReactionsAndGetsOnInAnyCase() throws IOException {
        says("ana", "a");
        toggle(1, MessageLog.SKIPPED_REACTIONS + 10);
        long head = MessageLog.SKIPPED_REACTIONS + 11;

        assertThat(MessageLogContract.seqs(log.readBefore("lobby", Long.MAX_VALUE, 50)))
                .containsExactly(12L);
        assertThat(MessageLogContract.seqs(log.readBefore("lobby", 12, 50))).containsExactly(1L);
        says("ana", "b");
        assertThat(MessageLogContract.seqs(log.readBefore("lobby", head, 50))).containsExactly(11L);
        assertThat(MessageLogContract.seqs(log.readBefore("lobby", head - 10, 50)))
                .containsExactly(1L);
    }

    @Test
    void aPageHasFewerMessagesIfTheReactionsToThemAreLong() throws IOException {
        for (int i = 1; i <= 8; i++) {
            says("ana", "m" + i);
        }
        for (int seq = 1; seq <= 8; seq++) {
            for (int user = 0; user < 10; user++) {
                does("user" + user, react(seq, TEA, true));
            }
        }

        MessageLog.Page page = log.readBefore("lobby", 9, 8, 2_500);
        assertThat(page.entries()).hasSizeBetween(1, 4);
        assertThat(page.entries().get(page.entries().size() - 1).seq()).isEqualTo(8);
        assertThat(page.reactions()).hasSameSizeAs(page.entries());
        MessageLog.Page forwards = log.readAfter(new PageRequest("lobby", null, 8, 2_500), 0);
        assertThat(forwards.entries()).hasSameSizeAs(page.entries());
        assertThat(forwards.entries().get(0).seq()).isEqualTo(1);
    }

    /** Whatever is done in whatever groups, the log says what a list says. */
    @RepeatedTest(5)
    void theReactionsAreThoseOfAList() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Long, Map<String, List<String>>> expected = new TreeMap<>(); // by message and character, the users
        List<Long> messages = new ArrayList<>();
        long head = 0;
        for (int step = 0; step < 40; step++) {
            long known = head; // what is written in the same group is not reacted to
            List<Posted> group = new ArrayList<>();
            List<String> results = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                String user = "user" + random.nextInt(3);
                List<Long> there = messages.stream().filter(seq -> seq <= known).toList();
                long target = there.isEmpty() || random.nextInt(9) == 0
                        ? random.nextInt((int) known + 1) + (known == 0 ? 1_000L : 1L)
                        : there.get(random.nextInt(there.size()));
                target = target > known ? 1_000 : target;
                if (random.nextInt(6) == 0) {
                    group.add(Posted.of("ana", new Command.Post("lobby", null, "m")));
                    messages.add(++head);
                    results.add("" + head);
                } else if (random.nextInt(12) == 0) {
                    group.add(Posted.of("ana", new Command.Delete("lobby", null, target)));
                    boolean isThere = messages.remove(target);
                    expected.remove(target);
                    results.add(isThere ? "" + ++head : "no-such-message");
                } else {
                    String emoji = List.of(TEA, THUMB, "x").get(random.nextInt(3));
                    boolean on = random.nextBoolean();
                    group.add(Posted.of(user, react(target, emoji, on)));
                    List<String> users = messages.contains(target)
                            ? expected.computeIfAbsent(target, any -> new LinkedHashMap<>())
                                    .computeIfAbsent(emoji, any -> new ArrayList<>())
                            : null;
                    if (users == null) {
                        results.add("no-such-message");
                    } else if (users.contains(user) == on) {
                        results.add("again " + head);
                    } else {
                        if (!on || !users.isEmpty()) {
                            users.remove(user);
                        } else { // it begins again, after the others
                            expected.get(target).remove(emoji);
                            expected.get(target).put(emoji, users);
                        }
                        if (on) {
                            users.add(user);
                        }
                        results.add("" + ++head);
                    }
                }
            }
            assertThat(MessageLogContract.append(log, group.toArray(Posted[]::new)))
                    .as("seed " + seed)
                    .isEqualTo(results);
        }
        Map<Long, Map<String, List<String>>> found = new TreeMap<>();
        for (Reactions its : log.readBefore("lobby", Long.MAX_VALUE, 500).reactions()) {
            for (Reactions.Kind kind : its.of()) {
                found.computeIfAbsent(its.seq(), any -> new TreeMap<>())
                        .put(kind.emoji(), kind.users().stream().map(User::name).toList());
            }
        }
        expected.values().forEach(kinds -> kinds.values().removeIf(List::isEmpty));
        expected.values().removeIf(Map::isEmpty);
        assertThat(found).as("seed " + seed).isEqualTo(expected);
        assertThat(MessageLogContract.seqs(log.read("lobby", 0, 1_000)))
                .isEqualTo(LongStream.rangeClosed(1, head).boxed().toList());
    }
}
