package id.warung.container;

import static id.warung.client.Person.anyName;
import static id.warung.client.Person.anyRoom;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Library;
import id.warung.client.Person;
import id.warung.client.Wire;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Who is in a room and who is typing, published when it changes and not more often than necessary; {@link AwayIT} covers what ends by
 * itself.
 */
class PresenceIT extends OnServer {
    private static final long INTERVAL_MS = 200;
    private static final String LONG = "60000"; // nothing ends while the test runs
    private static final int MOST_NAMED = 200;
    private static final int MOST_TYPING = 5;
    private static final String FROM_NOW_ON = "\"last\":0";

    private final String room = anyRoom();

    @Deployment(testable = false)
    static WebArchive quickRosters() {
        return packedWar(Map.of(
                "warung.roster-interval-ms", String.valueOf(INTERVAL_MS),
                "warung.presence-grace-ms", LONG,
                "warung.typing-ms", LONG));
    }

    @Test
    void aUserWhoJoinsIsInTheRoster() {
        try (Person ana = Person.in(room, chat())) {
            assertHere(ana, ana);
            try (Person budi = Person.in(room, chat())) {
                assertNextHere(ana, ana, budi);
                assertNextHere(budi, ana, budi);
            }
        }
    }

    /** The next roster is caused by others who arrive, and includes the user. */
    @Test
    @Tag("smoke")
    void aUserWhoReloadsThePageWasNeverAway() {
        try (Person ana = Person.in(room, chat())) {
            Person budi = Person.in(room, chat());
            try (budi) {
                assertHere(ana, ana, budi);
            }
            try (Person citra = Person.in(room, chat())) {
                assertNextHere(ana, ana, budi, citra);
                try (Person back = budi.elsewhere(chat())) {
                    back.join(room, FROM_NOW_ON);
                    try (Person dewi = Person.in(room, chat())) {
                        assertNextHere(ana, ana, budi, citra, dewi);
                    }
                }
            }
        }
    }

    @Test
    @Tag("smoke")
    void aUserWhoLeavesAndRejoinsWasNeverAway() {
        try (Person ana = Person.in(room, chat());
                Person budi = Person.in(room, chat());
                Person citra = Person.signedIn(chat())) {
            assertHere(ana, ana, budi);
            for (int n = 0; n < 10; n++) {
                leave(budi);
                budi.join(room, FROM_NOW_ON);
            }
            leave(budi);
            citra.join(room, FROM_NOW_ON);
            assertNextHere(ana, ana, budi, citra);
        }
    }

    @Test
    void aUserWithTwoSessionsIsInTheRosterOnce() {
        try (Person ana = Person.in(room, chat());
                Person budi = Person.in(room, chat());
                Person onThePhone = budi.elsewhere(chat());
                Person citra = Person.signedIn(chat())) {
            assertHere(ana, ana, budi);
            onThePhone.join(room, FROM_NOW_ON);
            assertNextHere(onThePhone, ana, budi);
            citra.join(room, FROM_NOW_ON);
            assertNextHere(ana, ana, budi, citra);
        }
    }

    @Test
    void aPlainClientIsInTheRosterButReceivesOnlyMessages() {
        try (Person ana = Person.in(room, chat());
                Wire plain = Library.JDK.connect(chat("?room=" + room))) {
            JsonObject roster = ana.next("roster");
            while (roster.getInt("count") < 2) {
                roster = ana.next("roster");
            }
            assertThat(roster.getJsonArray("here")).hasSize(2).contains(ana.user());
            ana.types(room);
            assertThat(ana.next("typing").getJsonArray("users")).containsExactly(ana.user());
            ana.post(room, "hello");
            assertThat(plain.frame().text()).isEqualTo("hello");
        }
    }

    @Test
    @Tag("smoke")
    void manyWhoComeAtOnceAreToldTogether() {
        int many = 50;
        List<Person> people = new ArrayList<>();
        try (Person ana = Person.in(room, chat())) {
            assertHere(ana, ana);
            for (int n = 0; n < many; n++) {
                people.add(Person.signedIn(chat()));
            }
            long begin = System.nanoTime();
            for (Person person : people) {
                person.say("{\"type\":\"join\",\"room\":\"" + room + "\",\"last\":0}");
            }
            int rosters = 1;
            while (ana.next("roster").getInt("count") < many + 1) {
                rosters++;
            }
            assertToldInTime(rosters, begin);
        } finally {
            people.forEach(Person::close);
        }
    }

