package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.protocol.Access;
import id.warung.protocol.Appoint;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Limits;
import id.warung.protocol.Read;
import id.warung.protocol.User;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What commands do to a log, whatever its storage: who may use them, and what remains. */
abstract class ConversationContract {
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

    /** The result: the entry's seq, {@code again 3}, {@code conflict}, or the code with which it was rejected. */
    protected String does(String author, Command.Durable command, User... known) throws IOException {
        return MessageLogContract.append(log, Posted.of(author, command, known)).get(0);
    }

    protected String says(String author, String room, String text) throws IOException {
        return does(author, new Command.Post(room, null, text));
    }

    /** The room's entries in short form: {@code message 1 hi}, {@code edited 2 of 1 ho}, {@code erased 1}. */
    protected List<String> told(String room) throws IOException {
        return log.read(room, 0, 1_000).entries().stream().map(this::inShort).toList();
    }

    protected String inShort(Entry entry) {
        var fields = codec.read(entry.json());
        String target = fields.containsKey("target") ? " of " + fields.get("target") : "";
        String text = fields.containsKey("text") ? " " + fields.get("text") : "";
        return fields.get("type") + " " + entry.seq() + target + text;
    }

    private void kitchenOf(String owner, String... members) throws IOException {
        does(owner, new Command.Create("kitchen", null, Access.MEMBERS, "What to cook"));
        for (String member : members) {
            does(owner, new Command.Add("kitchen", null, "u-" + member), Posted.user(member));
        }
    }

    @Test
    void anEditIsAnEntryAndLeavesTheMessageAsItWas() throws IOException {
        says("ana", "lobby", "hi");

        assertThat(does("ana", new Command.Edit("lobby", "c-1", 1, "ho"))).isEqualTo("2");
        assertThat(told("lobby")).containsExactly("message 1 hi", "edited 2 of 1 ho");
        assertThat(log.state("lobby").n()).as("messages").isEqualTo(1);
    }

    @Test
    void anEditThatIsSaidAgainIsDoneOnce() throws IOException {
        says("ana", "lobby", "hi");
        does("ana", new Command.Edit("lobby", "c-1", 1, "ho"));

        assertThat(does("ana", new Command.Edit("lobby", "c-1", 1, "ho"))).isEqualTo("again 2");
        assertThat(does("ana", new Command.Edit("lobby", "c-1", 1, "hu"))).isEqualTo("conflict");
        assertThat(told("lobby")).hasSize(2);
    }

    @Test
    void othersMayNotAmendButModeratorsMay() throws IOException {
        says("ana", "lobby", "hi");

        assertThat(does("budi", new Command.Edit("lobby", null, 1, "ho"))).isEqualTo("forbidden");
        assertThat(does("budi", new Command.Delete("lobby", null, 1))).isEqualTo("forbidden");
        AppendRequest moderators = new AppendRequest(
                new Command.Delete("lobby", null, 1),
                new Principal(Posted.user("budi"), Set.of(Principal.Right.POST, Principal.Right.MODERATE)),
                List.of(),
                Posted.saying("lobby", "x"));
        assertThat(log.append(List.of(moderators)).get(0)).isInstanceOf(AppendResult.Committed.class);
    }

    @Test
    void onlyMessagesAreAmended() throws IOException {
        says("ana", "lobby", "hi");
        does("ana", new Command.Edit("lobby", null, 1, "ho"));

        assertThat(does("ana", new Command.Edit("lobby", null, 2, "hu"))).isEqualTo("no-such-message");
        assertThat(does("ana", new Command.Edit("lobby", null, 3, "hu"))).isEqualTo("no-such-message");
        assertThat(does("ana", new Command.Delete("elsewhere", null, 1))).isEqualTo("no-such-message");
    }

