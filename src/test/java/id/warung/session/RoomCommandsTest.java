package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.AppendResult;
import id.warung.protocol.Command;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Rooms are created, changed and archived, members added and removed, and read marks set, as sessions see it. */
class RoomCommandsTest {
    private static final String FOR_MEMBERS = "\"access\":\"members\"";
    private static final String ARCHIVED = "\"archived\":true";
    private static final String NOT_ARCHIVED = "\"archived\":false";

    private final SessionNode node = new SessionNode();
    private final Client ana = signedIn("Ana");
    private final Client budi = signedIn("Budi");

    private Client signedIn(String name) {
        Client client = node.signedIn(name);
        client.forget();
        return client;
    }

    private void forget() {
        node.settle();
        ana.forget();
        budi.forget();
    }

    private static String user(Client client) {
        return "\"user\":\"" + client.userId() + "\"";
    }

    /** Ana's kitchen, which she and its other members have joined. */
    private void kitchenOf(Client... others) {
        ana.does("create", "kitchen", null, FOR_MEMBERS);
        ana.join("kitchen");
        for (Client other : others) {
            ana.does("add", "kitchen", null, user(other));
            node.settle();
            other.join("kitchen");
        }
        forget();
    }

    @Test
    void theCreatorOfARoomModeratesIt() {
        ana.does("create", "kitchen", "c-1", FOR_MEMBERS + ",\"topic\":\"Soto\"");
        ana.join("kitchen"); // at once
        node.settle();

        assertThat(ana.heard()).containsExactlyInAnyOrder("ack c-1 1", "joined kitchen 1", "created 1");
        JsonObject joined = ana.events("joined").get(0);
        assertThat(joined.getString("access")).isEqualTo("members");
        assertThat(joined.getString("topic")).isEqualTo("Soto");
        assertThat(joined.getBoolean("moderator")).isTrue();
    }

    @Test
    void existingAndInvalidRoomsAreNotCreated() {
        ana.does("create", "kitchen", null, "");
        ana.does("create", "kitchen", "c-1", "");
        ana.does("create", "inbox." + ana.userId(), "c-2", "");
        ana.does("create", "direct.a.b", "c-3", "");
        ana.does("create", "garden", "c-4", "\"access\":\"secret\"");
        ana.does("create", "garden", "c-5", "\"topic\":\"" + "x".repeat(201) + "\"");
        node.settle();

        assertThat(ana.heard())
                .containsExactlyInAnyOrder(
                        "error room-exists c-1",
                        "error bad-room c-2",
                        "error bad-room c-3",
                        "error bad-command c-4",
                        "error text-too-long c-5");
    }

    @Test
    void aClientThatIsNotSignedInMayDoNothing() {
        Client nobody = node.connect();
        nobody.does("create", "kitchen", "c-1", "");
        nobody.does("change", "kitchen", "c-2", "\"topic\":\"Soto\"");
        nobody.does("add", "kitchen", "c-3", "\"user\":\"u-a\"");
        nobody.does("remove", "kitchen", "c-4", "\"user\":\"u-a\"");
        nobody.does("edit", "kitchen", "c-5", "\"seq\":1,\"text\":\"a\"");
        nobody.does("delete", "kitchen", "c-6", "\"seq\":1");
        nobody.does("read", "kitchen", null, "\"seq\":1");
        nobody.does("typing", "kitchen", null, "");
        nobody.says("{\"type\":\"direct\",\"user\":\"u-a\"}");
        node.settle();

        assertThat(nobody.events("error")).hasSize(9).allSatisfy(error -> assertThat(error.getString("code"))
                .isEqualTo("not-signed-in"));
    }

    @Test
    void whereModeratorsMakeRoomsNobodyElseDoes() {
        SessionNode strict = SessionNode.whereModeratorsMakeRooms();
        Client guest = strict.signedIn("Ana");
        Client other = strict.signedIn("Budi");
        guest.forget();
        guest.join("kitchen");
        guest.does("create", "kitchen", "c-1", "");
        strict.settle();
        assertThat(guest.heard()).containsExactly("error no-such-room", "error forbidden c-1");
        assertThat(guest.events().get(0).getString("room")).isEqualTo("kitchen");

        Client moderator = strict.moderator();
        moderator.does("create", "kitchen", null, "");
        moderator.join("kitchen");
        strict.settle();
        assertThat(moderator.events("error")).isEmpty();
        guest.forget();
        guest.join("kitchen");
        guest.says("{\"type\":\"direct\"," + user(other) + "}");
        strict.settle();
        assertThat(guest.heard()).containsExactly("joined kitchen 1", "created 1", "direct");
    }

