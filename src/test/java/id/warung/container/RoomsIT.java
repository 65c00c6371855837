package id.warung.container;

import static id.warung.client.Person.anyRoom;
import static id.warung.client.Person.field;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Library;
import id.warung.client.Person;
import id.warung.client.Wire;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms are created, changed and archived, and direct conversations are started, as in docs/protocol.md. */
class RoomsIT extends DeployedWar {
    private static final String FOR_MEMBERS = field("access", "members");
    private static final String ARCHIVED = "\"archived\":true";
    private static final String NOT_ARCHIVED = "\"archived\":false";
    private static final int NOT_ALLOWED = 1008;

    private final String room = anyRoom();

    @Test
    @Tag("smoke")
    void theCreatorOfARoomIsItsModeratorAndFirstMember() throws Exception {
        try (Person ana = Person.signedIn(chat())) {
            ana.say("{\"type\":\"create\",\"room\":\"" + room + "\",\"id\":\"c-12\"," + FOR_MEMBERS
                    + ",\"topic\":\"What to cook\"}");
            assertThat(ana.next("ack"))
                    .isEqualTo(json("{\"type\":\"ack\",\"room\":\"" + room + "\",\"id\":\"c-12\",\"seq\":1}"));

            JsonObject joined = ana.join(room);
            assertThat(joined).containsAllEntriesOf(json("""
                    {"head":1,"n":0,"access":"members","topic":"What to cook","moderator":true}"""));
            assertThat(joined).doesNotContainKey("archived");
            JsonObject created = ana.next("created");
            assertThat(created).containsAllEntriesOf(json("""
                    {"seq":1,"n":0,"id":"c-12","access":"members","topic":"What to cook"}"""));
            assertThat(created.getJsonObject("from")).isEqualTo(ana.asAuthor());

            JsonObject over = json(get(ana, "api/rooms/" + room));
            assertThat(over).containsAllEntriesOf(json("""
                    {"access":"members","topic":"What to cook","head":1,"n":0,"member":true,"moderator":true}"""));
            assertThat(over.getJsonArray("members")).containsExactly(ana.user());
        }
    }

    @Test
    void aRoomThatIsThereIsNotCreatedAgain() {
        String spokenIn = anyRoom();
        try (Person ana = Person.in(spokenIn, chat());
                Person budi = Person.signedIn(chat())) {
            String create = "{\"type\":\"create\",\"room\":\"" + room + "\",\"id\":\"c-1\"}";
            ana.say(create);
            ana.next("ack");
            ana.say(create);
            assertThat(ana.next("ack").getInt("seq")).as("said twice").isEqualTo(1);
            ana.isRefused("room-exists", "create", room);
            budi.isRefused("room-exists", "create", room, FOR_MEMBERS);
            assertThat(budi.join(room)).containsAllEntriesOf(json("""
                    {"head":1,"access":"public","topic":""}""")).doesNotContainKey("moderator");

            ana.post(spokenIn, "hi");
            budi.isRefused("room-exists", "create", spokenIn, FOR_MEMBERS);
        }
    }

    @Test
    void anInvalidRoomIsNotCreated() {
        try (Person ana = Person.signedIn(chat())) {
            ana.isRefused("bad-room", "create", "inbox." + ana.id());
            ana.isRefused("bad-room", "create", "direct.a.b");
            ana.isRefused("bad-room", "create", "Kitchen");
            ana.isRefused("bad-command", "create", room, field("access", "secret"));
            ana.isRefused("text-too-long", "create", room, field("topic", "語".repeat(201)));
            ana.isRefused("bad-text", "create", room, field("topic", "a\\u0000b"));
            assertThat(ana.create(room, field("topic", "語".repeat(200)))).isEqualTo(1);
        }
    }

