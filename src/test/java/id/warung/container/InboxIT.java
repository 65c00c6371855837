package id.warung.container;

import static id.warung.client.Person.anyRoom;
import static id.warung.client.Person.field;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything that concerns one user alone, and how far they have read: on all of their devices, and on nobody else's. */
class InboxIT extends OnServer {
    private static final String FROM_NOW_ON = "\"last\":0";
    private static final int MANY_ROOMS = 90;

    private final String room = anyRoom();
    private Person ana;
    private Person budi;

    @Deployment(testable = false)
    static WebArchive soonTold() {
        return packedWar(Map.of("warung.roster-interval-ms", "100"));
    }

    @BeforeEach
    void anaAndBudiAreHere() {
        ana = Person.signedIn(chat());
        budi = Person.signedIn(chat());
    }

    @AfterEach
    void theyGo() {
        ana.close();
        budi.close();
    }

    @Test
    @Tag("smoke")
    void anInboxIsItsOwnersAlone() throws Exception {
        assertThat(budi.inbox()).isEqualTo("inbox." + budi.id());
        assertThat(budi.join(budi.inbox())).containsAllEntriesOf(json("{\"head\":0,\"n\":0,\"access\":\"members\"}"));
        ana.say("{\"type\":\"join\",\"room\":\"" + budi.inbox() + "\"}");
        assertThat(ana.nextError("not-a-member").getString("room")).isEqualTo(budi.inbox());

        String messages = "api/rooms/" + budi.inbox() + "/messages";
        assertThat(get(ana, messages).statusCode()).isEqualTo(403);
        assertThat(get(ana, messages + "?q=a").statusCode()).isEqualTo(403);
        assertThat(get(messages).statusCode()).isEqualTo(403);
        assertThat(get(budi, messages).statusCode()).isEqualTo(200);
        assertThat(get(ana, "api/rooms/" + budi.inbox()).statusCode()).isEqualTo(404);
        assertThat(get(budi, "api/rooms/" + budi.inbox()).statusCode())
                .as("of one in which nothing is yet")
                .isEqualTo(404);
        ana.direct(budi);
        assertThat(budi.next("invited").getInt("seq")).isEqualTo(1);
        assertThat(get(budi, "api/rooms/" + budi.inbox()).statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyWritesInAnInbox() throws Exception {
        budi.join(budi.inbox());
        budi.isRefused("forbidden", "post", budi.inbox(), field("text", "note to myself"));
        budi.isRefused("forbidden", "change", budi.inbox(), field("topic", "mine"));
        budi.isRefused("forbidden", "add", budi.inbox(), field("user", ana.id()));
        for (Person each : List.of(ana, budi)) {
            assertThat(post(each, "api/rooms/" + budi.inbox() + "/messages", "hi")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(budi.join(budi.inbox()).getInt("head")).isZero();
    }

    @Test
    @Tag("smoke")
    void oneFindsThereWhereOneWasInvitedMentionedAndRemoved() {
        String kitchen = anyRoom();
        budi.join(budi.inbox());
        ana.join(room, FROM_NOW_ON);
        ana.create(kitchen, field("access", "members"));
        ana.add(kitchen, budi);
        int message = ana.post(room, "@Budi yes", "\"mentions\":[\"" + budi.id() + "\"]")
                .getInt("seq");
        ana.remove(kitchen, budi);
        String direct = ana.direct(budi);

        List<JsonObject> events =
                IntStream.range(0, 4).mapToObj(n -> budi.next()).toList();
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getString("room")).isEqualTo(budi.inbox());
            assertThat(event.getInt("n")).isZero();
            assertThat(event.getJsonObject("from")).isEqualTo(ana.asAuthor());
            assertThat(event.getString("at")).isNotEmpty();
        });
        assertThat(events.get(0)).containsAllEntriesOf(note("invited", 1, kitchen));
        assertThat(events.get(1)).containsAllEntriesOf(note("mentioned", 2, room));
        assertThat(events.get(1).getInt("message")).isEqualTo(message);
        assertThat(events.get(2)).containsAllEntriesOf(note("revoked", 3, kitchen));
        assertThat(events.get(3)).containsAllEntriesOf(note("invited", 4, direct));
    }

    private static JsonObject note(String type, int seq, String in) {
        return json("{\"type\":\"" + type + "\",\"seq\":" + seq + ",\"in\":\"" + in + "\"}");
    }

    @Test
    @Tag("smoke")
    void aUserWhoWasAwayMissesNothing() throws Exception {
        String epoch = budi.join(budi.inbox()).getString("epoch");
        budi.join(room, FROM_NOW_ON);
        budi.post(room, "that I am known");
        ana.join(room, FROM_NOW_ON);
        mention("one", budi);
        List<JsonObject> told = budi.nextInAnyOrder("message", "mentioned");
        assertThat(told.get(0).getString("text")).isEqualTo("one");
        assertThat(told.get(1).getInt("seq")).isEqualTo(1);
        budi.close();
        int message = mention("two", budi);
        try (Person citra = Person.signedIn(chat())) {
            citra.direct(budi);
        }

        try (Person back = budi.elsewhere(chat())) {
            assertThat(back.join(back.inbox(), field("epoch", epoch), "\"after\":1")
                            .getInt("head"))
                    .isEqualTo(3);
            assertThat(back.next("mentioned").getInt("message")).isEqualTo(message);
            assertThat(back.next("invited").getInt("seq")).isEqualTo(3);
            assertThat(json(get(back, "api/rooms/" + back.inbox() + "/messages?after=1"))
                            .getJsonArray("entries"))
                    .hasSize(2);
        }
    }

    /** A user who is not told of something receives the next event as the next one. */
    @Test
    void aMentionReachesUsersWhoMayReadTheRoomButNotItsAuthor() {
        String kitchen = anyRoom();
        ana.create(kitchen, field("access", "members"));
        ana.join(kitchen, FROM_NOW_ON);
        ana.join(ana.inbox());
        budi.join(budi.inbox());
        String all = "\"mentions\":[\"" + ana.id() + "\",\"" + budi.id() + "\",\"u-nobody\",\"" + budi.id() + "\"]";
        JsonObject message = ana.post(kitchen, "who hears this?", all);
        assertThat(message).containsAllEntriesOf(json("{" + all + "}"));

        ana.add(kitchen, budi);
        assertThat(budi.next("invited").getInt("seq")).isEqualTo(1);
        ana.next("added");
        ana.post(kitchen, "and this?", all);
        assertThat(budi.next("mentioned").getInt("seq")).isEqualTo(2);
        assertThat(budi.direct(ana)).as("told once").isNotEmpty();
        assertThat(ana.next("invited").getInt("seq")).as("not told of herself").isEqualTo(1);
    }

    @Test
    void aMessageMentionsSixteenUsersAtMost() {
        ana.join(room, FROM_NOW_ON);
        String sixteen = "\"u-a\"" + ",\"u-a\"".repeat(15);
        ana.isRefused("bad-command", "post", room, field("text", "all"), "\"mentions\":[" + sixteen + ",\"u-a\"]");
        ana.isRefused("bad-command", "post", room, field("text", "all"), "\"mentions\":[\"No Id\"]");
        assertThat(ana.command("post", room, field("text", "all"), "\"mentions\":[" + sixteen + "]"))
                .isEqualTo(1);
    }

    @Test
    @Tag("smoke")
    void howFarOneHasReadIsTheSameOnAllOnesDevicesAndOverHttp() throws Exception {
        try (Person onThePhone = ana.elsewhere(chat())) {
            for (Person each : List.of(ana, onThePhone)) {
                each.join(each.inbox(), FROM_NOW_ON);
                each.join(room, FROM_NOW_ON);
            }
            budi.join(room, FROM_NOW_ON);
            budi.command("post", room, field("text", "one"));
            ana.command("post", room, field("text", "two"));
            onThePhone.command("post", room, field("text", "three"));
            budi.command("post", room, field("text", "four"));
            budi.edit(room, 4, "FOUR");
            assertThat(listed(ana, room)).as("a post reads nothing").isNotNull().doesNotContainKeys("read", "unread");

            ana.read(room, 1);
            for (Person each : List.of(ana, onThePhone)) {
                assertThat(each.skipTo("reads").getJsonArray("rooms"))
                        .containsExactly(json("{\"room\":\"" + room + "\",\"seq\":1,\"n\":1}"));
            }
            for (Person each : List.of(ana, onThePhone)) {
                assertThat(listed(each, room)).containsAllEntriesOf(json("""
                        {"head":5,"n":4,"read":{"seq":1,"n":1},"unread":1,"mentions":0}"""));
            }
            onThePhone.read(room, 5);
            assertThat(marks(ana.skipTo("reads"))).containsEntry(room, 5);
            assertThat(json(get(ana, "api/rooms/" + room))).containsAllEntriesOf(json("""
                    {"read":{"seq":5,"n":4},"unread":0}"""));
            assertThat(listed(budi, room)).as("nobody else's").doesNotContainKey("read");
        }
    }

    @Test
    void ownMessagesAreNeverUnreadEvenWithoutAnIdOrDeleted() throws Exception {
        ana.join(room, FROM_NOW_ON);
        ana.command("post", room, field("text", "one"));
        ana.hasRead(room, 1);
        ana.command("post", room, field("text", "two"));
        ana.say(Person.postFrame(room, "three"));
        ana.edit(room, 2, "TWO");
        assertThat(unread(ana)).isZero();
        ana.delete(room, 2);
        assertThat(unread(ana)).as("with an id, and deleted").isZero();
        ana.delete(room, 3);
        assertThat(unread(ana)).as("without an id, and deleted").isZero();
        budi.join(room, FROM_NOW_ON);
        budi.post(room, "four");
        assertThat(unread(ana)).isEqualTo(1);
    }

    @Test
    void howFarOneHasReadNeverGoesBack() throws Exception {
        String other = anyRoom();
        try (Person onThePhone = ana.elsewhere(chat())) {
            onThePhone.join(ana.inbox(), FROM_NOW_ON);
            ana.join(other, FROM_NOW_ON);
            ana.post(other, "one");
            ana.join(room, FROM_NOW_ON);
            for (int n = 1; n <= 5; n++) {
                ana.post(room, "m" + n);
            }
            ana.read(room, 4);
            assertThat(marks(onThePhone.next("reads"))).containsEntry(room, 4);
            ana.read(room, 2);
            ana.read(other, 1);
            Map<String, Integer> marks = marks(onThePhone.next("reads"));
            while (!marks.containsKey(other)) {
                assertThat(marks).containsEntry(room, 4);
                marks = marks(onThePhone.next("reads"));
            }
            assertThat(marks).containsEntry(room, 4);
            assertThat(listed(ana, room).getJsonObject("read")).isEqualTo(json("{\"seq\":4,\"n\":4}"));
            ana.read(room, 1_000_000);
            assertThat(marks(onThePhone.next("reads")))
                    .as("nobody reads further than the head")
                    .containsEntry(room, 5);
        }
    }

    @Test
    void oneMayForgetThatOneEverWasInARoom() throws Exception {
        budi.join(room, FROM_NOW_ON);
        budi.post(room, "one");
        ana.join(room, FROM_NOW_ON);
        ana.hasRead(room, 1);
        assertThat(listed(ana, room)).containsKey("read");
        ana.hasRead(room, 0);
        assertThat(listed(ana, room)).doesNotContainKeys("read", "unread", "mentions");
    }

    @Test
    void aLaterSessionIsToldTheReadMarksOfItsUser() throws Exception {
        ana.join(ana.inbox(), FROM_NOW_ON);
        ana.join(room, FROM_NOW_ON);
        ana.post(room, "one");
        ana.read(room, 1);
        ana.next("reads");
        try (Person onThePhone = ana.elsewhere(chat())) {
            onThePhone.join(ana.inbox(), FROM_NOW_ON);
            assertThat(marks(onThePhone.next("reads"))).containsEntry(room, 1);
        }
    }

    @Test
    @Tag("smoke")
    void theUnreadMentionsAreCountedUntilTheyAreReadOrDeleted() throws Exception {
        budi.join(room, FROM_NOW_ON);
        budi.post(room, "that I am known");
        budi.hasRead(room, 1);
        ana.join(room, FROM_NOW_ON);
        mention("one", budi);
        int second = mention("two", budi);
        mention("three", budi);
        assertThat(listed(budi, room)).containsAllEntriesOf(json("{\"unread\":3,\"mentions\":3}"));
        ana.delete(room, second);
        assertThat(listed(budi, room).getInt("mentions")).isEqualTo(2);
        budi.hasRead(room, second);
        assertThat(listed(budi, room)).containsAllEntriesOf(json("{\"unread\":1,\"mentions\":1}"));
    }

    /** What was said before is there to read, and is not news. */
    @Test
    void aNewMembersUnreadCountBeginsWhereTheyWereAdded() throws Exception {
        String kitchen = anyRoom();
        ana.create(kitchen, field("access", "members"));
        ana.join(kitchen, FROM_NOW_ON);
        ana.post(kitchen, "one");
        ana.add(kitchen, budi);
        assertThat(listed(budi, kitchen)).containsAllEntriesOf(json("""
                {"member":true,"read":{"seq":3,"n":1},"unread":0,"mentions":0}"""));
        ana.command("post", kitchen, field("text", "two"));
        assertThat(listed(budi, kitchen).getInt("unread")).isEqualTo(1);
        assertThat(listed(ana, kitchen).getInt("unread")).as("her own").isZero();
    }

    @Test
    void oneReadsWhereOneIsOnly() {
        ana.read(room, 1);
        ana.nextError("not-joined");
    }

    private int mention(String text, Person whom) {
        return ana.command("post", room, field("text", text), "\"mentions\":[\"" + whom.id() + "\"]");
    }

    private int unread(Person whose) throws Exception {
        return listed(whose, room).getInt("unread");
    }

    private static Map<String, Integer> marks(JsonObject reads) {
        return reads.getJsonArray("rooms").stream()
                .map(JsonValue::asJsonObject)
                .collect(Collectors.toMap(mark -> mark.getString("room"), mark -> mark.getInt("seq")));
    }

    @Test
    void whoReadsManyRoomsHearsWhatIsUnreadInTheOthers() throws Exception {
        ana.create(room, field("access", "members"));
        ana.add(room, budi);
        ana.join(room, FROM_NOW_ON);
        budi.join(budi.inbox(), FROM_NOW_ON);
        for (int n = 0; n < MANY_ROOMS; n++) {
            budi.join(room.substring(0, 20) + "-" + n, FROM_NOW_ON);
        }
        ana.post(room, "hi");

        JsonObject unread = budi.nextWith("unread");
        assertThat(unread.getString("room")).isEqualTo(budi.inbox());
        JsonObject listed = listed(budi, room);
        assertThat(unread.getJsonArray("rooms").getValuesAs(JsonObject.class))
                .singleElement()
                .satisfies(count -> assertThat(listed).containsAllEntriesOf(count));
        assertThat(listed.getInt("unread")).isEqualTo(1);
    }
}