    @Test
    void whereModeratorsMakeRoomsNoOtherCommandMakesOneEither() {
        SessionNode strict = SessionNode.whereModeratorsMakeRooms();
        Client guest = strict.signedIn("Ana");
        guest.forget();
        guest.does("change", "kitchen", "c-1", "\"topic\":\"mine\"");
        guest.does("add", "kitchen", "c-2", user(guest));
        strict.settle();
        assertThat(guest.heard()).containsExactlyInAnyOrder("error no-such-room c-1", "error no-such-room c-2");
        assertThat(strict.log.texts("kitchen")).isEmpty();
        Client moderator = strict.moderator();
        moderator.join("kitchen");
        strict.settle();
        assertThat(moderator.events("joined").get(0).getInt("head")).isZero();
    }

    @Test
    void aRoomThatABackEndMakesByPostingIsThereForEverybodyAtOnce() {
        SessionNode strict = SessionNode.whereModeratorsMakeRooms();
        Client early = strict.signedIn("Ana");
        early.join("builds");
        strict.settle();
        assertThat(early.heard()).contains("error no-such-room");
        CompletionStage<AppendResult> posted = strict.posts(SessionNode.KEY, new Command.Post("builds", null, "green"));
        strict.settle();
        assertThat(posted.toCompletableFuture()).isCompleted();
        early.join("builds");
        Client late = strict.signedIn("Budi");
        late.join("builds");
        strict.settle();
        assertThat(early.heard()).contains("joined builds 1", "message 1");
        assertThat(late.heard()).contains("joined builds 1", "message 1");
    }

    /** They cannot see whether the command arrived, so they are told. */
    @Test
    void aRemovedMemberWhoRepeatsAPostGetsItsAck() {
        kitchenOf(budi);
        budi.does("post", "kitchen", "c-1", "\"text\":\"bye\"");
        node.settle();
        ana.does("remove", "kitchen", null, user(budi));
        forget();
        budi.does("post", "kitchen", "c-1", "\"text\":\"bye\"");
        budi.does("post", "kitchen", "c-1", "\"text\":\"another\"");
        budi.does("post", "kitchen", "c-2", "\"text\":\"hello?\"");
        budi.does("delete", "kitchen", "c-3", "\"seq\":3");
        budi.join("lobby");
        node.settle();
        assertThat(budi.heard())
                .containsExactly(
                        "ack c-1 3",
                        "error id-conflict c-1",
                        "error not-joined c-2",
                        "error not-joined c-3",
                        "joined lobby 0");
    }

    @Test
    void ofTheTwoInADirectConversationNeitherModeratesTheOther() {
        ana.says("{\"type\":\"direct\"," + user(budi) + "}");
        node.settle();
        String room = ana.events("direct").get(0).getString("room");
        for (Client each : new Client[] {ana, budi}) {
            each.join(room);
            each.does("post", room, null, "\"text\":\"mine\"");
            node.settle();
            assertThat(each.events("joined").get(0).containsKey("moderator")).isFalse();
        }
        forget();
        ana.does("edit", room, "c-1", "\"seq\":3,\"text\":\"his\"");
        ana.does("delete", room, "c-2", "\"seq\":3");
        ana.does("edit", room, "c-3", "\"seq\":2,\"text\":\"hers\"");
        node.settle();
        assertThat(ana.heard())
                .containsExactlyInAnyOrder("error forbidden c-1", "error forbidden c-2", "ack c-3 4", "edited 4");
    }

    @Test
    void anybodyChangesThePublicTopicAndAModeratorArchives() {
        ana.does("create", "garden", null, "");
        node.settle();
        budi.join("garden");
        forget();
        budi.does("change", "garden", "c-1", "\"topic\":\"Roses\"");
        budi.does("change", "garden", "c-2", ARCHIVED);
        budi.does("change", "garden", "c-3", ARCHIVED + ",\"topic\":\"both\"");
        budi.does("change", "garden", "c-4", "");
        ana.does("change", "garden", "c-5", ARCHIVED);
        node.settle();

        assertThat(budi.heard())
                .containsExactlyInAnyOrder(
                        "ack c-1 2",
                        "changed 2",
                        "error forbidden c-2",
                        "error bad-command c-3",
                        "error bad-command c-4",
                        "changed 3");
        assertThat(ana.heard()).containsExactly("ack c-5 3");
    }