    @Test
    void aDeletedMessageIsErasedWithAllItsEdits() throws IOException {
        says("ana", "lobby", "secret");
        does("ana", new Command.Edit("lobby", null, 1, "secret too"));
        says("budi", "lobby", "hm");

        assertThat(does("ana", new Command.Delete("lobby", "c-9", 1))).isEqualTo("4");
        assertThat(told("lobby")).containsExactly("erased 1", "erased 2", "message 3 hm", "deleted 4 of 1");
        assertThat(log.read("lobby", 0, 2).entries())
                .extracting(entry -> codec.read(entry.json()).get("was"))
                .containsExactly("message", "edited");
        assertThat(does("ana", new Command.Delete("lobby", "c-9", 1))).isEqualTo("again 4");
        assertThat(does("ana", new Command.Delete("lobby", "c-10", 1))).isEqualTo("no-such-message");
        assertThat(does("ana", new Command.Edit("lobby", null, 1, "ho"))).isEqualTo("no-such-message");
    }

    @Test
    void thePostThatWasErasedIsStillKnownByItsId() throws IOException {
        does("ana", new Command.Post("lobby", "c-1", "secret"));
        does("ana", new Command.Delete("lobby", null, 1));

        assertThat(does("ana", new Command.Post("lobby", "c-1", "secret"))).isEqualTo("again 1");
        assertThat(does("ana", new Command.Post("lobby", "c-1", "another"))).isEqualTo("conflict");
        assertThat(told("lobby")).hasSize(2);
    }

    @Test
    void committedEntriesSayWhatReadersMustReplace() throws IOException {
        says("ana", "lobby", "secret");
        does("ana", new Command.Edit("lobby", null, 1, "secret too"));
        AppendResult result = log.append(List.of(
                        Posted.of("ana", new Command.Delete("lobby", null, 1)).request()))
                .get(0);

        assertThat(((AppendResult.Committed) result).written())
                .extracting(written -> inShort(written.entry()) + (written.replaces() ? " replaces" : ""))
                .containsExactly("deleted 3 of 1", "erased 1 replaces", "erased 2 replaces");
    }

    @Test
    void aPageHasTheLastAmendmentBeyondItOfEachOfItsMessages() throws IOException {
        for (String text : List.of("a", "b", "c")) {
            says("ana", "lobby", text);
        }
        does("ana", new Command.Edit("lobby", null, 1, "A"));
        does("ana", new Command.Edit("lobby", null, 1, "AA"));
        does("ana", new Command.Edit("lobby", null, 3, "C"));
        does("ana", new Command.Delete("lobby", null, 2));

        assertThat(log.read("lobby", 0, 2).amendments())
                .extracting(this::inShort)
                .containsExactly("edited 5 of 1 AA", "deleted 7 of 2");
        assertThat(log.read("lobby", 0, 4).amendments()).extracting(Entry::seq).containsExactly(5L, 6L, 7L);
        assertThat(log.readBefore("lobby", 4, 1).amendments())
                .extracting(Entry::seq)
                .containsExactly(6L);
        assertThat(log.read("lobby", 0, 7).amendments()).isEmpty();
    }

    @Test
    void aReplyAnswersAMessageThatIsThere() throws IOException {
        says("ana", "lobby", "hi");

        assertThat(does("budi", new Command.Post("lobby", null, "ho", 1, List.of())))
                .isEqualTo("2");
        assertThat(codec.read(log.read("lobby", 1, 1).entries().get(0).json())).containsEntry("replyTo", "1");
        assertThat(does("budi", new Command.Post("lobby", null, "ho", 3, List.of())))
                .isEqualTo("no-such-message");
    }

    @Test
    void messagesAreCountedAndNothingElse() throws IOException {
        says("ana", "lobby", "a");
        does("ana", new Command.Edit("lobby", null, 1, "b"));
        says("ana", "lobby", "c");

        assertThat(log.read("lobby", 0, 10).entries())
                .extracting(entry -> codec.read(entry.json()).get("n"))
                .containsExactly("1", "1", "2");
    }

    @Test
    void aRoomForMembersTakesWordsOfItsMembersOnly() throws IOException {
        kitchenOf("ana", "budi");

        assertThat(says("budi", "kitchen", "soto?")).isEqualTo("3");
        assertThat(says("citra", "kitchen", "me too")).isEqualTo("not-a-member");
        assertThat(does("citra", new Command.Add("kitchen", null, "u-citra"), Posted.user("citra")))
                .isEqualTo("not-a-member");
        assertThat(log.state("kitchen").members()).containsExactlyInAnyOrder("u-ana", "u-budi");
        assertThat(log.state("kitchen").topic()).isEqualTo("What to cook");
    }

