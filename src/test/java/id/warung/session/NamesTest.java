package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.AppendResult;
import id.warung.log.sqlite.SqliteLog;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.User;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user has one name, the latest, on all devices and over WebSocket and HTTP; no two users have the same name at a time. */
class NamesTest {
    @TempDir
    private Path folder;

    private SqliteLog log;
    private SessionNode node;

    @BeforeEach
    void open() throws IOException {
        log = SqliteLog.open(folder, new EntryCodec(), Clock.systemUTC());
        begin();
    }

    /** As after a restart: what was in memory only is lost. */
    private void begin() {
        node = new SessionNode(log, SessionNode.PLENTY);
        node.directory = log.directory()::person;
    }

    @AfterEach
    void close() throws IOException {
        log.close();
    }

    private Client comesBack(String token, String name) {
        Client client = node.connect();
        client.says("{\"type\":\"hello\",\"token\":\"" + token + "\""
                + (name == null ? "" : ",\"name\":\"" + name + "\"") + "}");
        node.settle();
        return client;
    }

    private void ends(Client client) {
        client.session.gone();
        node.settle();
    }

    /** The author's name of a message that is posted over HTTP with this token. */
    private String postsOverHttp(String token, String text) throws Exception {
        CompletionStage<AppendResult> posted = node.posts(token, new Command.Post("lobby", null, text));
        node.settle();
        AppendResult.Committed committed =
                (AppendResult.Committed) posted.toCompletableFuture().join();
        return new EntryCodec().read(committed.written().get(0).entry().json()).get("from.name");
    }

    private static String from(Client reader, int which) {
        return reader.events("message").get(which).getJsonObject("from").getString("name");
    }

    private List<String> roster(Client reader) {
        List<JsonObject> rosters = reader.events("roster");
        return rosters.get(rosters.size() - 1).getJsonArray("here").stream()
                .map(JsonValue::asJsonObject)
                .map(user -> user.getString("name"))
                .toList();
    }

    private void tick() {
        node.passMs(2_000);
        node.rooms.tick(node.clock.getAsLong());
        node.settle();
    }

    @Test
    void aRenameReachesAllSessionsOfTheUserAndWhateverTheySayOrAreSeenIn() {
        Client laptop = node.inLobby("Ana");
        String token = node.tokenOf(laptop.session.user());
        Client budi = node.inLobby("Budi");
        Client phone = comesBack(token, null);
        phone.forget();
        Client tablet = comesBack(token, "Bea");
        assertThat(tablet.heard()).containsExactly("welcome", "signed-in Bea");

        for (Client each : new Client[] {laptop, phone}) {
            assertThat(each.events("renamed")).hasSize(1).allSatisfy(renamed -> assertThat(renamed)
                    .hasToString("{\"type\":\"renamed\",\"user\":{\"id\":\"" + laptop.userId()
                            + "\",\"name\":\"Bea\",\"guest\":true}}"));
        }
        assertThat(budi.events("renamed")).isEmpty();
        tick();
        assertThat(roster(budi)).containsExactlyInAnyOrder("Bea", "Budi");
        laptop.posts("hi");
        node.settle();
        assertThat(from(budi, 0)).isEqualTo("Bea");
        assertThat(node.nameGivenFor("Ana")).as("is free").isEqualTo("Ana");
    }

    @Test
    void anOlderTokenBringsBackTheUserAndNotTheName() {
        Client first = node.signedIn("Ana");
        String old = first.token();
        ends(first);
        Client renamed = comesBack(old, "Bea");
        assertThat(comesBack(old, null).heard()).as("while here").contains("signed-in Bea");
        ends(renamed);
        begin(); // nothing was posted
        Client back = comesBack(old, null);
        assertThat(back.heard()).contains("signed-in Bea");
        ends(back);
        Client newer = comesBack(back.token(), "Cora");
        ends(newer);
        assertThat(comesBack(old, null).heard()).contains("signed-in Cora");
    }

    @Test
    void theListOfPeopleHasTheLatestNameThoughNothingWasSaid() throws IOException {
        Client ana = node.signedIn("Ana");
        comesBack(ana.token(), "Bea");

        assertThat(log.directory().people("Bea", null, 5).items()).containsExactly(new User(ana.userId(), "Bea"));
        assertThat(log.directory().people("Ana", null, 5).items()).isEmpty();
    }

    /** A user who had to take another name because the wanted one was in use keeps it until they choose one. */
    @Test
    void aNumberedNameIsKeptAsWell() {
        Client first = node.signedIn("Ana");
        String old = first.token();
        ends(first);
        Client other = node.signedIn("Ana");
        Client back = comesBack(old, null);
        assertThat(back.heard()).contains("signed-in Ana 2");
        ends(back);
        ends(other);
        assertThat(comesBack(old, null).heard()).contains("signed-in Ana 2");
    }

    @Test
    void overHttpANameThatSomebodyElseHasNowIsNotTaken() throws Exception {
        Client first = node.signedIn("Ana");
        String token = first.token();
        ends(first);
        Client other = node.inLobby("Ana");

        assertThat(postsOverHttp(token, "over HTTP")).isEqualTo("Ana 2");
        assertThat(from(other, 0)).isEqualTo("Ana 2");
        assertThat(comesBack(token, null).heard()).as("the same over WebSocket").contains("signed-in Ana 2");
    }

    @Test
    void overHttpAnOlderTokenSpeaksUnderTheLatestName() throws Exception {
        Client first = node.inLobby("Ana");
        String old = node.tokenOf(first.session.user());
        Client renamed = comesBack(old, "Bea");
        assertThat(postsOverHttp(old, "while here")).isEqualTo("Bea");
        ends(renamed);
        ends(first);
        assertThat(postsOverHttp(old, "while away")).isEqualTo("Bea");
        assertThat(log.directory().people("A", null, 5).items()).isEmpty();
        assertThat(node.nameGivenFor("Bea")).as("is free when it was said").isEqualTo("Bea");
    }

    /** The claim lasts as long as the post is on its way. */
    @Test
    void whileAPostOverHttpIsOnItsWayNobodyElseGetsTheName() throws Exception {
        Client first = node.signedIn("Ana");
        ends(first);
        CompletionStage<AppendResult> posted = node.posts(first.token(), new Command.Post("lobby", null, "slowly"));
        node.reading.runAll();
        node.reading.runAll();
        assertThat(node.nameGivenFor("Ana")).isEqualTo("Ana 2");
        node.settle();
        assertThat(posted.toCompletableFuture()).isCompleted();
        assertThat(node.nameGivenFor("Ana")).isEqualTo("Ana");
    }

    @Test
    void aBackEndKeepsItsNameAtBothDoors() throws Exception {
        Client guest = node.inLobby("builds");
        assertThat(guest.session.user().name()).isEqualTo("builds 2");
        CompletionStage<AppendResult> posted = node.posts(SessionNode.KEY, new Command.Post("lobby", null, "green"));
        node.settle();
        assertThat(posted.toCompletableFuture().join()).isInstanceOf(AppendResult.Committed.class);
        assertThat(from(guest, 0)).isEqualTo("Builds");
    }

    @Test
    void whereTheNamesCannotBeReadATokenIsToBeSaidAgain() {
        Client first = node.signedIn("Ana");
        ends(first);
        node.directory = id -> {
            throw new IOException("away");
        };
        Client back = comesBack(first.token(), null);
        assertThat(back.heard()).containsExactly("welcome", "error unavailable");
        node.directory = log.directory()::person;
        back.helloAgain(first.token());
        node.settle();
        assertThat(back.heard()).contains("signed-in Ana");
    }
}
