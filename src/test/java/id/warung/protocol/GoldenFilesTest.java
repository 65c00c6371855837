package id.warung.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenFilesTest {
    private static final User ANA = new User("u-4f2k9q", "Ana");
    private static final User BUDI = new User("u-8x1c", "Budi");

    private final Codec codec = new Codec(4_000);

    @Test
    void everyCommandIsReadAsWhatItSays() throws Refused {
        List<Command> expected = List.of(
                new Command.Hello(null, "Ana"),
                new Command.Hello("w1.eyJ.sig", null),
                new Command.Hello("w1.eyJ.sig", "Ana Maria"),
                new Command.Join("lobby", null, 0, 50),
                new Command.Join("lobby", null, 0, 0),
                new Command.Join("lobby", "e-7hq2", 41, 0),
                new Command.Leave("lobby"),
                new Command.Post("lobby", null, "hi"),
                new Command.Post("lobby", "c-7", "hi"),
                new Command.Pong(7));

        assertThat(Golden.commands()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(codec.decode(Golden.commands().get(i))).isEqualTo(expected.get(i));
        }
    }

    @Test
    void everyEventIsWrittenByteForByte() {
        List<byte[]> written = List.of(
                codec.encode(new Reply.Welcome("0.1.0", 25, 65_536, 4_000)),
                codec.encode(new Reply.SignedIn(ANA, "w1.eyJ.sig")),
                codec.encode(new Reply.Joined("lobby", "e-7hq2", 41)),
                codec.encode(new Reply.Reset("lobby", "e-9mzx", 3)),
                codec.encode(new Reply.Gap("lobby", 12, 80)),
                codec.encode(new Reply.Left("lobby")),
                codec.encodeMessage("lobby", 41, Instant.parse("2026-11-23T19:31:32.123Z"), BUDI, null, "malam"),
                codec.encodeMessage("lobby", 42, Instant.parse("2026-11-23T19:31:35.007Z"), ANA, "c-7", "hi"),
                codec.encode(new Reply.Ack("lobby", "c-7", 42)),
                codec.encode(new Reply.Ping(7)),
                codec.encode(new Reply.Failure(
                        ErrorCode.TEXT_TOO_LONG, "The text has more than 4000 characters.", "c-8", 0)),
                codec.encode(new Reply.Failure(
                        ErrorCode.BUSY,
                        "The server has more to write than it can hold. Try again in a moment.",
                        "c-9",
                        500)),
                codec.encode(new Reply.Bye(CloseCode.RESTARTING, 1_000)));

        assertThat(written.stream().map(event -> new String(event, StandardCharsets.UTF_8)))
                .containsExactlyElementsOf(Golden.events());
    }

    static Stream<String> badCommands() {
        return Golden.badCommands().stream();
    }

    @ParameterizedTest
    @MethodSource("badCommands")
    void everyBadCommandIsRefusedWithItsCode(String line) {
        int tab = line.indexOf('\t');
        Refused refused = catchThrowableOfType(Refused.class, () -> codec.decode(line.substring(tab + 1)));

        assertThat(refused).isNotNull();
        assertThat(refused.reply().code().wire()).isEqualTo(line.substring(0, tab));
        assertThat(refused.reply().message()).endsWith(".").hasSizeBetween(10, 150);
    }

    @Test
    void everyCodeOfTheCodecsHasAnExample() {
        assertThat(Golden.badCommands().stream().map(line -> line.substring(0, line.indexOf('\t'))))
                .contains("bad-json", "unknown-command", "bad-command", "bad-room", "bad-id", "bad-name", "bad-text");
    }

    @Test
    void aTextThatIsTooLongIsRefusedWithTheGoldenWords() {
        String frame = "{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"c-8\",\"text\":\"" + "x".repeat(4_001) + "\"}";
        Refused refused = catchThrowableOfType(Refused.class, () -> codec.decode(frame));

        assertThat(new String(codec.encode(refused.reply()), StandardCharsets.UTF_8))
                .isEqualTo(Golden.events().get(10));
    }
}