    /** She has not joined it either. */
    @Test
    @Tag("smoke")
    void nothingOfARoomForMembersIsForAnybodyElse() throws Exception {
        try (Person ana = Person.signedIn(chat());
                Person eve = Person.signedIn(chat())) {
            ana.create(room, FOR_MEMBERS);
            eve.say("{\"type\":\"join\",\"room\":\"" + room + "\"}");
            assertThat(eve.nextError("not-a-member").getString("room")).isEqualTo(room);
            eve.isRefused("not-joined", "post", room, field("text", "hi"));
            eve.isRefused("not-joined", "delete", room, field("seq", 1));
            eve.isRefused("not-a-member", "change", room, field("topic", "mine"));
            eve.isRefused("not-a-member", "add", room, field("user", eve.id()));
            eve.isRefused("not-a-member", "remove", room, field("user", ana.id()));

            assertThat(get(eve, messages(room)).statusCode()).isEqualTo(403);
            assertThat(json(get(eve, messages(room))).getString("error")).isEqualTo("not-a-member");
            assertThat(get(eve, messages(room) + "?q=a").statusCode()).isEqualTo(403);
            assertThat(get(messages(room)).statusCode()).isEqualTo(403);
            assertThat(get(eve, "api/rooms/" + room).statusCode()).isEqualTo(404);
            assertThat(listed(eve, room)).isNull();
            assertThat(get("api/rooms").body()).doesNotContain(room);
            try (Wire plain = Library.JDK.connect(chat("?room=" + room))) {
                assertThat(plain.closeCode()).isEqualTo(NOT_ALLOWED);
            }
        }
    }

    @Test
    @Tag("smoke")
    void aReaderReceivesNothingOnceTheRoomIsForMembersOnly() {
        String other = anyRoom();
        try (Person ana = Person.signedIn(chat());
                Person budi = Person.in(room, chat())) {
            budi.join(other);
            ana.create(room, FOR_MEMBERS);
            assertThat(budi.next("left"))
                    .isEqualTo(json("{\"type\":\"left\",\"room\":\"" + room + "\",\"reason\":\"removed\"}"));
            ana.join(room, "\"last\":0");
            ana.post(room, "not for him");
            assertThat(budi.post(other, "here").getString("room")).isEqualTo(other);
        }
    }

    @Test
    void inAPublicRoomAnybodyChangesTheTopicAndOnlyAModeratorArchives() {
        try (Person ana = Person.signedIn(chat());
                Person budi = Person.signedIn(chat())) {
            ana.create(room);
            budi.join(room, "\"last\":0");
            budi.say("{\"type\":\"change\",\"room\":\"" + room + "\",\"id\":\"c-13\",\"topic\":\"Soto tonight\"}");
            JsonObject changed = budi.nextInAnyOrder("ack", "changed").get(1);
            assertThat(changed).containsAllEntriesOf(json("""
                    {"seq":2,"n":0,"id":"c-13","topic":"Soto tonight"}"""));
            assertThat(changed).doesNotContainKeys("archived", "access");
            assertThat(changed.getJsonObject("from")).isEqualTo(budi.asAuthor());
            assertThat(ana.join(room).getString("topic")).isEqualTo("Soto tonight");

            budi.isRefused("forbidden", "change", room, ARCHIVED);
            budi.isRefused("bad-command", "change", room, ARCHIVED, field("topic", "both"));
            budi.isRefused("bad-command", "change", room);
        }
    }

    @Test
    void inARoomForMembersAModeratorChangesTheTopic() {
        try (Person ana = Person.signedIn(chat());
                Person budi = Person.signedIn(chat())) {
            ana.create(room, FOR_MEMBERS);
            ana.add(room, budi);
            budi.isRefused("forbidden", "change", room, field("topic", "mine"));
            ana.command("change", room, field("topic", "ours"));
            assertThat(budi.join(room)).containsAllEntriesOf(json("""
                    {"head":3,"n":0,"topic":"ours"}""")).doesNotContainKey("moderator");
        }
    }

