package id.warung.container;

import static id.warung.client.Person.anyRoom;
import static id.warung.client.Person.field;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import jakarta.json.JsonArray;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A user stays in the roster for a while after disconnecting, and in the list of typing users after the last signal; then they are
 * removed.
 */
class AwayIT extends OnServer {
    private static final Duration GRACE = Duration.ofMillis(300);
    private static final Duration TYPING = Duration.ofSeconds(2); // longer than a notice of it takes on a busy machine
    private static final String FROM_NOW_ON = "\"last\":0";

    private final String room = anyRoom();

    @Deployment(testable = false)
    static WebArchive shortOfPatience() {
        return packedWar(Map.of(
                "warung.roster-interval-ms", "20",
                "warung.presence-grace-ms", String.valueOf(GRACE.toMillis()),
                "warung.typing-ms", String.valueOf(TYPING.toMillis())));
    }

    @Test
    @Tag("smoke")
    void aUserWhoGoesStaysInTheRosterUntilTheGraceIsOver() {
        try (Person ana = Person.in(room, chat())) {
            long before;
            try (Person budi = Person.in(room, chat())) {
                awaitHere(ana, 2);
                before = System.nanoTime();
                budi.say("{\"type\":\"leave\",\"room\":\"" + room + "\"}");
                budi.next("left");
                assertThat(awaitHere(ana, 1)).containsExactly(ana.user());
                assertOver(GRACE, before);
                budi.join(room, FROM_NOW_ON);
                awaitHere(ana, 2);
                before = System.nanoTime();
            }
            assertThat(awaitHere(ana, 1)).as("whose connection is gone").containsExactly(ana.user());
            assertOver(GRACE, before);
        }
    }

    @Test
    void aRemovedMemberIsNoLongerInTheRoster() {
        try (Person ana = Person.signedIn(chat());
                Person budi = Person.signedIn(chat())) {
            ana.create(room, field("access", "members"));
            ana.add(room, budi);
            ana.join(room, FROM_NOW_ON);
            budi.join(room, FROM_NOW_ON);
            awaitHere(ana, 2);
            ana.remove(room, budi);
            ana.next("removed");
            budi.skipTo("left");
            assertThat(awaitHere(ana, 1)).containsExactly(ana.user());
        }
    }

    @Test
    @Tag("smoke")
    void aTypingSignalWithoutAPostExpires() {
        try (Person ana = Person.in(room, chat());
                Person budi = Person.in(room, chat())) {
            long before = System.nanoTime();
            ana.types(room);
            assertThat(budi.next("typing").getJsonArray("users")).containsExactly(ana.user());
            assertThat(budi.next("typing").getJsonArray("users")).isEmpty();
            assertOver(TYPING, before);
        }
    }

    private static void assertOver(Duration least, long since) {
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThanOrEqualTo(least);
    }

    /** Waits until this many users are here. */
    private static JsonArray awaitHere(Person reader, int count) {
        JsonArray here = reader.next("roster").getJsonArray("here");
        while (here.size() != count) {
            here = reader.next("roster").getJsonArray("here");
        }
        return here;
    }
}
