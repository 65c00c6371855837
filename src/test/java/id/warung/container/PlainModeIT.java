package id.warung.container;

import static id.warung.container.Person.anyRoom;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that knows nothing of Warung: text in, text out, to everybody else in the room. */
class PlainModeIT extends DeployedWar {
    private static final int TOO_BIG = 1009;
    private static final int BINARY_FRAME = 1003;

    private final String room = anyRoom();

    /** A plain client is told nothing; that he has arrived is seen by somebody else, when he says so. */
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
    void everybody_but_the_sender_gets_the_text_as_it_was_sent(Library library) {
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
    void plain_clients_and_people_on_the_page_see_each_other() {
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
    void without_a_room_it_is_the_lobby() {
        try (Person page = Person.in("lobby", chat());
                Wire plain = Library.JDK.connect(chat())) {
            String text = anyRoom();
            plain.text(text);
            assertThat(page.next("message").getString("text")).isEqualTo(text);
        }
    }

    @Test
    void rooms_do_not_hear_each_other() {
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
    void nothing_said_before_comes_to_a_plain_client() {
        try (Person page = Person.in(room, chat())) {
            page.post(room, "long ago");
            try (Wire plain = arrive(Library.JDK, page)) {
                page.post(room, "now");
                assertThat(plain.frame().text()).isEqualTo("now");
            }
        }
    }

    @Test
    void every_frame_is_a_message_of_its_own() {
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
    void an_empty_frame_is_nothing_and_nul_is_replaced() {
        try (Person page = Person.in(room, chat());
                Wire plain = arrive(Library.JDK, page)) {
            plain.text("");
            plain.text("a\0b");
            assertThat(page.next("message").getString("text")).isEqualTo("a\uFFFDb");
        }
    }

    @Test
    void fragments_are_one_message() {
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
    void a_text_that_is_too_long_closes_that_client_alone(Library library) {
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
    void a_binary_frame_closes_that_client_alone(Library library) {
        try (Person page = Person.in(room, chat());
                Wire plain = arrive(library, page);
                Wire other = arrive(library, page)) {
            plain.binary((byte) 1, (byte) 2);
            assertThat(plain.closeCode()).isEqualTo(BINARY_FRAME);
            other.text("still here");
            assertThat(page.next("message").getString("text")).isEqualTo("still here");
        }
    }
}