    @Test
    @Tag("smoke")
    void inAnArchivedRoomNothingIsSaidUntilItIsNoneAnyMore() throws Exception {
        try (Person ana = Person.signedIn(chat());
                Person budi = Person.signedIn(chat())) {
            ana.create(room);
            budi.join(room, "\"last\":0");
            int said = budi.post(room, "before").getInt("seq");
            int archived = ana.command("change", room, ARCHIVED);
            assertThat(budi.next("changed"))
                    .containsAllEntriesOf(json("{\"seq\":" + archived + "," + ARCHIVED + "}"))
                    .doesNotContainKey("topic");

            budi.isRefused("archived", "post", room, field("text", "hi"));
            budi.isRefused("archived", "edit", room, field("seq", said), field("text", "hi"));
            budi.isRefused("forbidden", "change", room, NOT_ARCHIVED);
            budi.isRefused("forbidden", "change", room, field("topic", "still"));
            assertThat(ana.join(room).getBoolean("archived"))
                    .as("it can be read")
                    .isTrue();
            assertThat(json(get(budi, "api/rooms/" + room)).getBoolean("archived"))
                    .isTrue();

            ana.command("change", room, NOT_ARCHIVED);
            assertThat(budi.next("changed").getBoolean("archived")).isFalse();
            assertThat(budi.post(room, "after").getInt("n")).isEqualTo(2);
            assertThat(json(get(budi, "api/rooms/" + room))).doesNotContainKey("archived");
        }
    }

    @Test
    @Tag("smoke")
    void twoTalkInARoomOfTheirOwn() throws Exception {
        try (Person ana = Person.signedIn(chat());
                Person budi = Person.signedIn(chat());
                Person eve = Person.signedIn(chat())) {
            String direct = ana.direct(budi);
            assertThat(budi.direct(ana)).isEqualTo(direct);
            assertThat(ana.direct(budi)).isEqualTo(direct);
            assertThat(ana.join(direct, "\"last\":0").getString("access")).isEqualTo("members");
            budi.join(direct, "\"last\":0");
            ana.post(direct, "just us");
            assertThat(budi.next("message").getString("text")).isEqualTo("just us");
            assertThat(listed(ana, direct).getJsonObject("with")).isEqualTo(budi.user());
            assertThat(listed(budi, direct).getJsonObject("with")).isEqualTo(ana.user());

            eve.say("{\"type\":\"join\",\"room\":\"" + direct + "\"}");
            eve.nextError("not-a-member");
            assertThat(get(eve, messages(direct)).statusCode()).isEqualTo(403);
            assertThat(listed(eve, direct)).isNull();
        }
    }

    @Test
    void aDirectConversationHasItsTwoMembersForEver() {
        try (Person ana = Person.signedIn(chat());
                Person budi = Person.signedIn(chat());
                Person citra = Person.signedIn(chat())) {
            String direct = ana.direct(budi);
            ana.isRefused("forbidden", "add", direct, field("user", citra.id()));
            ana.isRefused("forbidden", "remove", direct, field("user", budi.id()));
            ana.isRefused("forbidden", "remove", direct, field("user", ana.id()));
            ana.isRefused("forbidden", "change", direct, ARCHIVED);
            ana.isRefused("forbidden", "change", direct, field("topic", "us"));
        }
    }

    @Test
    void aDirectConversationWithWhomIsNotThereIsRefused() {
        try (Person ana = Person.signedIn(chat())) {
            for (String nobody : new String[] {"u-nobody", ana.id()}) {
                ana.say("{\"type\":\"direct\",\"user\":\"" + nobody + "\"}");
                ana.nextError("no-such-user");
            }
        }
    }

    /** Neither before the conversation exists nor with the names in the other order. */
    @ParameterizedTest
    @ValueSource(
            strings = {"direct.{ana}.{budi}", "direct.{budi}.{ana}", "direct.{ana}", "direct.{ana}.{ana}", "direct.x"})
    void aRoomWithAServersNameIsNotMadeByJoiningIt(String pattern) {
        try (Person ana = Person.signedIn(chat());
                Person budi = Person.signedIn(chat())) {
            String name = pattern.replace("{ana}", ana.id()).replace("{budi}", budi.id());
            ana.say("{\"type\":\"join\",\"room\":\"" + name + "\"}");
            assertThat(ana.nextError("not-a-member").getString("room")).isEqualTo(name);
            ana.isRefused("not-a-member", "change", name, field("topic", "mine"));
            ana.isRefused("not-a-member", "add", name, field("user", budi.id()));
        }
    }

    private static String messages(String room) {
        return "api/rooms/" + room + "/messages";
    }