    @Test
    void anyMemberAddsAModeratorRemovesAndMembersRemoveThemselves() throws IOException {
        kitchenOf("ana", "budi");

        assertThat(does("budi", new Command.Add("kitchen", null, "u-citra"), Posted.user("citra")))
                .isEqualTo("3");
        assertThat(does("budi", new Command.Add("kitchen", null, "u-citra"), Posted.user("citra")))
                .as("she is there")
                .startsWith("again");
        assertThat(does("citra", new Command.Remove("kitchen", null, "u-budi"))).isEqualTo("forbidden");
        assertThat(does("ana", new Command.Remove("kitchen", null, "u-budi"))).isEqualTo("4");
        assertThat(does("citra", new Command.Remove("kitchen", null, "u-citra")))
                .isEqualTo("5");
        assertThat(does("ana", new Command.Remove("kitchen", null, "u-citra"))).isEqualTo("no-such-user");
        assertThat(says("budi", "kitchen", "hey")).isEqualTo("not-a-member");
    }

    @Test
    void aRepeatedPostFromBeforeTheRemovalIsAnsweredAsThen() throws IOException {
        kitchenOf("ana", "budi");
        does("budi", new Command.Post("kitchen", "c-1", "soto?"));
        does("ana", new Command.Remove("kitchen", null, "u-budi"));

        assertThat(does("budi", new Command.Post("kitchen", "c-1", "soto?"))).isEqualTo("again 3");
        assertThat(does("budi", new Command.Post("kitchen", "c-2", "soto?"))).isEqualTo("not-a-member");
    }

    @Test
    void aRoomIsCreatedOnce() throws IOException {
        kitchenOf("ana");
        says("ana", "lobby", "hi");

        assertThat(does("budi", new Command.Create("kitchen", null, Access.PUBLIC, "")))
                .isEqualTo("room-exists");
        assertThat(does("ana", new Command.Create("lobby", null, Access.MEMBERS, "")))
                .isEqualTo("room-exists");
        assertThat(does("ana", new Command.Create("garden", "c-1", Access.PUBLIC, "")))
                .isEqualTo("1");
        assertThat(does("ana", new Command.Create("garden", "c-1", Access.PUBLIC, "")))
                .isEqualTo("again 1");
    }

    @Test
    void anArchivedRoomIsReadAndNothingMoreIsSaid() throws IOException {
        kitchenOf("ana", "budi");
        says("budi", "kitchen", "soto?");

        assertThat(does("budi", new Command.Change("kitchen", null, null, true)))
                .isEqualTo("forbidden");
        assertThat(does("ana", new Command.Change("kitchen", null, null, true))).isEqualTo("4");
        assertThat(says("budi", "kitchen", "hey")).isEqualTo("archived");
        assertThat(does("budi", new Command.Edit("kitchen", null, 3, "hey"))).isEqualTo("archived");
        assertThat(does("budi", new Command.Delete("kitchen", null, 3)))
                .as("one's own words")
                .isEqualTo("5");
        assertThat(does("ana", new Command.Change("kitchen", null, null, false)))
                .isEqualTo("6");
        assertThat(says("budi", "kitchen", "hey")).isEqualTo("7");
    }

    @Test
    void inAPublicRoomAnybodySaysWhatItIsAbout() throws IOException {
        says("ana", "lobby", "hi");

        assertThat(does("budi", new Command.Change("lobby", null, "Talk", null)))
                .isEqualTo("2");
        assertThat(log.state("lobby").topic()).isEqualTo("Talk");
        assertThat(does("budi", new Command.Change("lobby", null, null, true))).isEqualTo("forbidden");
        assertThat(does("ana", new Command.Add("lobby", null, "u-budi"), Posted.user("budi")))
                .isEqualTo("forbidden");
    }

