package id.warung.launch;

import static id.warung.client.Person.anyRoom;
import static id.warung.client.Person.field;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.RawHttp;
import id.warung.identity.Identity;
import id.warung.kit.Jwts;
import id.warung.kit.WarungProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People of an application around Warung, beside guests: who they are, what they may, and how they leave. */
class SignInIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String KEY = "0123456789abcdef-key";

    @TempDir
    private static Path folder;

    private static WarungProcess warung;

    @BeforeAll
    static void start() {
        warung = Jwts.on(new WarungProcess(folder))
                .with("WARUNG_NEW_ROOMS", "members")
                .with("WARUNG_API_KEYS", "Builds=" + KEY + ";rooms=builds-*")
                .with("WARUNG_ADMINISTRATORS", Jwts.ISSUER + "#root")
                .start();
    }

    @AfterAll
    static void end() {
        warung.close();
    }

    private static Person with(String token) {
        Person person = Person.connect(warung.chat());
        person.helloAgain(token);
        return person;
    }

    private static String token(String subject, String name, Map<String, ?> claims) {
        return Jwts.of(subject, name, Instant.now(), Duration.ofHours(1), claims);
    }

    private static HttpResponse<String> http(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(warung.address() + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.header("Content-Type", "text/plain");
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static String answer(String method, String path, String token) throws Exception {
        HttpResponse<String> response = http(method, path, token, null);
        JsonObject body = response.body().isEmpty()
                ? JsonObject.EMPTY_JSON_OBJECT
                : Json.createReader(new StringReader(response.body())).readObject();
        return response.statusCode() + " " + body.getString("error", "");
    }

    @Test
    void twoCredentialsInOneRequestAreRefusedWhateverTheyAre() throws IOException {
        String good = "Authorization: Bearer " + Jwts.of("ana", "Ana");
        String key = "Authorization: Bearer " + KEY;
        URI server = URI.create("http://127.0.0.1:" + warung.address().getPort());
        assertThat(RawHttp.ask(server, "GET /api/rooms HTTP/1.1|" + good, "").status())
                .isEqualTo(200);
        for (String second : List.of(good, key, "authorization: Basic YTpi", "Authorization:")) {
            for (String both : List.of(good + "|" + second, second + "|" + good, key + "|" + second)) {
                for (String address :
                        List.of("GET /api/rooms", "DELETE /api/sessions/x", "DELETE /api/rooms/a/messages/1")) {
                    RawHttp.Response response = RawHttp.ask(server, address + " HTTP/1.1|" + both, "");
                    assertThat(response.status()).as(address + both).isEqualTo(401);
                    assertThat(response.body()).contains("bad-token");
                }
            }
        }
    }

    @Test
    void aTokenSaysWhoSomebodyIsAndInWhichRoles() {
        String jwt = token("ana@app", "Ana Maria", Map.of("roles", List.of("moderator", "cook")));
        try (Person ana = Person.connect(warung.chat());
                Person root = with(Jwts.of("root", "Root"))) {
            JsonObject signedIn = ana.helloAgain(jwt);

            assertThat(ana.id())
                    .isEqualTo(Identity.idOf(Jwts.ISSUER, "ana@app"))
                    .matches("s-[a-z2-7]{26}");
            assertThat(ana.name()).isEqualTo("Ana Maria");
            assertThat(ana.user()).doesNotContainKey("guest");
            assertThat(signedIn.getJsonArray("roles")).hasToString("[\"member\",\"moderator\"]");
            assertThat(signedIn).doesNotContainKey("token");
            assertThat(Instant.parse(signedIn.getString("expiresAt")))
                    .isBetween(Instant.now().plusSeconds(3_500), Instant.now().plusSeconds(3_600));
            String room = anyRoom();
            try (Person guest = Person.signedIn(warung.chat())) {
                assertThat(guest.user().getBoolean("guest")).isTrue();
                guest.isRefused("forbidden", "create", room);
                ana.create(room);
                guest.join(room);
                int rubbish = guest.command("post", room, field("text", "rubbish"));
                ana.join(room);
                ana.delete(room, rubbish);
            }
            root.helloAgain(Jwts.of("root", "Root")); // renewed
            assertThat(root.join(room).getBoolean("moderator")).isTrue();
        }
    }

    @Test
    void withinItsPatternsATokenIsLikeAMemberAndOutsideThereIsNothing() throws Exception {
        String inside = "team-" + anyRoom();
        String outside = anyRoom();
        String jwt = token("scoped", "Scoped", Map.of("rooms", List.of("team-*", "direct.*")));
        try (Person owner = with(Jwts.of("owner", "Owner"));
                Person scoped = with(jwt)) {
            owner.create(inside, field("access", "members"));
            owner.create(outside);
            owner.join(inside, "\"last\":0");
            owner.join(outside, "\"last\":0");
            owner.command("post", outside, field("text", "for all others"));

            scoped.join(inside);
            scoped.command("post", inside, field("text", "hello, team"));
            assertThat(owner.skipTo("message").getString("text")).isEqualTo("for all others");
            JsonObject said = owner.skipTo("message");
            assertThat(said.getString("text")).isEqualTo("hello, team");
            assertThat(said.getJsonObject("from").getString("name")).isEqualTo("Scoped");
            scoped.skipTo("message");
            scoped.join(scoped.inbox(), "\"last\":0");
            String open = "team-" + anyRoom();
            owner.join(open, "\"last\":0");
            for (String room : List.of(outside, open)) {
                owner.command("post", room, field("text", "@Scoped"), "\"mentions\":[\"" + scoped.id() + "\"]");
            }
            assertThat(scoped.skipTo("erased").toString()).doesNotContain(outside);
            assertThat(scoped.skipTo("mentioned").getString("in")).isEqualTo(open);
            assertThat(http("GET", "api/rooms/" + scoped.inbox() + "/messages", jwt, null)
                            .body())
                    .contains("\"in\":\"" + open)
                    .doesNotContain(outside);
            scoped.isRefused("no-such-room", "join", outside);
            scoped.isRefused("no-such-room", "join", owner.inbox());
            scoped.isRefused("no-such-room", "create", anyRoom());
            assertThat(scoped.direct(owner)).startsWith("direct.");

            assertThat(answer("GET", "api/rooms/" + inside + "/messages", jwt)).startsWith("200");
            assertThat(answer("GET", "api/rooms/" + inside, jwt)).startsWith("200");
            assertThat(answer("GET", "api/rooms/" + outside + "/messages", jwt)).isEqualTo("404 no-such-room");
            assertThat(answer("GET", "api/rooms/" + outside, jwt)).isEqualTo("404 no-such-room");
            assertThat(answer("GET", "api/rooms/" + outside + "/messages", null))
                    .startsWith("200");
            assertThat(http("POST", "api/rooms/" + outside + "/messages", jwt, "out")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(http("POST", "api/rooms/" + inside + "/messages", jwt, "in")
                            .statusCode())
                    .isEqualTo(201);
            String list = http("GET", "api/rooms", jwt, null).body();
            assertThat(list).contains("\"direct.").doesNotContain(outside);

            scoped.say(
                    "{\"type\":\"hello\",\"token\":\"" + token("scoped", "Scoped", Map.of("rooms", List.of())) + "\"}");
            assertThat(scoped.skipTo("left").getString("reason")).isEqualTo("removed");
        }
        try (Person builds = with(KEY)) {
            assertThat(builds.id()).startsWith("b-");
            builds.join("builds-" + anyRoom());
            builds.isRefused("no-such-room", "join", outside);
        }
    }

    @Test
    void aTokenIsRenewedInBandByItsOwnUserOnly() {
        String room = anyRoom();
        try (Person ana = with(Jwts.of("renewing", "Ana"));
                Person guest = Person.signedIn(warung.chat())) {
            ana.create(room);
            ana.join(room, "\"last\":0");
            Instant later = Instant.now().plusSeconds(1);
            JsonObject again = ana.helloAgain(Jwts.of("renewing", "Ana R.", later, Duration.ofHours(2), Map.of()));
            assertThat(Instant.parse(again.getString("expiresAt")))
                    .isAfter(Instant.now().plusSeconds(7_000));
            ana.command("post", room, field("text", "still here"));
            assertThat(ana.skipTo("message").getJsonObject("from").getString("name"))
                    .isEqualTo("Ana R.");

            for (Person each : List.of(ana, guest)) {
                each.say("{\"type\":\"hello\",\"token\":\"" + Jwts.of("somebody else", "Ana") + "\"}");
                each.nextError("already-signed-in");
                each.say("{\"type\":\"hello\",\"name\":\"Ana\"}");
                each.nextError("already-signed-in");
            }
            guest.say("{\"type\":\"hello\",\"token\":\"" + guest.token() + "\"}");
            guest.nextError("already-signed-in");
            ana.command("post", room, field("text", "and still"));
        }
    }

    @Test
    void guestsDifferFromEverybodyWhoIsOrWasSignedIn() {
        Person early = Person.connect(warung.chat());
        early.hello("Citra");
        try (early;
                Person citra = with(Jwts.of("citra", "Citra"));
                Person also = with(Jwts.of("citra-2", "Citra"))) {
            assertThat(citra.name()).isEqualTo("Citra");
            assertThat(also.name()).as("two people").isEqualTo("Citra");
            assertThat(early.skipTo("renamed").getJsonObject("user").getString("name"))
                    .isNotEqualTo("Citra")
                    .startsWith("Citra ");
        }
        try (Person guest = Person.connect(warung.chat());
                Person cyrillic = Person.connect(warung.chat());
                Person back = Person.connect(warung.chat())) {
            guest.hello("citra");
            assertThat(guest.name()).as("nobody called so is here").isEqualTo("citra 2");
            cyrillic.hello("\u0421\u0406\u0422\u0420\u0410"); // СІТРА
            assertThat(cyrillic.name()).isEqualTo("\u0421\u0406\u0422\u0420\u0410");
            back.helloAgain(early.token());
            assertThat(back.name()).isNotEqualTo("Citra");
        }
    }

    @Test
    void aSignOutEndsThisSignInAndEverywhereEndsAll() throws Exception {
        String first = Jwts.of("leaving", "Leaving");
        String second = token("leaving", "Leaving", Map.of("device", "another"));
        String stolen = token("leaving", "Leaving", Map.of("stolen", "never used before"));
        try (Person tab = with(first);
                Person otherTab = with(first);
                Person phone = with(second)) {
            tab.say("{\"type\":\"sign-out\"}");
            for (Person each : List.of(tab, otherTab)) {
                assertThat(each.next("bye").getInt("code")).isEqualTo(4500);
                assertThat(each.closeCode()).isEqualTo(4500);
            }
            isNoLongerGood(first);
            assertThat(answer("GET", "api/sessions", second)).startsWith("200");

            phone.say("{\"type\":\"sign-out\",\"everywhere\":true}");
            assertThat(phone.next("bye").getInt("code")).isEqualTo(4500);
            isNoLongerGood(second);
            isNoLongerGood(stolen);
        }
        Instant later = Instant.now().plusSeconds(2);
        with(Jwts.of("leaving", "Leaving", later, Duration.ofHours(1), Map.of()))
                .close();
    }

    /** A signature can be respelled without being another one, and an issuer may give each token a sign-in of its own. */
    @Test
    void whatFollowedFromATokenEndsWithItHoweverItIsSpelt() throws Exception {
        String first = Jwts.of("following", "Following");
        String next = token("following", "Following", Map.of("after", "first"));
        try (Person renewed = with(first);
                Person tab = with(first);
                Person phone = with(token("following", "Following", Map.of("device", "phone")))) {
            renewed.helloAgain(next);
            tab.say("{\"type\":\"sign-out\"}");
            assertThat(tab.next("bye").getInt("code")).isEqualTo(4500);
            assertThat(renewed.next("bye").getInt("code")).isEqualTo(4500);
            isNoLongerGood(first);
            isNoLongerGood(next);
            isNoLongerGood(respelt(first));
            phone.join("lobby");
        }
    }

    /** The last character of 43 has two bits that no byte needs. */
    private static String respelt(String token) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = letters.indexOf(token.charAt(token.length() - 1));
        return token.substring(0, token.length() - 1) + letters.charAt(last ^ 1);
    }

    @Test
    void everywhereCountsForIssuersWhoseClocksAreAheadAndUndoesNothing() throws Exception {
        String ahead = Jwts.of("ahead", "Ahead", Instant.now().plusSeconds(50), Duration.ofHours(1), Map.of());
        String thief = token("ahead", "Ahead", Map.of("sid", "thief"));
        try (Person laptop = with(ahead)) {
            try (Person stolen = with(thief)) {
                stolen.say("{\"type\":\"sign-out\"}");
                assertThat(stolen.next("bye").getInt("code")).isEqualTo(4500);
            }
            laptop.say("{\"type\":\"sign-out\",\"everywhere\":true}");
            assertThat(laptop.next("bye").getInt("code")).isEqualTo(4500);
            isNoLongerGood(ahead);
        }
        Instant later = Instant.now().plusSeconds(55);
        isNoLongerGood(Jwts.of("ahead", "Ahead", later, Duration.ofHours(1), Map.of("sid", "thief")));
        isNoLongerGood(Jwts.of("new", "New", Instant.now().plusSeconds(90), Duration.ofHours(1), Map.of()));
    }

    @Test
    void aRetryFromOutsideTheRoomsOfATokenLearnsNothing() throws Exception {
        String room = anyRoom();
        try (Person all = with(Jwts.of("retrying", "Retrying"))) {
            all.create(room);
            all.join(room, "\"last\":0");
            all.say(Person.postFrame(room, "once", field("id", "r-1")));
            all.skipTo("ack");
        }
        try (Person limited = with(token("retrying", "Retrying", Map.of("rooms", List.of("ok-*"))))) {
            limited.say(Person.postFrame(room, "once", field("id", "r-1")));
            limited.nextError("no-such-room");
        }
    }

    @Test
    void aGuestWhoSignsOutHasGone() throws Exception {
        try (Person tab = Person.signedIn(warung.chat());
                Person other = tab.elsewhere(warung.chat())) {
            String token = other.token();
            tab.say("{\"type\":\"sign-out\"}");
            assertThat(tab.next("bye").getInt("code")).isEqualTo(4500);
            assertThat(other.closeCode()).isEqualTo(4500);
            isNoLongerGood(token);
        }
    }

    private static void isNoLongerGood(String token) throws Exception {
        assertThat(answer("GET", "api/rooms", token)).isEqualTo("401 bad-token");
        assertThat(http("POST", "api/rooms/lobby/messages", token, "boo").statusCode())
                .isEqualTo(401);
        try (Person thief = Person.connect(warung.chat())) {
            thief.say("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
            thief.nextError("bad-token");
        }
    }

    @Test
    void peopleSeeWhereTheyAreSignedInAndEndOneOfThem() throws Exception {
        String here = Jwts.of("listing", "Listing");
        String there = token("listing", "Listing", Map.of("device", "there"));
        try (Person tab = with(here);
                Person otherTab = with(here);
                Person lost = with(there)) {
            JsonObject listed = Json.createReader(new StringReader(
                            http("GET", "api/sessions", here, null).body()))
                    .readObject();
            List<JsonObject> sessions = listed.getJsonArray("sessions").getValuesAs(JsonObject.class);
            assertThat(sessions).hasSize(2);
            JsonObject current = sessions.stream()
                    .filter(session -> session.containsKey("current"))
                    .findFirst()
                    .orElseThrow();
            assertThat(current.getInt("connections")).isEqualTo(2);
            assertThat(current.getString("address")).isEqualTo("127.0.0.1");
            assertThat(Instant.parse(current.getString("since"))).isBefore(Instant.now());
            String other = sessions.stream()
                    .filter(session -> !session.containsKey("current"))
                    .map(session -> session.getString("id"))
                    .findFirst()
                    .orElseThrow();

            assertThat(answer("DELETE", "api/sessions/" + other, Jwts.of("stranger", "Stranger")))
                    .isEqualTo("404 no-such-session");
            assertThat(answer("DELETE", "api/sessions/" + other, here)).startsWith("204");
            assertThat(lost.next("bye").getInt("code")).isEqualTo(4502);
            assertThat(lost.closeCode()).isEqualTo(4502);
            isNoLongerGood(there);
            tab.join("builds-listing");
            assertThat(otherTab.heard()).isEmpty();
        }
        assertThat(answer("GET", "api/sessions", KEY)).isEqualTo("403 forbidden");
        assertThat(answer("GET", "api/sessions", null)).isEqualTo("401 bad-token");
    }

    @Test
    void aBackEndEditsAndDeletesItsMessagesAndChoosesMembersOverHttp() throws Exception {
        String room = "builds-" + anyRoom();
        try (Person owner = with(Jwts.of("boss", "Boss"));
                Person member = Person.signedIn(warung.chat())) {
            owner.create(room);
            owner.join(room, "\"last\":0");
            String messages = "api/rooms/" + room + "/messages";
            assertThat(http("POST", messages, KEY, "Build 17 runs").body()).contains("\"seq\":2");
            assertThat(http("PATCH", messages + "/2", KEY, "Build 17 is green").statusCode())
                    .isEqualTo(200);
            owner.skipTo("message");
            assertThat(owner.next("edited").getString("text")).isEqualTo("Build 17 is green");
            assertThat(answer("DELETE", messages + "/2", KEY)).startsWith("200");
            assertThat(owner.next("deleted").getInt("target")).isEqualTo(2);
            assertThat(answer("DELETE", messages + "/2", KEY)).isEqualTo("404 no-such-message");
            assertThat(answer("DELETE", messages + "/1", KEY)).isEqualTo("404 no-such-message");

            int seq = owner.command("post", room, field("text", "mine"));
            assertThat(answer("DELETE", messages + "/" + seq, KEY)).isEqualTo("403 forbidden");
            assertThat(http("PATCH", messages + "/" + seq, null, "x").statusCode())
                    .isEqualTo(401);
            assertThat(answer("DELETE", "api/rooms/" + anyRoom() + "/messages/1", KEY))
                    .isEqualTo("404 no-such-room");

            String closed = "builds-" + anyRoom();
            owner.create(closed, field("access", "members"));
            String members = "api/rooms/" + closed + "/members/";
            assertThat(answer("PUT", members + member.id(), KEY)).startsWith("200");
            member.join(closed, "\"last\":0");
            assertThat(answer("PUT", members + "u-nobody", KEY)).isEqualTo("404 no-such-user");
            assertThat(answer("PUT", members + "NOBODY", KEY)).isEqualTo("400 bad-command");
            assertThat(answer("DELETE", members + member.id(), KEY)).isEqualTo("403 forbidden");
            assertThat(answer("DELETE", members + member.id(), Jwts.of("boss", "Boss")))
                    .startsWith("200");
            assertThat(member.skipTo("left").getString("reason")).isEqualTo("removed");
        }
    }

    /** The program in docs/sign-in.md, as it stands there. */
    @Test
    void theExampleInTheDocumentMakesATokenThatIsGood(@TempDir Path other) throws Exception {
        String document = Files.readString(Path.of("docs/sign-in.md"));
        String source =
                document.split("<!-- Token.java -->\\s+```java\n", -1)[1].split("```\n", -1)[0];
        Path program = Files.writeString(other.resolve("Token.java"), source);
        Path secret = Files.writeString(other.resolve("secret"), "  " + Jwts.SECRET + "\n");
        Process making = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        program.toString(),
                        Jwts.SECRET,
                        "17",
                        "Ana")
                .redirectErrorStream(true)
                .start();
        String token = new String(making.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(making.waitFor()).as(token).isZero();
        try (WarungProcess shop = new WarungProcess(other)
                        .with("WARUNG_AUTH", "token")
                        .with("WARUNG_TOKEN_SECRET_FILE", secret.toString())
                        .with("WARUNG_TOKEN_ISSUER", "https://shop.example.com")
                        .with("WARUNG_TOKEN_AUDIENCE", "warung")
                        .start();
                Person ana = Person.connect(shop.chat())) {
            assertThat(ana.helloAgain(token).getJsonArray("roles")).hasToString("[\"member\"]");
            assertThat(ana.name()).isEqualTo("Ana");
            ana.join("order-17-delivery");
            ana.isRefused("no-such-room", "join", "order-18-delivery");
        }
    }

    @Test
    void guestsMayReadOnlyOrStayOutside(@TempDir Path other) throws Exception {
        String old = Jwts.of("ana", "Ana");
        try (WarungProcess reading = Jwts.on(new WarungProcess(other))
                        .with("WARUNG_GUESTS", "read")
                        .start();
                Person ana = Person.connect(reading.chat());
                Person guest = Person.signedIn(reading.chat())) {
            ana.helloAgain(old);
            ana.create("news");
            ana.create("staff", field("access", "members"));
            ana.join("news", "\"last\":0");
            assertThat(guest.join("news").getBoolean("readOnly")).isTrue();
            guest.isRefused("read-only", "post", "news", field("text", "hi"));
            guest.isRefused("read-only", "typing", "news");
            guest.isRefused("no-such-room", "join", "nowhere");
            guest.isRefused("read-only", "create", "mine");
            guest.isRefused("not-a-member", "join", "staff");
            ana.command("add", "staff", field("user", guest.id()));
            guest.isRefused("not-a-member", "join", "staff");
            ana.command("post", "news", field("text", "news"));
            assertThat(guest.skipTo("message").getString("text")).isEqualTo("news");
            ana.say("{\"type\":\"sign-out\",\"everywhere\":true}");
            assertThat(ana.skipTo("bye").getInt("code")).isEqualTo(4500);
        }
        try (WarungProcess closed =
                Jwts.on(new WarungProcess(other)).with("WARUNG_AUTH", "token").start()) {
            try (Person guest = Person.connect(closed.chat())) {
                guest.say("{\"type\":\"hello\",\"name\":\"Ana\"}");
                guest.nextError("bad-token");
                guest.say("{\"type\":\"hello\",\"token\":\"" + old + "\"}");
                guest.nextError("bad-token"); // signed out before the restart
                Instant later = Instant.now().plusSeconds(2);
                guest.helloAgain(Jwts.of("ana", "Ana", later, Duration.ofHours(1), Map.of()));
            }
            for (String path : List.of("api/rooms", "api/rooms/news", "api/rooms/news/messages", "api/people?q=a")) {
                HttpRequest anonymous = HttpRequest.newBuilder(URI.create(closed.address() + path))
                        .build();
                assertThat(HTTP.send(anonymous, BodyHandlers.ofString()).statusCode())
                        .as(path)
                        .isEqualTo(401);
            }
        }
    }
}