    @Test
    void inAnArchivedRoomNothingIsSaidUntilItIsNoneAnyMore() {
        ana.does("create", "garden", null, "");
        node.settle();
        budi.join("garden");
        budi.does("post", "garden", null, "\"text\":\"hi\"");
        node.settle();
        ana.does("change", "garden", null, ARCHIVED);
        forget();
        budi.does("post", "garden", "c-1", "\"text\":\"ho\"");
        budi.does("edit", "garden", "c-2", "\"seq\":2,\"text\":\"ho\"");
        budi.does("change", "garden", "c-3", "\"topic\":\"Roses\"");
        budi.does("change", "garden", "c-4", NOT_ARCHIVED);
        budi.join("garden");
        node.settle();
        assertThat(budi.heard())
                .contains("error archived c-1", "error archived c-2", "error forbidden c-3", "error forbidden c-4");
        assertThat(budi.events("joined").get(0).getBoolean("archived")).isTrue();

        forget();
        node.moderator().does("change", "garden", null, NOT_ARCHIVED);
        node.settle();
        budi.does("post", "garden", "c-1", "\"text\":\"ho\"");
        node.settle();
        assertThat(budi.heard()).containsExactlyInAnyOrder("changed 4", "ack c-1 5", "message 5");
    }

    @Test
    void nothingOfARoomForMembersIsForAnybodyElse() {
        kitchenOf();
        budi.join("kitchen");
        budi.does("post", "kitchen", "c-1", "\"text\":\"hi\"");
        budi.does("add", "kitchen", "c-2", user(budi));
        budi.does("remove", "kitchen", "c-3", user(ana));
        budi.does("change", "kitchen", "c-4", "\"topic\":\"mine\"");
        budi.does("typing", "kitchen", null, "");
        node.settle();

        assertThat(budi.heard())
                .containsExactlyInAnyOrder(
                        "error not-a-member",
                        "error not-joined c-1",
                        "error not-a-member c-2",
                        "error not-a-member c-3",
                        "error not-a-member c-4",
                        "error not-joined");
        assertThat(budi.events().get(0).getString("room")).isEqualTo("kitchen");
        assertThat(ana.heard()).isEmpty();
    }

    @Test
    void aRemovedMemberIsToldAndReceivesNothingAfterwards() {
        Client phone = node.connect();
        phone.helloAgain(node.tokenOf(budi.session.user()));
        kitchenOf(budi);
        phone.join("kitchen");
        node.settle();
        phone.forget();
        ana.does("remove", "kitchen", "c-1", user(budi));
        ana.does("post", "kitchen", null, "\"text\":\"at last\"");
        node.settle();

        for (Client each : new Client[] {budi, phone}) {
            assertThat(each.heard()).containsExactly("left kitchen removed");
            each.forget();
            each.does("post", "kitchen", "c-2", "\"text\":\"hey\"");
            each.join("kitchen");
            node.settle();
            assertThat(each.heard()).containsExactly("error not-joined c-2", "error not-a-member");
        }
        assertThat(ana.heard()).containsExactlyInAnyOrder("ack c-1 3", "removed 3", "message 4");
        assertThat(ana.events("removed").get(0).getJsonObject("user"))
                .isEqualTo(Json.createObjectBuilder()
                        .add("id", budi.userId())
                        .add("name", "Budi")
                        .build());
    }

    @Test
    void membersAddAndOnlyAModeratorRemovesOthers() {
        Client citra = signedIn("Citra");
        kitchenOf(budi);
        budi.does("add", "kitchen", "c-1", user(citra));
        budi.does("remove", "kitchen", "c-2", user(citra));
        budi.does("remove", "kitchen", "c-3", "\"user\":\"u-nobody\"");
        budi.does("add", "kitchen", "c-4", "\"user\":\"u-nobody\"");
        budi.does("add", "kitchen", "c-5", "");
        citra.does("remove", "kitchen", "c-6", user(citra));
        node.settle();

        assertThat(budi.heard())
                .containsExactlyInAnyOrder(
                        "ack c-1 3",
                        "added 3",
                        "error forbidden c-2",
                        "error forbidden c-3",
                        "error no-such-user c-4",
                        "error bad-command c-5",
                        "removed 4");
        assertThat(citra.heard()).containsExactly("ack c-6 4");
        ana.does("remove", "kitchen", "c-7", user(citra));
        ana.does("create", "garden", null, "");
        ana.does("add", "garden", "c-8", user(citra));
        node.settle();
        assertThat(ana.heard()).contains("error no-such-user c-7", "error forbidden c-8");
    }

