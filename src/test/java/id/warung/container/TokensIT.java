package id.warung.container;

import static id.warung.client.Person.anyRoom;
import static id.warung.client.Person.field;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Library;
import id.warung.client.Person;
import id.warung.client.Wire;
import id.warung.kit.Jwts;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People of an application around Warung, on a server: the library that reads tokens is not the server's own, and headers may be long. */
class TokensIT extends OnServer {
    @Deployment(testable = false)
    static WebArchive withPeopleOfAnApplication() {
        return packedWar(Map.of(
                "warung.auth", "token",
                "warung.token-secret", Jwts.SECRET,
                "warung.token-issuer", Jwts.ISSUER,
                "warung.token-audience", Jwts.AUDIENCE));
    }

    private static String token(String subject, Map<String, ?> claims) {
        return Jwts.of(subject, "Ana", Instant.now(), Duration.ofHours(1), claims);
    }

    private Person with(Library library, String token) {
        Person person = Person.connect(library, chat(), Person.V1);
        person.helloAgain(token);
        return person;
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    @Tag("smoke")
    void somebodySignsInGoesOnAndSignsOut(Library library) throws Exception {
        String room = anyRoom();
        String first = token("ana-" + library, Map.of("roles", List.of("moderator")));
        try (Person tab = with(library, first);
                Person phone = with(library, token("ana-" + library, Map.of("device", "phone")))) {
            assertThat(tab.id()).startsWith("s-").isEqualTo(phone.id());
            tab.create(room, field("access", "members"));
            tab.join(room, field("last", 0));
            tab.helloAgain(token("ana-" + library, Map.of("roles", List.of("moderator"), "again", true)));
            tab.command("post", room, field("text", "soup"));
            assertThat(get("api/rooms/" + room + "/messages", "Authorization", "Bearer " + first)
                            .body())
                    .contains("soup");
            assertThat(get("api/rooms/" + room + "/messages").statusCode()).isEqualTo(401);

            tab.say("{\"type\":\"sign-out\",\"everywhere\":true}");
            for (Person each : List.of(tab, phone)) {
                assertThat(each.skipTo("bye").getInt("code")).isEqualTo(4500);
                assertThat(each.closeCode()).isEqualTo(4500);
            }
            assertThat(get("api/rooms", "Authorization", "Bearer " + first).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aSessionIsEndedFromAnother() throws Exception {
        String here = token("budi", Map.of());
        try (Person tab = with(Library.JDK, here);
                Person lost = with(Library.JDK, token("budi", Map.of("device", "lost")))) {
            JsonObject other = json(get("api/sessions", "Authorization", "Bearer " + here))
                    .getJsonArray("sessions")
                    .getValuesAs(JsonObject.class)
                    .stream()
                    .filter(session -> !session.containsKey("current"))
                    .findFirst()
                    .orElseThrow();
            HttpResponse<String> ended = send(
                    "DELETE",
                    "api/sessions/" + other.getString("id"),
                    BodyPublishers.noBody(),
                    "Authorization",
                    "Bearer " + here);
            assertThat(ended.statusCode()).isEqualTo(204);
            assertThat(ended.body()).isEmpty();
            assertThat(lost.next("bye").getInt("code")).isEqualTo(4502);
            assertThat(lost.closeCode()).isEqualTo(4502);
            tab.join("lobby");
        }
    }

    /** As providers give them out to people in many groups. */
    @Test
    void aLongTokenIsGoodInHelloAndInAHeader() throws Exception {
        String token = token("citra", Map.of("groups", "g".repeat(4_000)));
        assertThat(token).hasSizeBetween(5_500, 6_144);
        try (Person citra = with(Library.JDK, token)) {
            citra.join("lobby");
        }
        assertThat(get("api/rooms", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        assertThat(get("api/rooms", "Authorization", "Bearer " + token("citra", Map.of("groups", "g".repeat(5_000))))
                        .statusCode())
                .isIn(400, 401, 431);
    }

    @Test
    void aPlainClientIsToldThatThereAreNoGuests() {
        try (Wire plain = Library.JDK.connect(chat(), new String[0])) {
            assertThat(plain.closeCode()).isEqualTo(1008);
        }
    }
}
