package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.Cluster;
import id.warung.kit.WarungProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A members-only room whose owner is on node 0 and whose members are on node 1, while both sides write: nobody reads what follows their
 * removal, and what they have read on one node is read on the other one. For one thread.
 */
final class Members implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String FROM_NOW_ON = "\"last\":0";

    private final Cluster cluster;
    private final String room = Person.anyRoom();
    private final Person owner;
    private final List<Member> members = new ArrayList<>();
    private long slowestMs; // from a removal's ack until the member is told on the other node

    private final class Member {
        private final Person person = Person.signedIn(cluster.node(1).chat());
        private final Person inbox = person.elsewhere(cluster.node(0).chat());
        private boolean member;
        private long at; // the latest entry that it has read
        private long marked; // as read
        private int invited;
        private int revoked;

        Member() {
            inbox.join(inbox.inbox());
        }

        void isAdded() {
            int seq = owner.add(room, person);
            JsonObject joined = person.join(room, FROM_NOW_ON); // and nothing came since it left
            at = joined.getJsonNumber("head").longValueExact();
            assertThat(at).as("the addition is known where it joins").isGreaterThanOrEqualTo(seq);
            member = true;
            marked = seq;
            invited++;
        }

        /** Node 1 refuses its posts at once, and ends its reading there as soon as it hears of the removal. */
        void isRemoved() {
            long removal = owner.remove(room, person);
            long begin = System.nanoTime();
            assertThat(person.ask("post", room, Person.field("text", "still here?"))
                            .getString("code", null))
                    .isIn("not-a-member", "not-joined");
            readUntil("left", 0);
            slowestMs = Math.max(slowestMs, (System.nanoTime() - begin) / 1_000_000);
            assertThat(at)
                    .as("read by %s, removed at %s", person.name(), removal)
                    .isLessThanOrEqualTo(removal);
            member = false;
            revoked++;
        }

        /** Applies what comes, in order, until this event, or until this seq. */
        void readUntil(String type, long seq) {
            while (type != null || at < seq) {
                JsonObject event = person.next();
                if (event.getString("type").equals(type)) {
                    assertThat(event.getString("reason")).isEqualTo("removed");
                    return;
                }
                assertThat(event.getString("room")).isEqualTo(room);
                assertThat(event.getJsonNumber("seq").longValueExact())
                        .as("after %s for %s came %s", at, person.name(), event)
                        .isEqualTo(at + 1);
                at++;
            }
        }

        /** Marks what it has read, or a part of that: positions never go back. */
        void marks(Random random) {
            long seq = Math.max(1, at - random.nextInt(3));
            marked = Math.max(marked, seq);
            person.hasRead(room, (int) seq);
        }
    }

    Members(Cluster cluster, int count) {
        this.cluster = cluster;
        owner = Person.signedIn(cluster.node(0).chat());
        owner.create(room, Person.field("access", "members"));
        owner.join(room, FROM_NOW_ON);
        for (int n = 0; n < count; n++) {
            Member member = new Member();
            members.add(member);
            member.isAdded();
        }
    }

    /** So many removals and additions of anybody, with posts from both nodes between them. */
    void change(Random random, int times) {
        for (int n = 0; n < times; n++) {
            Member one = members.get(random.nextInt(members.size()));
            Member other = members.get(random.nextInt(members.size()));
            posts(owner, random.nextInt(4));
            if (other.member && other != one) {
                posts(other.person, random.nextInt(3));
            }
            if (one.member) {
                one.isRemoved();
            } else {
                one.isAdded();
                one.marks(random);
            }
        }
    }

    private void posts(Person author, int count) {
        for (int n = 0; n < count; n++) {
            author.say(Person.postFrame(
                    room, "hello " + n)); // not acknowledged: an answer to a later command may overtake it
        }
    }

    /** From a removal's ack until the member was told on the other node, at most; in milliseconds. */
    long slowestMs() {
        return slowestMs;
    }

    /** Members have everything, the others nothing more; both nodes know who is one, how far each has read, and how much they have not. */
    void verify() {
        long head = owner.command("post", room, Person.field("text", "the last one"));
        for (Member each : members) {
            if (each.member) {
                each.readUntil(null, head);
                each.marks(new Random(head));
            }
            assertThat(each.person.heard())
                    .as("%s hears nothing else", each.person.name())
                    .allMatch(event -> event.getString("type").equals("roster"));
            for (int node = 0; node < 2; node++) {
                knows(node, each, head);
            }
            inboxHasAll(each);
        }
    }

    private void knows(int node, Member each, long head) {
        HttpResponse<String> page = get(node, "api/rooms/" + room + "/messages?limit=1", each);
        assertThat(page.statusCode()).as("node %s", node).isEqualTo(each.member ? 200 : 403);
        List<JsonObject> rooms =
                json(get(node, "api/rooms", each)).getJsonArray("rooms").getValuesAs(JsonObject.class);
        List<JsonObject> its =
                rooms.stream().filter(one -> one.getString("room").equals(room)).toList();
        assertThat(its).hasSize(each.member ? 1 : 0);
        if (each.member) {
            assertThat(its.get(0).getJsonObject("read").getInt("seq")).isEqualTo((int) each.marked);
            assertThat(its.get(0).getInt("unread")).isEqualTo(unread(each, head));
        }
    }

    /** Messages of others after what it has marked. */
    private int unread(Member each, long head) {
        int count = 0;
        JsonObject page = json(get(1, "api/rooms/" + room + "/messages?limit=500&after=" + each.marked, each));
        for (JsonValue entry : page.getJsonArray("entries")) {
            JsonObject its = entry.asJsonObject();
            if (its.getString("type").equals("message")
                    && !its.getJsonObject("from").getString("id").equals(each.person.id())) {
                count++;
            }
        }
        assertThat(page.getInt("head")).isEqualTo((int) head);
        return count;
    }

    /** On the other node it was told of each addition and removal, in order and once, and how far it has read never went back. */
    private void inboxHasAll(Member each) {
        int invited = 0;
        int revoked = 0;
        long mark = 0;
        while (invited < each.invited || revoked < each.revoked || (each.member && mark < each.marked)) {
            JsonObject event = each.inbox.nextWith("reads");
            switch (event.getString("type")) {
                case "invited" -> {
                    invited++;
                    assertThat(event.getInt("seq")).isEqualTo(invited + revoked);
                }
                case "revoked" -> {
                    revoked++;
                    assertThat(event.getInt("seq")).isEqualTo(invited + revoked);
                }
                case "reads" -> {
                    long now = mark(event);
                    if (now > 0) { // a removal forgets it
                        assertThat(now).as("%s after %s", event, mark).isGreaterThanOrEqualTo(mark);
                        mark = now;
                    }
                }
                default -> throw new AssertionError(event);
            }
            assertThat(invited - revoked).isBetween(0, 1);
        }
        assertThat(mark).isLessThanOrEqualTo(each.marked);
    }

    private long mark(JsonObject reads) {
        return reads.getJsonArray("rooms").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("room").equals(room))
                .mapToLong(one -> one.getInt("seq"))
                .max()
                .orElse(0);
    }

    private HttpResponse<String> get(int node, String path, Member as) {
        WarungProcess its = cluster.node(node);
        HttpRequest request = HttpRequest.newBuilder(its.http(path))
                .header("Authorization", "Bearer " + as.person.token())
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject json(HttpResponse<String> response) {
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }

    @Override
    public void close() {
        owner.close();
        members.forEach(each -> {
            each.person.close();
            each.inbox.close();
        });
    }
}