    @Test
    void aDirectCommandGivesBothUsersTheSameRoom() {
        ana.says("{\"type\":\"direct\"," + user(budi) + "}");
        budi.says("{\"type\":\"direct\"," + user(ana) + "}");
        ana.says("{\"type\":\"direct\"," + user(ana) + "}");
        ana.says("{\"type\":\"direct\",\"user\":\"u-nobody\"}");
        ana.says("{\"type\":\"direct\",\"user\":\"No Id\"}");
        node.settle();
        assertThat(ana.heard())
                .containsExactlyInAnyOrder("direct", "error no-such-user", "error no-such-user", "error bad-command");
        String room = ana.events("direct").get(0).getString("room");
        assertThat(budi.events("direct").get(0).getString("room")).isEqualTo(room);

        forget();
        Client citra = signedIn("Citra");
        for (Client each : new Client[] {ana, budi, citra}) {
            each.joinLast(room, 0);
        }
        node.settle();
        assertThat(ana.heard()).containsExactly("joined " + room + " 1");
        assertThat(budi.heard()).containsExactly("joined " + room + " 1");
        assertThat(citra.heard()).containsExactly("error not-a-member");
        ana.does("remove", room, "c-1", user(budi));
        ana.does("change", room, "c-2", "\"topic\":\"us\"");
        node.settle();
        assertThat(ana.heard()).contains("error forbidden c-1", "error forbidden c-2");
    }

    @Test
    void howFarOneHasReadIsToldOnAllOnesDevicesAndNeverGoesBack() {
        Client phone = node.connect();
        phone.helloAgain(node.tokenOf(ana.session.user()));
        node.settle();
        String inbox = phone.events("signed-in").get(0).getString("inbox");
        budi.join(inbox);
        for (Client each : new Client[] {ana, phone}) {
            each.join(inbox);
            each.join("lobby");
        }
        for (int n = 0; n < 5; n++) {
            ana.posts("text");
        }
        ana.does("edit", "lobby", null, "\"seq\":1,\"text\":\"TEXT\"");
        node.settle();
        assertThat(budi.heard()).containsExactly("error not-a-member");
        phone.forget();
        ana.does("read", "lobby", null, "\"seq\":4");
        ana.does("read", "lobby", null, "\"seq\":2");
        tell();
        assertThat(mark(phone)).isEqualTo("4 of 4");
        assertThat(mark(ana)).isEqualTo("4 of 4");

        phone.does("read", "lobby", null, "\"seq\":99");
        tell();
        assertThat(mark(ana)).as("the head").isEqualTo("6 of 5");
        phone.does("read", "lobby", null, "\"seq\":0");
        tell();
        assertThat(mark(ana)).as("forgotten").isEqualTo("0 of 0");
        assertThat(ana.events("error")).isEmpty();
    }

    private static String mark(Client client) {
        JsonObject reads = client.events("reads").get(client.events("reads").size() - 1);
        JsonObject mark = reads.getJsonArray("rooms").getJsonObject(0);
        return mark.getInt("seq") + " of " + mark.getInt("n");
    }

    /** The rooms publish their transient state. */
    private void tell() {
        node.settle();
        node.clock.moveMs(2_000);
        node.rooms.tick(node.clock.getAsLong());
        node.settle();
    }

    @Test
    void aTypingUserIsListedUntilTheyPostAndOnlyWhereTheyJoined() {
        ana.join("lobby");
        budi.join("lobby");
        tell();
        forget();
        budi.does("typing", "lobby", null, "");
        budi.does("typing", "kitchen", null, "");
        tell();
        assertThat(ana.events("typing")
                        .get(0)
                        .getJsonArray("users")
                        .getJsonObject(0)
                        .getString("name"))
                .isEqualTo("Budi");
        assertThat(budi.heard()).contains("error not-joined");

        forget();
        budi.posts("hi");
        tell();
        assertThat(ana.events("typing").get(0).getJsonArray("users")).isEmpty();
    }
}