    @Test
    void theOwnerAppointsModeratorsWhoAppointNobody() throws IOException {
        says("budi", "elsewhere", "that you know me");
        kitchenOf("ana", "budi", "citra", "dewi");
        says("citra", "kitchen", "hey");

        assertThat(does("budi", new Command.Delete("kitchen", null, 5))).isEqualTo("forbidden");
        assertThat(does("budi", new Appoint("kitchen", null, "u-budi", true))).isEqualTo("forbidden");
        assertThat(does("ana", new Appoint("kitchen", null, "u-eka", true), Posted.user("eka")))
                .as("no member")
                .isEqualTo("no-such-user");
        assertThat(does("ana", new Appoint("kitchen", "c-1", "u-budi", true), Posted.user("budi")))
                .isEqualTo("6");
        assertThat(does("ana", new Appoint("kitchen", "c-1", "u-budi", true))).isEqualTo("again 6");
        assertThat(does("ana", new Appoint("kitchen", "c-2", "u-budi", true))).isEqualTo("again 6");
        assertThat(log.state("kitchen").moderators()).containsExactly("u-budi");

        assertThat(does("budi", new Command.Delete("kitchen", null, 5))).isEqualTo("7");
        assertThat(does("budi", new Appoint("kitchen", null, "u-citra", true), Posted.user("citra")))
                .isEqualTo("forbidden");
        assertThat(does("budi", new Command.Remove("kitchen", null, "u-ana")))
                .as("the owner")
                .isEqualTo("forbidden");
        does("ana", new Appoint("kitchen", null, "u-citra", true), Posted.user("citra"));
        assertThat(does("budi", new Command.Remove("kitchen", null, "u-citra")))
                .as("a moderator")
                .isEqualTo("forbidden");
        assertThat(does("budi", new Command.Remove("kitchen", null, "u-dewi"))).isEqualTo("9");
    }

    @Test
    void whoIsDismissedOrResignsOrIsRemovedModeratesNoMore() throws IOException {
        kitchenOf("ana", "budi", "citra", "dewi");
        for (String each : List.of("budi", "citra", "dewi")) {
            does("ana", new Appoint("kitchen", null, "u-" + each, true), Posted.user(each));
        }

        assertThat(does("budi", new Appoint("kitchen", null, "u-citra", false))).isEqualTo("forbidden");
        assertThat(does("ana", new Appoint("kitchen", null, "u-budi", false))).isEqualTo("8");
        assertThat(does("ana", new Appoint("kitchen", null, "u-budi", false))).isEqualTo("no-such-user");
        assertThat(does("citra", new Appoint("kitchen", null, "u-citra", false)))
                .isEqualTo("9");
        assertThat(does("ana", new Command.Remove("kitchen", null, "u-dewi"))).isEqualTo("10");
        assertThat(does("ana", new Command.Add("kitchen", null, "u-dewi"), Posted.user("dewi")))
                .isEqualTo("11");
        assertThat(log.state("kitchen").moderators()).isEmpty();
        for (String each : List.of("budi", "citra", "dewi")) {
            assertThat(does(each, new Command.Change("kitchen", null, null, true)))
                    .isEqualTo("forbidden");
        }
    }

    @Test
    void aPublicRoomHasModeratorsAsManyAsThereIsRoomFor() throws IOException {
        does("ana", new Command.Create("lobby", null, Access.PUBLIC, ""));
        assertThat(does("ana", new Appoint("lobby", null, "u-nobody", true))).isEqualTo("no-such-user");
        for (int i = 0; i < Limits.MAX_MODERATORS; i++) {
            assertThat(does("ana", new Appoint("lobby", null, "u-m" + i, true), Posted.user("m" + i)))
                    .isEqualTo(String.valueOf(i + 2));
        }
        assertThat(does("ana", new Appoint("lobby", null, "u-budi", true), Posted.user("budi")))
                .isEqualTo("forbidden");
        assertThat(does("m7", new Command.Change("lobby", null, null, true)))
                .isEqualTo(String.valueOf(Limits.MAX_MODERATORS + 2));
        assertThat(log.state("lobby").moderators()).hasSize(Limits.MAX_MODERATORS);
    }

