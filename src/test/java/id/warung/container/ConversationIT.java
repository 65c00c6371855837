package id.warung.container;

import static id.warung.client.Person.V1;
import static id.warung.client.Person.V1_BIN;
import static id.warung.client.Person.anyName;
import static id.warung.client.Person.anyRoom;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Library;
import id.warung.client.Person;
import id.warung.client.Wire;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code warung.v1} and {@code warung.v1.bin} as in docs/protocol.md. */
class ConversationIT extends DeployedWar {
    private final String room = anyRoom();

    @ParameterizedTest
    @EnumSource
    @Tag("smoke")
    void twoPeopleTalk(Library library) {
        String anasName = anyName();
        try (Person ana = Person.connect(library, chat(), V1);
                Person budi = Person.connect(library, chat(), V1_BIN)) {
            JsonObject user = ana.hello(anasName).getJsonObject("user");
            budi.hello(anyName());
            assertThat(user.getString("name")).isEqualTo(anasName);
            assertThat(ana.join(room).getInt("head")).isZero();
            budi.join(room);

            JsonObject sent = ana.post(room, "halo, 你好 🙂");
            JsonObject received = budi.next("message");

            assertThat(received).isEqualTo(sent);
            assertThat(received.getString("room")).isEqualTo(room);
            assertThat(received.getInt("seq")).isEqualTo(1);
            assertThat(received.getString("text")).isEqualTo("halo, 你好 🙂");
            assertThat(received.getJsonObject("from")).isEqualTo(Person.asAuthor(user));
            assertThat(received).doesNotContainKey("id");
            assertThat(Instant.parse(received.getString("at")))
                    .isBetween(
                            Instant.now().minus(Duration.ofMinutes(1)),
                            Instant.now().plus(Duration.ofMinutes(1)));
            budi.post(room, "apa kabar?");
            assertThat(ana.next("message").getString("text")).isEqualTo("apa kabar?");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V1_BIN})
    @Tag("smoke")
    void helloJoinAndPostMayBeSentAtOnce(String subprotocol) {
        try (Person ana = Person.connect(Library.JDK, chat(), subprotocol)) {
            ana.say("{\"type\":\"hello\",\"name\":\"" + anyName() + "\"}");
            ana.say("{\"type\":\"join\",\"room\":\"" + room + "\"}");
            ana.say(Person.postFrame(room, "hi", "\"id\":\"c-1\""));
            ana.say(Person.postFrame(room, "there"));

            ana.next("signed-in");
            ana.next("joined");
            List<JsonObject> events = ana.nextInAnyOrder("ack", "message", "message");
            assertThat(events.get(0).getString("id")).isEqualTo("c-1");
            assertThat(events.get(0).getInt("seq")).isEqualTo(1);
            assertThat(events.get(1).getString("text")).isEqualTo("hi");
            assertThat(events.get(1).getString("id")).isEqualTo("c-1");
            assertThat(events.get(2).getString("text")).isEqualTo("there");
        }
    }

