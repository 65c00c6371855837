package id.warung.container;

import static id.warung.client.Person.anyRoom;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Library;
import id.warung.client.Person;
import id.warung.client.RawSocket;
import id.warung.client.Wire;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that knows nothing of Warung: its texts go to everybody else in the room, and theirs to it. */
class PlainModeIT extends DeployedWar {
    private static final int TOO_BIG = 1009;
    private static final int BINARY = 2; // the opcode
    private static final int BINARY_FRAME = 1003;

    private final String room = anyRoom();

    /** A plain client receives no confirmation; a witness sees that it has arrived, when it posts. */
    private Wire arrive(Library library, Person witness) {
        Wire wire = library.connect(chat("?room=" + room));
        assertThat(wire.subprotocol()).isNullOrEmpty();
        wire.text("here I am");
        assertThat(witness.next("message").getString("text")).isEqualTo("here I am");
        return wire;
    }

    @ParameterizedTest
    @EnumSource
    @Tag("smoke")
    void everybodyButTheSenderGetsTheTextAsItWasSent(Library library) {
        String text = " { \"not\": [json] } <b>&amp;</b>\r\n\t你好 🙂 \\ ";
        try (Person page = Person.in(room, chat());
                Wire first = arrive(library, page);
                Wire second = arrive(library, page)) {
            assertThat(first.frame().text()).isEqualTo("here I am");

            first.text(text);
            assertThat(second.frame()).isEqualTo(new Wire.Frame(false, text));
            assertThat(page.next("message").getString("text")).isEqualTo(text);

            second.text("and you?");
            assertThat(first.frame().text()).as("not his own").isEqualTo("and you?");
        }
    }

    @Test
    @Tag("smoke")
    void plainClientsAndPeopleOnThePageSeeEachOther() {
        try (Person page = Person.in(room, chat());
                Wire plain = arrive(Library.JDK, page)) {
            page.post(room, "from the page");
            assertThat(plain.frame().text()).isEqualTo("from the page");
            plain.text("from a shell");
            JsonObject message = page.next("message");
            assertThat(message.getString("text")).isEqualTo("from a shell");
            assertThat(message.getJsonObject("from").getString("name")).isNotEmpty();
            assertThat(message.getJsonObject("from").getString("id")).isNotEmpty();
        }
    }

    @Test
    void withoutARoomItIsTheLobby() {
        try (Person page = Person.in("lobby", chat());
                Wire plain = Library.JDK.connect(chat())) {
            String text = anyRoom();
            plain.text(text);
            assertThat(page.next("message").getString("text")).isEqualTo(text);
        }
    }

    @Test
    void roomsDoNotHearEachOther() {
        String other = anyRoom();
        try (Person page = Person.in(room, chat());
                Wire plain = arrive(Library.JDK, page)) {
            page.join(other);
            page.post(other, "not for him");
            page.post(room, "for him");
            assertThat(plain.frame().text()).isEqualTo("for him");
        }
    }

    @Test
    void nothingSaidBeforeComesToAPlainClient() {
        try (Person page = Person.in(room, chat())) {
            page.post(room, "long ago");
            try (Wire plain = arrive(Library.JDK, page)) {
                page.post(room, "now");
                assertThat(plain.frame().text()).isEqualTo("now");
            }
        }
    }

    @Test
    void everyFrameIsAMessageOfItsOwn() {
        try (Person page = Person.in(room, chat());
                Wire plain = arrive(Library.TYRUS, page)) {
            for (int i = 0; i < 100; i++) {
                page.say(Person.postFrame(room, "m" + i));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(plain.frame().text()).isEqualTo("m" + i);
            }
        }
    }

    @Test
    void anEmptyFrameIsNothingAndNulIsReplaced() {
        try (Person page = Person.in(room, chat());
                Wire plain = arrive(Library.JDK, page)) {
            plain.text("");
            plain.text("a\0b");
            assertThat(page.next("message").getString("text")).isEqualTo("a\uFFFDb");
        }
    }

    @Test
    void fragmentsAreOneMessage() {
        try (Person page = Person.in(room, chat());
                Wire plain = arrive(Library.JDK, page)) {
            plain.part("one ", false);
            plain.part("", false);
            plain.part("message", true);
            assertThat(page.next("message").getString("text")).isEqualTo("one message");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTextThatIsTooLongClosesThatClientAlone(Library library) {
        try (Person page = Person.in(room, chat());
                Wire plain = arrive(library, page);
                Wire other = arrive(library, page)) {
            plain.text("x".repeat(4_001));
            assertThat(plain.closeCode()).isEqualTo(TOO_BIG);
            other.text("x".repeat(4_000));
            assertThat(page.next("message").getString("text")).hasSize(4_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBinaryFrameClosesThatClientAlone(Library library) {
        try (Person page = Person.in(room, chat());
                Wire plain = arrive(library, page);
                Wire other = arrive(library, page)) {
            plain.binary((byte) 1, (byte) 2);
            assertThat(plain.closeCode()).isEqualTo(BINARY_FRAME);
            other.text("still here");
            assertThat(page.next("message").getString("text")).isEqualTo("still here");
        }
    }

    /** Goes on as a client that has not read the close yet. Most libraries look at nothing more once a write has failed. */
    private static void goOn(RawSocket plain) {
        try {
            for (int n = 0; n < 20; n++) {
                plain.text("and more");
            }
        } catch (IOException closed) {
            // the server has closed; what it has sent before is there to read
        }
    }

    /** A server's own timer, which each message restarts, may close first, with a code of its own. */
    @Test
    void aClientClosedBecauseOfAMessageIsAlwaysToldWhy() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(32);
        try {
            List<Callable<Integer>> each = Collections.nCopies(200, () -> {
                try (RawSocket plain = new RawSocket(chat("?room=" + room))) {
                    plain.frame(true, BINARY, (byte) 1);
                    goOn(plain);
                    return plain.closeCode();
                }
            });
            for (Future<Integer> code : clients.invokeAll(each)) {
                assertThat(code.get()).isEqualTo(BINARY_FRAME);
            }
        } finally {
            clients.shutdownNow();
        }
    }
}