    @Test
    void inALargeRoomThoseAreNamedWhoSpokeLast() {
        List<Person> people = new ArrayList<>();
        try (Person ana = Person.in(room, chat())) {
            for (int n = 0; n < MOST_NAMED; n++) {
                Person person = Person.connect(chat());
                people.add(person);
                person.say(
                        "{\"type\":\"hello\",\"name\":\"" + anyName() + "\"}"); // each in time, however long all take
            }
            for (Person person : people) {
                person.say("{\"type\":\"join\",\"room\":\"" + room + "\",\"last\":0}");
            }
            JsonObject roster = ana.next("roster");
            while (roster.getInt("count") <= MOST_NAMED) {
                assertThat(roster.getJsonArray("here")).hasSize(roster.getInt("count"));
                roster = ana.next("roster");
            }
            ana.post(room, "so many!");
            while (!roster.getJsonArray("here").contains(ana.user())) {
                roster = ana.next("roster");
            }
            assertThat(roster.getJsonArray("here")).containsExactly(ana.user());
            assertThat(roster.getInt("count")).isEqualTo(MOST_NAMED + 1);
        } finally {
            people.forEach(Person::close);
        }
    }

    @Test
    @Tag("smoke")
    void aTypingUserIsListedUntilTheyPost() {
        try (Person ana = Person.in(room, chat());
                Person budi = Person.in(room, chat())) {
            ana.types(room);
            JsonObject typing = budi.next("typing");
            assertThat(typing.getString("room")).isEqualTo(room);
            assertThat(typing.getJsonArray("users")).containsExactly(ana.user());
            budi.types(room);
            assertThat(budi.next("typing").getJsonArray("users")).containsExactlyInAnyOrder(ana.user(), budi.user());
            ana.post(room, "that is it");
            budi.next("message");
            assertThat(budi.next("typing").getJsonArray("users")).containsExactly(budi.user());
        }
    }

    @Test
    @Tag("smoke")
    void ofManyWhoWriteAtOnceAFewAreNamedAndToldTogether() {
        int many = 12;
        List<Person> people = new ArrayList<>();
        try (Person ana = Person.in(room, chat())) {
            for (int n = 0; n < many; n++) {
                people.add(Person.in(room, chat()));
            }
            long begin = System.nanoTime();
            people.forEach(person -> person.types(room));
            int told = 1;
            int named = ana.next("typing").getJsonArray("users").size();
            while (named < MOST_TYPING) {
                named = ana.next("typing").getJsonArray("users").size();
                told++;
            }
            assertThat(named).isEqualTo(MOST_TYPING);
            assertToldInTime(told, begin);
        } finally {
            people.forEach(Person::close);
        }
    }

    @Test
    void oneWritesWhereOneIsOnly() {
        try (Person ana = Person.signedIn(chat())) {
            ana.types(room);
            ana.nextError("not-joined");
        }
    }

    private static void assertToldInTime(int told, long since) {
        long took = Duration.ofNanos(System.nanoTime() - since).toMillis();
        assertThat((long) told).isLessThanOrEqualTo(took / INTERVAL_MS + 1);
    }

    private void leave(Person person) {
        person.say("{\"type\":\"leave\",\"room\":\"" + room + "\"}");
        person.next("left");
    }

    /** Waits for a roster with these users. */
    private void assertHere(Person reader, Person... people) {
        while (!here(reader.next("roster")).equals(users(people))) {
            // a roster caused by others
        }
    }

    /** The next roster has these users. */
    private void assertNextHere(Person reader, Person... people) {
        assertThat(here(reader.next("roster"))).isEqualTo(users(people));
    }

    private Set<JsonObject> here(JsonObject roster) {
        assertThat(roster.getString("room")).isEqualTo(room);
        assertThat(roster.getInt("count")).isEqualTo(roster.getJsonArray("here").size());
        return roster.getJsonArray("here").stream().map(JsonValue::asJsonObject).collect(Collectors.toSet());
    }

    private static Set<JsonObject> users(Person... people) {
        return Stream.of(people).map(Person::user).collect(Collectors.toSet());
    }
}
