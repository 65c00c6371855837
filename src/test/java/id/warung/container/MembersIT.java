package id.warung.container;

import static id.warung.client.Person.anyRoom;
import static id.warung.client.Person.field;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Members are added and removed; a removed member receives nothing that comes after. */
class MembersIT extends DeployedWar {
    private static final int ROUNDS = 20;
    private static final int AT_ONCE = 20;
    private static final String FROM_NOW_ON = "\"last\":0";

    private final String room = anyRoom();
    private final ExecutorService others = Executors.newCachedThreadPool();
    private Person ana;
    private Person budi;
    private Person citra;

    @BeforeEach
    void anaHasARoomForMembers() {
        ana = Person.signedIn(chat());
        budi = Person.signedIn(chat());
        citra = Person.signedIn(chat());
        ana.create(room, field("access", "members"));
    }

    @AfterEach
    void allGo() throws InterruptedException {
        for (Person person : List.of(ana, budi, citra)) {
            person.close();
        }
        others.shutdownNow();
        assertThat(others.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Tag("smoke")
    void anyMemberAddsSomebodyWhoReadsAllThatWasSaid() throws Exception {
        ana.join(room, FROM_NOW_ON);
        ana.post(room, "before");
        int seq = ana.add(room, budi);
        assertThat(ana.next("added"))
                .containsAllEntriesOf(json("{\"seq\":" + seq + ",\"n\":1}"))
                .containsEntry("user", budi.asAuthor())
                .containsEntry("from", ana.asAuthor());

        assertThat(budi.join(room))
                .containsAllEntriesOf(json("{\"head\":3,\"n\":1,\"access\":\"members\"}"))
                .doesNotContainKey("moderator");
        budi.next("created");
        assertThat(budi.next("message").getString("text")).isEqualTo("before");
        budi.next("added");
        budi.add(room, citra);
        assertThat(budi.next("added").getJsonObject("from")).isEqualTo(budi.asAuthor());
        citra.join(room, FROM_NOW_ON);
        ana.next("added");
        citra.post(room, "thanks");
        assertThat(ana.next("message").getString("text")).isEqualTo("thanks");
        assertThat(members()).containsExactlyInAnyOrder(ana.user(), budi.user(), citra.user());
    }

    @Test
    void onlyAModeratorRemovesOthersAndMembersRemoveThemselves() throws Exception {
        ana.add(room, budi);
        ana.add(room, citra);
        budi.join(room, FROM_NOW_ON);
        budi.isRefused("forbidden", "remove", room, field("user", citra.id()));
        budi.isRefused("forbidden", "remove", room, field("user", ana.id()));

        int seq = citra.remove(room, citra);
        assertThat(budi.next("removed"))
                .containsAllEntriesOf(json("{\"seq\":" + seq + ",\"n\":0}"))
                .containsEntry("user", citra.asAuthor())
                .containsEntry("from", citra.asAuthor());
        ana.remove(room, budi);
        assertThat(members()).containsExactly(ana.user());
    }

    @Test
    void aModeratorOfTheRoomIsAppointedAndDismissedOverWebSocketAndHttp() throws Exception {
        ana.add(room, budi);
        budi.join(room, FROM_NOW_ON);
        assertThat(moderators("PUT", budi).statusCode()).isEqualTo(403);
        assertThat(moderators("PUT", ana).statusCode()).isEqualTo(200);
        assertThat(budi.next("appointed"))
                .containsEntry("user", budi.asAuthor())
                .containsEntry("from", ana.asAuthor());
        JsonObject known = json(get(budi, "api/rooms/" + room));
        assertThat(known).containsEntry("moderator", JsonValue.TRUE);
        assertThat(known.getJsonArray("moderators")).containsExactly(ana.user(), budi.user());
        assertThat(known.getString("owner")).isEqualTo(ana.id());

        budi.command("change", room, "\"archived\":true");
        budi.next("changed");
        ana.command("dismiss", room, field("user", budi.id()));
        budi.next("dismissed");
        budi.isRefused("forbidden", "change", room, "\"archived\":false");
        assertThat(moderators("DELETE", ana).statusCode()).isEqualTo(404);
        assertThat(json(get(budi, "api/rooms/" + room)).getJsonArray("moderators"))
                .containsExactly(ana.user());
    }

    private HttpResponse<String> moderators(String method, Person caller) throws Exception {
        String address = "api/rooms/" + room + "/moderators/" + budi.id();
        return send(method, address, BodyPublishers.noBody(), "Authorization", "Bearer " + caller.token());
    }

    @Test
    void onlyKnownUsersAreAddedAndOnlyMembersAreRemoved() {
        ana.isRefused("no-such-user", "add", room, field("user", "u-nobody"));
        ana.isRefused("no-such-user", "remove", room, field("user", "u-nobody"));
        ana.isRefused("no-such-user", "remove", room, field("user", budi.id()));
        ana.isRefused("bad-command", "add", room, field("user", "No Id"));
        ana.isRefused("bad-command", "add", room);
    }

    @Test
    void aPublicRoomHasNoMembers() throws Exception {
        String open = anyRoom();
        ana.create(open);
        ana.isRefused("forbidden", "add", open, field("user", budi.id()));
        ana.isRefused("forbidden", "remove", open, field("user", ana.id()));
        assertThat(json(get(budi, "api/rooms/" + open))).doesNotContainKeys("members", "member");
    }

    @Test
    void somebodyWhoIsAwayIsAddedAsWell() {
        String open = anyRoom();
        budi.join(open);
        budi.post(open, "that you know me");
        budi.close();
        assertThat(ana.add(room, budi)).isEqualTo(2);
        try (Person back = budi.elsewhere(chat())) {
            assertThat(back.join(room).getInt("head")).isEqualTo(2);
        }
    }

    @Test
    void aMemberIsNotAddedTwice() throws Exception {
        ana.add(room, budi);
        ana.add(room, budi);
        assertThat(members()).containsExactlyInAnyOrder(ana.user(), budi.user());
        assertThat(ana.join(room).getInt("head")).isEqualTo(2);
    }

    @Test
    @Tag("smoke")
    void aRemovedMemberStaysOutUntilAddedAgain() throws Exception {
        String open = anyRoom();
        try (Person onThePhone = budi.elsewhere(chat())) {
            ana.add(room, budi);
            for (Person each : List.of(budi, onThePhone)) {
                each.join(room, FROM_NOW_ON);
                each.join(open, FROM_NOW_ON);
            }
            ana.remove(room, budi);
            for (Person each : List.of(budi, onThePhone)) {
                each.skipTo("left");
                each.isRefused("not-joined", "post", room, field("text", "hi"));
                each.say("{\"type\":\"join\",\"room\":\"" + room + "\"}");
                each.nextError("not-a-member");
            }
            String messages = "api/rooms/" + room + "/messages";
            assertThat(get(budi, messages).statusCode()).isEqualTo(403);
            assertThat(get(budi, messages + "?q=a").statusCode()).isEqualTo(403);
            assertThat(post(budi, messages, "hi").statusCode()).isEqualTo(403);
            assertThat(get(budi, "api/rooms/" + room).statusCode()).isEqualTo(404);
            assertThat(listed(budi, room)).isNull();

            ana.add(room, budi);
            ana.join(room, FROM_NOW_ON);
            ana.post(room, "again");
            assertThat(budi.post(open, "not by himself").getString("room")).isEqualTo(open);
            assertThat(budi.join(room, "\"last\":1").getInt("n")).isEqualTo(1);
            assertThat(budi.next("message").getString("text")).isEqualTo("again");
        }
    }

    /**
     * Whenever the removal happens among the posts of others, and whatever the user tries meanwhile: over both connections, and over
     * HTTP.
     */
    @Test
    @Tag("smoke")
    void aRemovedMemberReceivesNothingAfterTheRemoval() throws Exception {
        String elsewhere = anyRoom();
        try (Person again = budi.elsewhere(chat())) {
            for (int round = 0; round < ROUNDS; round++) {
                String kitchen = anyRoom();
                ana.create(kitchen, field("access", "members"));
                ana.add(kitchen, budi);
                ana.add(kitchen, citra);
                citra.join(kitchen, FROM_NOW_ON);
                budi.join(kitchen, FROM_NOW_ON);
                AtomicBoolean over = new AtomicBoolean();
                Future<Integer> lastSaid = others.submit(() -> talk(citra, kitchen, over));
                Future<List<Integer>> seenComingBack = others.submit(() -> comeBackUntilRefused(again, kitchen));
                Future<List<Integer>> seenOverHttp = others.submit(askUntil(over, kitchen));
                List<Integer> seen = new ArrayList<>();
                for (int n = 0; n <= 2 * round; n++) {
                    seen.add(budi.next("message").getInt("seq"));
                }

                int removal = ana.remove(kitchen, budi);

                assertThat(get(budi, "api/rooms/" + kitchen + "/messages").statusCode())
                        .isEqualTo(403);
                seen.addAll(seqsUntilLeft(budi, kitchen));
                seen.addAll(seenComingBack.get(30, TimeUnit.SECONDS));
                over.set(true);
                seen.addAll(seenOverHttp.get(30, TimeUnit.SECONDS));
                assertThat(seen).allMatch(seq -> seq <= removal);
                assertThat(lastSaid.get(30, TimeUnit.SECONDS)).isGreaterThan(removal);
                for (Person each : List.of(budi, again)) {
                    each.join(elsewhere, FROM_NOW_ON); // is the next event
                }
            }
        }
    }

    /** Posts all the time, and returns the seq of the last post. */
    private static int talk(Person person, String room, AtomicBoolean over) {
        while (!over.get()) {
            for (int n = 0; n < AT_ONCE; n++) {
                person.say(Person.postFrame(room, "psst"));
            }
            for (int n = 0; n < AT_ONCE; n++) {
                person.skipTo("message");
            }
        }
        int last = person.command("post", room, field("text", "that was all"));
        person.skipTo("message");
        return last;
    }

    /** Joins the room repeatedly, and returns the seqs of all entries and the heads in the answers. There is always one answer to come. */
    private static List<Integer> comeBackUntilRefused(Person person, String room) {
        List<Integer> seqs = new ArrayList<>();
        String join = "{\"type\":\"join\",\"room\":\"" + room + "\"}";
        boolean left = false;
        boolean in = false;
        person.say(join);
        while (true) {
            JsonObject event = person.next();
            switch (event.getString("type")) {
                case "joined" -> {
                    in = true;
                    left = false;
                    seqs.add(event.getInt("head"));
                    person.say(join);
                }
                case "left" -> left = true;
                case "error" -> {
                    assertThat(event.getString("code")).isEqualTo("not-a-member");
                    return in && !left ? and(seqs, seqsUntilLeft(person, room)) : seqs;
                }
                default -> seqs.add(event.getInt("seq"));
            }
        }
    }

    private static List<Integer> and(List<Integer> some, List<Integer> more) {
        some.addAll(more);
        return some;
    }

    /** Reads the end of the room over HTTP repeatedly, and returns the seqs of all entries. */
    private Callable<List<Integer>> askUntil(AtomicBoolean over, String room) {
        return () -> {
            List<Integer> seqs = new ArrayList<>();
            while (!over.get()) {
                HttpResponse<String> page = get(budi, "api/rooms/" + room + "/messages?limit=3");
                assertThat(page.statusCode()).isIn(200, 403);
                if (page.statusCode() == 200) {
                    seqs.add(json(page).getInt("head"));
                    json(page).getJsonArray("entries").forEach(entry -> seqs.add(seq(entry)));
                }
            }
            return seqs;
        };
    }

    private static List<Integer> seqsUntilLeft(Person person, String room) {
        List<Integer> seqs = new ArrayList<>();
        JsonObject event = person.next();
        while (!event.getString("type").equals("left")) {
            seqs.add(event.getInt("seq"));
            event = person.next();
        }
        assertThat(event).isEqualTo(json("{\"type\":\"left\",\"room\":\"" + room + "\",\"reason\":\"removed\"}"));
        return seqs;
    }

    private static int seq(JsonValue entry) {
        return entry.asJsonObject().getInt("seq");
    }

    private JsonArray members() throws Exception {
        return json(get(ana, "api/rooms/" + room)).getJsonArray("members");
    }
}