    @Test
    void theWelcomeSaysTheLimits() {
        try (Person ana = Person.connect(chat())) {
            assertThat(ana.welcome().getString("version")).isNotEmpty();
            assertThat(ana.welcome().getInt("heartbeatSeconds")).isEqualTo(25);
            assertThat(ana.welcome().getInt("maxFrameBytes")).isEqualTo(65_536);
            assertThat(ana.welcome().getInt("maxTextChars")).isEqualTo(4_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTheSubprotocolsOfferedTheFirstKnownOneIsSpoken(Library library) {
        try (Wire wire = library.connect(chat(), "soap", V1_BIN, V1)) {
            assertThat(wire.subprotocol()).isEqualTo(V1_BIN);
            assertThat(wire.frame().binary()).isTrue();
        }
        try (Wire wire = library.connect(chat(), V1, V1_BIN)) {
            assertThat(wire.subprotocol()).isEqualTo(V1);
            assertThat(wire.frame().binary()).isFalse();
        }
    }

    @Test
    @Tag("smoke")
    void aTokenMakesTheSamePersonAgain() {
        String name = anyName();
        JsonObject first;
        try (Person ana = Person.connect(chat())) {
            first = ana.hello(name);
        }
        try (Person again = Person.connect(chat());
                Person onThePhone = Person.connect(Library.TYRUS, chat(), V1_BIN)) {
            assertThat(again.helloAgain(first.getString("token")).getJsonObject("user"))
                    .isEqualTo(first.getJsonObject("user"));
            assertThat(onThePhone.helloAgain(first.getString("token")).getJsonObject("user"))
                    .isEqualTo(first.getJsonObject("user"));
        }
    }

    @Test
    void aNameBesideTheTokenRenames() {
        try (Person ana = Person.connect(chat());
                Person renamed = Person.connect(chat())) {
            JsonObject first = ana.hello(anyName());
            String name = anyName();
            renamed.say(
                    "{\"type\":\"hello\",\"token\":\"" + first.getString("token") + "\",\"name\":\"" + name + "\"}");
            JsonObject user = renamed.next("signed-in").getJsonObject("user");
            assertThat(user.getString("id"))
                    .isEqualTo(first.getJsonObject("user").getString("id"));
            assertThat(user.getString("name")).isEqualTo(name);
        }
    }

    @Test
    void aNameInUseGetsANumber() {
        String name = anyName();
        try (Person ana = Person.connect(chat());
                Person another = Person.connect(chat())) {
            ana.hello(name);
            assertThat(another.hello(name).getJsonObject("user").getString("name"))
                    .isEqualTo(name + " 2");
        }
    }

    @Test
    void aTokenThatIsNotOursIsRefused() {
        try (Person ana = Person.connect(chat())) {
            String token = ana.hello(anyName()).getString("token");
            for (String forged : List.of("w1.e30.AAAA", "x", token + "A", token.substring(0, token.length() - 2))) {
                try (Person eve = Person.connect(chat())) {
                    eve.say("{\"type\":\"hello\",\"token\":\"" + forged + "\"}");
                    eve.nextError("bad-token");
                    eve.hello(anyName());
                }
            }
        }
    }

    @Test
    @Tag("smoke")
    void somebodyWhoComesLaterReadsWhatWasSaid() {
        try (Person ana = Person.in(room, chat());
                Person late = Person.connect(chat())) {
            for (int i = 1; i <= 5; i++) {
                ana.post(room, "m" + i);
            }
            late.hello(anyName());
            assertThat(late.join(room).getInt("head")).isEqualTo(5);
            assertThat(texts(late, 5)).containsExactly("m1", "m2", "m3", "m4", "m5");
            ana.post(room, "m6");
            assertThat(texts(late, 1)).containsExactly("m6");
        }
    }

    @Test
    void theLastSoManyEntriesComeWhenTheyAreAskedFor() {
        try (Person ana = Person.in(room, chat());
                Person late = Person.connect(chat())) {
            for (int i = 1; i <= 60; i++) {
                ana.post(room, "m" + i);
            }
            late.hello(anyName());
            late.join(room, "\"last\":2");
            assertThat(texts(late, 2)).containsExactly("m59", "m60");
            late.join(room, "\"last\":0");
            ana.post(room, "m61");
            assertThat(texts(late, 1)).containsExactly("m61");
            late.join(room);
            assertThat(texts(late, 50)).startsWith("m12").endsWith("m61");
        }
    }

    @Test
    @Tag("smoke")
    void afterAnInterruptionNothingIsMissingAndNothingComesTwice() {
        try (Person ana = Person.in(room, chat())) {
            String epoch;
            try (Person budi = Person.connect(chat())) {
                budi.hello(anyName());
                epoch = budi.join(room).getString("epoch");
                ana.post(room, "one");
                assertThat(texts(budi, 1)).containsExactly("one");
            }
            ana.post(room, "two");
            ana.post(room, "three");
            try (Person budi = Person.connect(Library.TYRUS, chat(), V1_BIN)) {
                budi.hello(anyName());
                JsonObject joined = budi.join(room, "\"epoch\":\"" + epoch + "\"", "\"after\":1");
                assertThat(joined.getString("epoch")).isEqualTo(epoch);
                assertThat(joined.getInt("head")).isEqualTo(3);
                ana.post(room, "four");
                assertThat(texts(budi, 3)).containsExactly("two", "three", "four");
            }
        }
    }

    /** All return at once, each having missed something else, while others go on talking. */
    @Test
    @Tag("smoke")
    void aHerdThatComesBackMissesNothing() {
        int herd = 100;
        int said = 200;
        List<Person> people = new ArrayList<>();
        try (Person ana = Person.connect(chat())) {
            ana.hello(anyName());
            String epoch = ana.join(room).getString("epoch");
            for (int n = 0; n < said; n++) {
                ana.say(Person.postFrame(room, "before"));
            }
            messages(ana, said);
            for (int n = 0; n < herd; n++) {
                people.add(Person.connect(chat()));
            }
            for (int n = 0; n < herd; n++) {
                people.get(n).say("{\"type\":\"hello\",\"name\":\"" + anyName() + "\"}");
                people.get(n)
                        .say("{\"type\":\"join\",\"room\":\"" + room + "\",\"epoch\":\"" + epoch + "\",\"after\":"
                                + 2 * n + "}");
                ana.say(Person.postFrame(room, "meanwhile"));
            }
            for (int n = 0; n < herd; n++) {
                Person person = people.get(n);
                person.next("signed-in");
                person.next("joined");
                assertThat(messages(person, said + herd - 2 * n))
                        .extracting(message -> message.getInt("seq"))
                        .containsExactlyElementsOf(IntStream.rangeClosed(2 * n + 1, said + herd)
                                .boxed()
                                .toList());
            }
        } finally {
            people.forEach(Person::close);
        }
    }

    @Test
    void aPositionInAnotherLogIsReset() {
        try (Person ana = Person.in(room, chat());
                Person budi = Person.connect(chat())) {
            ana.post(room, "one");
            budi.hello(anyName());
            budi.say("{\"type\":\"join\",\"room\":\"" + room + "\",\"epoch\":\"e-of-yore\",\"after\":41}");
            JsonObject reset = budi.next("reset");
            JsonObject joined = budi.next("joined");
            assertThat(reset.getString("epoch")).isEqualTo(joined.getString("epoch"));
            assertThat(reset.getInt("head")).isEqualTo(1);
            assertThat(texts(budi, 1)).containsExactly("one");
        }
    }

    @Test
    void theSameIdAgainGetsTheSameAckAndPostsNothing() {
        try (Person ana = Person.in(room, chat());
                Person budi = Person.in(room, chat())) {
            ana.say(Person.postFrame(room, "once", "\"id\":\"c-1\""));
            ana.nextInAnyOrder("ack", "message");
            ana.say(Person.postFrame(room, "once", "\"id\":\"c-1\""));
            assertThat(ana.next("ack").getInt("seq")).isEqualTo(1);
            ana.say(Person.postFrame(room, "another text", "\"id\":\"c-1\""));
            assertThat(ana.nextError("id-conflict").getString("id")).isEqualTo("c-1");
            assertThat(ana.post(room, "two").getInt("seq")).isEqualTo(2);
            assertThat(texts(budi, 2)).containsExactly("once", "two");
            budi.say(Person.postFrame(room, "his own", "\"id\":\"c-1\""));
            assertThat(budi.nextInAnyOrder("ack", "message").get(0).getInt("seq"))
                    .as("ids are each author's own")
                    .isEqualTo(3);
        }
    }

    @Test
    void everybodySeesTheSameOrder() {
        int each = 200;
        try (Person ana = Person.in(room, chat());
                Person budi = Person.connect(Library.TYRUS, chat(), V1_BIN)) {
            budi.hello(anyName());
            budi.join(room, "\"last\":0");
            for (int i = 0; i < each; i++) {
                ana.say(Person.postFrame(room, "a" + i));
                budi.say(Person.postFrame(room, "b" + i));
            }
            List<JsonObject> anaSees = messages(ana, 2 * each);
            List<JsonObject> budiSees = messages(budi, 2 * each);
            assertThat(budiSees).isEqualTo(anaSees);
            assertThat(anaSees)
                    .extracting(message -> message.getInt("seq"))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 2 * each).boxed().toList());
            assertThat(anaSees)
                    .extracting(message -> message.getString("text"))
                    .filteredOn(text -> text.startsWith("a"))
                    .containsExactlyElementsOf(
                            IntStream.range(0, each).mapToObj(i -> "a" + i).toList());
        }
    }

    @Test
    void aUserWhoLeftReceivesNothingMore() {
        String other = anyRoom();
        try (Person ana = Person.in(room, chat());
                Person budi = Person.in(room, chat())) {
            ana.join(other);
            budi.join(other);
            budi.say("{\"type\":\"leave\",\"room\":\"" + room + "\"}");
            assertThat(budi.next("left").getString("room")).isEqualTo(room);
            ana.post(room, "not for him");
            ana.post(other, "for him");
            assertThat(texts(budi, 1)).containsExactly("for him");
            budi.say(Person.postFrame(room, "from outside", "\"id\":\"c-1\""));
            assertThat(budi.nextError("not-joined").getString("id")).isEqualTo("c-1");
        }
    }

    @Test
    void commandsBeforeHelloAndASecondHelloAreRefused() {
        try (Person ana = Person.connect(chat())) {
            ana.say("{\"type\":\"join\",\"room\":\"" + room + "\"}");
            ana.nextError("not-signed-in");
            ana.say(Person.postFrame(room, "hi", "\"id\":\"c-1\""));
            assertThat(ana.nextError("not-signed-in").getString("id")).isEqualTo("c-1");
            ana.hello(anyName());
            ana.say("{\"type\":\"hello\",\"name\":\"Somebody else\"}");
            ana.nextError("already-signed-in");
            ana.join(room);
        }
    }

    @Test
    void aSessionReads128RoomsAndNoMore() {
        try (Person ana = Person.connect(chat())) {
            ana.hello(anyName());
            for (int i = 0; i < 128; i++) {
                ana.join(room + "." + i);
            }
            ana.say("{\"type\":\"join\",\"room\":\"" + room + "\"}");
            ana.nextError("too-many-rooms");
            ana.post(room + ".127", "still here");
        }
    }

    @Test
    void theLongestTextThereMayBeArrivesWhole() {
        String longest = "語".repeat(4_000);
        try (Person ana = Person.in(room, chat());
                Person budi = Person.in(room, chat())) {
            ana.post(room, longest);
            assertThat(texts(budi, 1)).containsExactly(longest);
        }
    }

    private static List<JsonObject> messages(Person reader, int count) {
        return IntStream.range(0, count).mapToObj(i -> reader.next("message")).toList();
    }

    private static List<String> texts(Person reader, int count) {
        return messages(reader, count).stream()
                .map(message -> message.getString("text"))
                .toList();
    }
}
