package id.warung.container;

import static id.warung.client.Person.V1;
import static id.warung.client.Person.V1_BIN;
import static id.warung.client.Person.anyName;
import static id.warung.client.Person.anyRoom;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Library;
import id.warung.client.Person;
import id.warung.client.RawSocket;
import id.warung.client.Wire;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a client sends, its answer is in docs/protocol.md, and nobody else notices: two witnesses, one of each mode,
 * are in the same room, and still talk to each other after every test.
 */
class BadInputIT extends DeployedWar {
    private static final int TEXT = 0x1;
    private static final int CONTINUATION = 0x0;
    private static final int BINARY_FRAME = 1003;
    private static final int BAD_UTF_8 = 1007;
    private static final int TOO_BIG = 1009;
    private static final int MAX_FRAME_BYTES = 65_536;
    private static final int MAX_HELLO_BYTES = 8_192;

    private final String room = anyRoom();
    private Person witness;
    private Wire plainWitness;

    @BeforeEach
    void twoWitnessesSitInTheRoom() {
        witness = Person.in(room, chat());
        plainWitness = Library.TYRUS.connect(chat("?room=" + room));
        plainWitness.text("here I am");
        witness.next("message");
    }

    @AfterEach
    void theyHaveNotNoticed() {
        try (Person person = witness;
                Wire plain = plainWitness) {
            person.say(Person.postFrame(room, "all well", "\"id\":\"w-1\""));
            List<JsonObject> events = person.nextInAnyOrder("ack", "message");
            assertThat(events.get(1).getString("text")).isEqualTo("all well");
            assertThat(plain.frame().text()).isEqualTo("all well");
            plain.text("here too");
            assertThat(person.next("message").getString("text")).isEqualTo("here too");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("smoke")
    void everyBadCommandGetsItsErrorAndTheSessionGoesOn(Library library) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/protocol/bad-commands.tsv"));
        assertThat(lines).isNotEmpty();
        try (Person eve = Person.connect(library, chat(), V1)) {
            for (String line : lines) {
                String[] codeAndFrame = line.split("\t", 2);
                eve.say(codeAndFrame[1]);
                eve.nextError(codeAndFrame[0]);
            }
            eve.hello(anyName());
            eve.join(room);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"type\":\"join\",\"room\":", "{\"a\":"})
    void deepNestingIsNoJsonOfOurs(String opening) {
        try (Person eve = Person.in(room, chat())) {
            eve.say(opening.repeat(MAX_FRAME_BYTES / opening.length()));
            eve.nextError("bad-json");
            eve.say(opening.repeat(1_000) + "1" + (opening.equals("[") ? "]" : "}").repeat(1_000));
            eve.nextError("bad-json");
            eve.join(room);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFrameAsBigAsMayBeIsRead(Library library) {
        try (Person eve = Person.connect(library, chat(), V1)) {
            String hello = "{\"type\":\"hello\",\"name\":\"" + anyName() + "\"}";
            eve.say(hello + " ".repeat(MAX_HELLO_BYTES - hello.length()));
            eve.next("signed-in");
            String join = "{\"type\":\"join\",\"room\":\"" + room + "\"}";
            eve.say(join + " ".repeat(MAX_FRAME_BYTES - join.length()));
            eve.next("joined");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFrameThatIsTooBigCloses(Library library) {
        try (Person eve = Person.connect(library, chat(), V1)) {
            eve.hello(anyName());
            eve.say(" ".repeat(MAX_FRAME_BYTES + 1));
            assertThat(eve.closeCode()).isEqualTo(TOO_BIG);
        }
    }

    @Test
    void bytesAreCountedNotCharacters() {
        try (Person eve = Person.in(room, chat())) {
            eve.say("語".repeat(MAX_FRAME_BYTES / 3 + 1));
            assertThat(eve.closeCode()).isEqualTo(TOO_BIG);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("smoke")
    void aMessageThatIsTooBigInFragmentsCloses(Library library) {
        try (Person eve = Person.connect(library, chat(), V1_BIN)) {
            eve.hello(anyName());
            for (int sent = 0; sent < MAX_FRAME_BYTES + 1_024; sent += 1_024) {
                eve.wire().part(" ".repeat(1_024), false);
            }
            assertThat(eve.closeCode()).isEqualTo(TOO_BIG);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLastFragmentCounts(Library library) {
        try (Person eve = Person.connect(library, chat(), V1)) {
            eve.hello(anyName());
            eve.wire().part(" ".repeat(MAX_FRAME_BYTES), false);
            eve.wire().part(" ", true);
            assertThat(eve.closeCode()).isEqualTo(TOO_BIG);
        }
    }

    @Test
    void beforeHelloAFrameMayBeSmallOnly() {
        try (Person eve = Person.connect(chat())) {
            eve.say(" ".repeat(MAX_HELLO_BYTES + 1));
            assertThat(eve.closeCode()).isEqualTo(TOO_BIG);
        }
    }

    @Test
    void fragmentsAreOneCommand() {
        try (Person eve = Person.connect(chat())) {
            String hello = "{\"type\":\"hello\",\"name\":\"" + anyName() + "\"}";
            for (int i = 0; i < hello.length(); i++) {
                eve.wire().part(hello.substring(i, i + 1), false);
            }
            eve.wire().part("", true);
            eve.next("signed-in");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBinaryFrameCloses(Library library) {
        try (Person eve = Person.connect(library, chat(), V1_BIN)) {
            eve.hello(anyName());
            eve.wire().binary("{\"type\":\"join\",\"room\":\"lobby\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(eve.closeCode()).isEqualTo(BINARY_FRAME);
        }
    }

    @Test
    @Tag("smoke")
    void aLoneSurrogateInATextIsReplacedForAll() {
        try (Person eve = Person.in(room, chat())) {
            assertThat(eve.post(room, "a\\ud83db\\ude42c\\ud83d\\ude42").getString("text"))
                    .isEqualTo("a\uFFFDb\uFFFDc🙂");
        }
        assertThat(witness.next("message").getString("text")).isEqualTo("a\uFFFDb\uFFFDc🙂");
        assertThat(plainWitness.frame().text()).isEqualTo("a\uFFFDb\uFFFDc🙂");
    }

    @Test
    void aTextThatIsTooLongIsRefusedByItsId() {
        try (Person eve = Person.in(room, chat())) {
            eve.say(Person.postFrame(room, "🙂".repeat(4_001), "\"id\":\"c-8\""));
            assertThat(eve.nextError("text-too-long").getString("id")).isEqualTo("c-8");
            eve.join(room, "\"last\":0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sec-WebSocket-Protocol: " + V1})
    void bytesThatAreNoUtf8Close(String subprotocol) throws IOException {
        byte[][] texts = {
            {'a', (byte) 0xFF, 'b'}, // never in UTF-8
            {(byte) 0xC0, (byte) 0x80}, // NUL, overlong
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // a surrogate
            {(byte) 0xE4, (byte) 0xBD}, // ends within a character
        };
        for (byte[] text : texts) {
            try (RawSocket eve = raw(subprotocol)) {
                assertThat(eve.status()).isEqualTo(101);
                eve.frame(true, TEXT, text);
                assertThat(eve.closeCode()).as("%s", (Object) text).isEqualTo(BAD_UTF_8);
            }
        }
    }

    @Test
    @Tag("character-in-two-fragments")
    void aCharacterCutInTwoByFragmentsIsWholeAgain() throws IOException {
        byte[] text = "語".getBytes(StandardCharsets.UTF_8);
        try (RawSocket budi = new RawSocket(chat("?room=" + room))) {
            budi.frame(false, TEXT, text[0]);
            budi.frame(false, CONTINUATION, text[1]);
            budi.frame(true, CONTINUATION, text[2]);
            assertThat(witness.next("message").getString("text")).isEqualTo("語");
        }
        assertThat(plainWitness.frame().text()).isEqualTo("語");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://{host}.evil.example",
                "http://evil.example?{authority}",
                "http://{host}:1",
                "http://{authority}@evil.example",
                "ftp://{authority}",
                "",
            })
    @Tag("smoke")
    void aPageOfAnotherOriginIsRefusedBeforeTheUpgrade(String origin) throws IOException {
        try (RawSocket eve = raw("Origin: " + filled(origin))) {
            assertThat(eve.status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://{authority}", "https://{authority}", "HTTP://{authority}"})
    @Tag("smoke")
    void ourOwnPageIsLetIn(String origin) throws IOException {
        try (RawSocket ana = raw("Origin: " + filled(origin))) {
            assertThat(ana.status()).isEqualTo(101);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?room=Lobby, 400",
        "?room=, 400",
        "?room=%2e%2e%2fetc, 400",
        "?room=%F0%9F%99%82, 400",
        "?room=%ff, 400",
        "?room=lobby%00, 400",
        "?room=lobby&room=lobby, 400",
        "?room=a-legal.name1, 101",
    })
    void aRoomThatIsNoneIsRefusedBeforeTheUpgrade(String query, int status) throws IOException {
        try (RawSocket eve = new RawSocket(chat(query))) {
            assertThat(eve.status()).isEqualTo(status);
        }
    }

    @Test
    void aSubprotocolThatIsNoneOfOursIsRefusedBeforeTheUpgrade() throws IOException {
        try (RawSocket eve = raw("Sec-WebSocket-Protocol: soap, mqtt")) {
            assertThat(eve.status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-WebSocket-Protocol:", "Sec-WebSocket-Protocol: ", "Sec-WebSocket-Protocol: , ,"})
    void anEmptyListOfSubprotocolsOffersNone(String header) throws IOException {
        String text = "plain " + header.length();
        try (RawSocket budi = new RawSocket(chat("?room=" + room), header)) {
            assertThat(budi.status()).isEqualTo(101);
            budi.text(text);
            assertThat(witness.next("message").getString("text")).isEqualTo(text);
        }
        assertThat(plainWitness.frame().text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: websocket, h2c",
                "Upgrade: h2c,WebSocket",
                "Upgrade: h2c\r\nUpgrade: websocket",
                "Upgrade: WEBSOCKET"
            })
    void aClientMayOfferOtherProtocolsBesideWebSocket(String header) throws IOException {
        try (RawSocket ana = new RawSocket(chat(), header, "Sec-WebSocket-Protocol: " + V1)) {
            assertThat(ana.status()).isEqualTo(101);
            assertThat(ana.text()).startsWith("[{\"type\":\"welcome\"");
        }
    }

    @Test
    void aRequestThatIsNoHandshakeIsToldSo() throws Exception {
        assertThat(get("chat").statusCode()).isEqualTo(426);
    }

    @Test
    void aClientThatVanishesInTheMiddleOfAMessageHarmsNobody() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (RawSocket eve = new RawSocket(chat("?room=" + room))) {
                eve.frame(false, TEXT, "half a mess".getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(witness.post(room, "whole").getString("text")).isEqualTo("whole");
        assertThat(plainWitness.frame().text()).isEqualTo("whole");
    }

    private RawSocket raw(String header) throws IOException {
        return header.isEmpty() ? new RawSocket(chat()) : new RawSocket(chat(), header);
    }

    private String filled(String origin) {
        URI chat = chat();
        return origin.replace("{host}", chat.getHost()).replace("{authority}", chat.getHost() + ":" + chat.getPort());
    }
}