    @Test
    void aConversationOfTwoHasItsMembersForEver() throws IOException {
        Command.Create create = new Command.Create("direct.u-ana.u-budi", null, Access.MEMBERS, "");

        assertThat(does("ana", create)).as("with somebody nobody knows").isEqualTo("no-such-user");
        assertThat(does("ana", create, Posted.user("budi"))).isEqualTo("1");
        assertThat(does("budi", create, Posted.user("ana"))).isEqualTo("again 1");
        assertThat(says("budi", create.room(), "psst")).isEqualTo("2");
        assertThat(says("citra", create.room(), "hey")).isEqualTo("not-a-member");
        assertThat(does("ana", new Command.Add(create.room(), null, "u-citra"), Posted.user("citra")))
                .isEqualTo("forbidden");
        assertThat(does("ana", new Command.Remove(create.room(), null, "u-ana")))
                .isEqualTo("forbidden");
    }

    @Test
    void nobodyWritesIntoAnInbox() throws IOException {
        assertThat(says("ana", "inbox.u-ana", "note")).isEqualTo("forbidden");
        assertThat(says("budi", "inbox.u-ana", "psst")).isEqualTo("not-a-member");
        assertThat(Permissions.isOpenTo("u-ana", log.state("inbox.u-ana"))).isTrue();
        assertThat(Permissions.isOpenTo("u-budi", log.state("inbox.u-ana"))).isFalse();
        assertThat(Permissions.isOpenTo("u-ana", log.state("direct.u-ana.u-budi")))
                .as("before it has begun")
                .isFalse();
    }

    @Test
    void hitsAreTheNewestFirstWithTheirNeighbours() throws IOException {
        for (String text : List.of("soto ayam", "nasi", "今天的豆浆特别香", "Soto Betawi", "豆腐")) {
            says("ana", "lobby", text);
        }
        searchable();

        assertThat(found("soto")).containsExactly(4L, 1L);
        assertThat(found("SOTO bet")).containsExactly(4L);
        assertThat(found("豆浆")).containsExactly(3L);
        assertThat(found("豆")).containsExactly(5L, 3L);
        assertThat(found("浆豆")).isEmpty();
        assertThat(found("  ")).isEmpty();
        assertThat(log.search("lobby", "soto", 4, 10).hits())
                .extracting(hit -> hit.entry().seq())
                .containsExactly(1L);
        assertThat(log.search("lobby", "soto", 9, 1).hits())
                .extracting(hit -> hit.entry().seq())
                .containsExactly(4L);
        assertThat(log.search("lobby", "betawi", 9, 1).hits().get(0).around())
                .extracting(Entry::seq)
                .containsExactly(3L, 5L);
        assertThat(log.search("elsewhere", "soto", 9, 1).hits()).isEmpty();
    }

    @Test
    void hitsEndBeforeTheByteLimitAndSayThatThereAreMore() throws IOException {
        for (int i = 0; i < 9; i++) {
            says("ana", "lobby", i % 2 == 0 ? "soto " + "x".repeat(1_000) : "nasi");
        }
        searchable();

        MessageLog.Hits first = log.search("lobby", "soto", 100, 20, 4_000);
        assertThat(first.hits()).extracting(hit -> hit.entry().seq()).containsExactly(9L, 7L);
        assertThat(first.more()).isTrue();
        MessageLog.Hits next = log.search("lobby", "soto", 7, 20, 4_000);
        assertThat(next.hits()).extracting(hit -> hit.entry().seq()).containsExactly(5L, 3L);
        assertThat(log.search("lobby", "soto", 3, 20, 10).hits())
                .as("one in any case")
                .hasSize(1);
        assertThat(log.search("lobby", "soto", 3, 20, 4_000).more()).isFalse();
        assertThat(log.search("lobby", "soto", 100, 5).more())
                .as("it may be so")
                .isTrue();
        assertThat(log.search("lobby", "soto", 100, 6).more()).isFalse();
    }