    /** Each server decodes addresses by itself. */
    @Test
    @Tag("smoke")
    void reactionsOverHttpAreEntriesAndInTheNextPage() throws Exception {
        List<String> all = List.of("🍵", "❤️", "é");
        try (Person ana = Person.in(room, chat())) {
            ana.post(room, "soto");
            int seq = 1;
            for (String emoji : all) {
                HttpResponse<String> put = reacts("PUT", ana, 1, emoji);
                assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
                assertThat(json(put)).isEqualTo(json("{\"room\":\"" + room + "\",\"seq\":" + ++seq + "}"));
                assertThat(ana.next("reacted"))
                        .containsAllEntriesOf(json(
                                "{\"seq\":" + seq + ",\"n\":1,\"target\":1,\"emoji\":\"" + emoji + "\",\"on\":true}"));
                assertThat(json(reacts("PUT", ana, 1, emoji)).getInt("seq"))
                        .as("again")
                        .isEqualTo(seq);
            }
            JsonObject page = json(get(ana, "api/rooms/" + room + "/messages"));
            assertThat(page.getJsonArray("entries")).hasSize(1);
            assertThat(page.getJsonArray("amends")
                            .getJsonObject(0)
                            .getJsonArray("of")
                            .getValuesAs(JsonObject.class))
                    .allSatisfy(kind -> assertThat(kind.getBoolean("mine")).isTrue())
                    .extracting(kind -> kind.getString("emoji"))
                    .containsExactlyElementsOf(all);

            assertThat(json(reacts("DELETE", ana, 1, "🍵")).getInt("seq")).isEqualTo(++seq);
            assertThat(ana.next("reacted").getBoolean("on")).isFalse();
            assertThat(reacts("PUT", ana, 99, "🍵").statusCode()).isEqualTo(404);
            assertThat(reacts("PUT", ana, 1, "ab").statusCode()).isEqualTo(400);
            assertThat(send("PUT", reaction(1, "🍵"), BodyPublishers.noBody()).statusCode())
                    .isEqualTo(401);
        }
    }

    private HttpResponse<String> reacts(String method, Person who, int seq, String emoji) throws Exception {
        return send(method, reaction(seq, emoji), BodyPublishers.noBody(), "Authorization", "Bearer " + who.token());
    }

    private String reaction(int seq, String emoji) {
        return "api/rooms/" + room + "/messages/" + seq + "/reactions/" + encoded(emoji);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void roomsAreFoundByTheirTitlesAndPeopleByTheRoomsTheyAreIn() throws Exception {
        String word = "w" + UUID.randomUUID().toString().substring(0, 8);
        String title = "旅行计划 " + word;
        try (Person ana = Person.signedIn(chat());
                Person budi = Person.signedIn(chat())) {
            ana.say("{\"type\":\"create\",\"id\":\"c-25\"," + field("title", title) + "}");
            String made = ana.next("ack").getString("room");
            for (Person each : List.of(ana, budi)) {
                assertThat(each.join(made).getString("title")).isEqualTo(title);
                assertThat(each.next("created").getString("title")).isEqualTo(title);
                each.hasRead(made, 1);
            }
            for (String query : List.of("q=" + word, "q=" + encoded("行计 " + word) + "&sort=name")) {
                List<JsonObject> found = json(get(ana, "api/rooms?" + query))
                        .getJsonArray("rooms")
                        .getValuesAs(JsonObject.class);
                assertThat(found).as(query).hasSize(1);
                assertThat(found.get(0))
                        .containsAllEntriesOf(json("{\"room\":\"" + made + "\",\"title\":\"" + title
                                + "\",\"here\":2,\"read\":{\"seq\":1,\"n\":0}}"));
            }
            String here = "api/rooms/" + made + "/people";
            assertThat(json(get(ana, here)).getJsonArray("people")).containsExactlyInAnyOrder(ana.user(), budi.user());
            assertThat(json(get(ana, here + "?q=" + encoded(budi.name()))).getJsonArray("people"))
                    .containsExactly(budi.user());
            assertThat(json(get(ana, "api/people/" + budi.id())))
                    .containsAllEntriesOf(json("{\"id\":\"" + budi.id() + "\",\"name\":\"" + budi.name()
                            + "\",\"online\":true,\"rooms\":[{\"room\":\"" + made + "\",\"title\":\"" + title
                            + "\"}]}"));
            budi.command("change", made, field("title", "Dapur " + word));
            assertThat(json(get(ana, "api/rooms/" + made)).getString("title")).isEqualTo("Dapur " + word);
        }
    }
}