    @Test
    void anEditIsFoundByItsWordsAndWhatIsErasedByNone() throws IOException {
        says("ana", "lobby", "soto");
        says("ana", "lobby", "rawon");
        searchable();
        does("ana", new Command.Edit("lobby", null, 1, "gado"));
        does("ana", new Command.Delete("lobby", null, 2));

        assertThat(found("rawon")).as("at once").isEmpty();
        searchable();
        assertThat(found("gado")).containsExactly(1L);
        assertThat(log.search("lobby", "gado", 9, 1).amendments())
                .extracting(this::inShort)
                .containsExactly("edited 3 of 1 gado");
        assertThat(found("soto")).isEmpty();
        assertThat(found("rawon")).isEmpty();
    }

    @Test
    void neighboursOfHitsAreAmendedAsWell() throws IOException {
        for (String text : List.of("nasi", "soto", "rawon")) {
            says("ana", "lobby", text);
        }
        does("ana", new Command.Edit("lobby", null, 1, "NASI"));
        does("ana", new Command.Edit("lobby", null, 2, "SOTO"));
        searchable();

        assertThat(log.search("lobby", "soto", 9, 1).amendments())
                .extracting(this::inShort)
                .containsExactly("edited 4 of 1 NASI", "edited 5 of 2 SOTO");
    }

    @Test
    void howFarSomebodyHasReadNeverGoesBackUnlessItIsForgotten() throws IOException {
        for (String text : List.of("a", "b", "c")) {
            says("budi", "lobby", text);
        }
        does("budi", new Command.Edit("lobby", null, 1, "A"));

        assertThat(reads("ana", 2)).isEqualTo(new AppendResult.ReadMarked(2, 2));
        assertThat(reads("ana", 4)).isEqualTo(new AppendResult.ReadMarked(4, 3));
        assertThat(reads("ana", 2)).isEqualTo(new AppendResult.ReadMarked(4, 3));
        assertThat(reads("citra", 1)).isEqualTo(new AppendResult.ReadMarked(1, 1));
        assertThat(reads("ana", 0)).isEqualTo(new AppendResult.ReadMarked(0, 0));
        assertThat(reads("ana", 1)).isEqualTo(new AppendResult.ReadMarked(1, 1));
    }

    private AppendResult reads(String user, long seq) throws IOException {
        return log.append(List.of(Posted.of(user, new Read("lobby", seq)).request()))
                .get(0);
    }

    @Test
    void specialCharactersInAQueryDoNoHarm() throws IOException {
        says("ana", "lobby", "100% a_b 'x' \"y\" * NEAR(z) -w AND OR NOT ^v col:u");
        searchable();

        for (String query : List.of(
                "%",
                "_",
                "'",
                "\"",
                "*",
                "NEAR(z",
                "-w",
                "AND",
                "OR NOT",
                "^v",
                "col:u",
                ")",
                "\\",
                "a\u0000b",
                "x".repeat(10_000))) {
            assertThat(log.search("lobby", query, 9, 10).hits()).as(query).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(found("near z")).containsExactly(1L);
        assertThat(found("or")).containsExactly(1L);
    }

    /** Waits until everything is indexed for search. */
    protected abstract void searchable() throws IOException;

    private List<Long> found(String query) throws IOException {
        return log.search("lobby", query, Long.MAX_VALUE, 10).hits().stream()
                .map(hit -> hit.entry().seq())
                .toList();
    }

    @Test
    void aMessageIsEditedAHundredTimesAndDeletedAfterThat() throws IOException {
        says("ana", "lobby", "v0");
        says("ana", "lobby", "another");
        for (int n = 1; n <= 100; n++) {
            assertThat(does("ana", new Command.Edit("lobby", "c-" + n, 1, "v" + n)))
                    .isEqualTo(Integer.toString(n + 2));
        }

        assertThat(does("ana", new Command.Edit("lobby", "c-101", 1, "v101"))).isEqualTo("too-many-edits");
        assertThat(does("ana", new Command.Edit("lobby", "c-100", 1, "v100")))
                .as("said again")
                .isEqualTo("again 102");
        assertThat(does("ana", new Command.Edit("lobby", null, 2, "b"))).isEqualTo("103");
        assertThat(does("ana", new Command.Delete("lobby", null, 1))).isEqualTo("104");
        assertThat(told("lobby").subList(0, 103))
                .filteredOn(entry -> !entry.startsWith("erased"))
                .containsExactly("message 2 another", "edited 103 of 2 b");
    }
}
