package id.warung.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
    private static final int MAX_TEXT_CHARS = 4000;
    private final Codec codec = new Codec(MAX_TEXT_CHARS);

    static Stream<String> goldenCommands() {
        return golden("commands.jsonl");
    }

    static Stream<String> goldenBadCommands() {
        return golden("bad-commands.tsv");
    }

    @ParameterizedTest
    @MethodSource("goldenCommands")
    void every_golden_command_is_read(String frame) throws Refused {
        assertThat(codec.decode(frame)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("goldenBadCommands")
    void every_bad_command_is_refused_with_its_code(String line) {
        String[] parts = line.split("\t", 2);

        assertThat(refusal(parts[1]).reply().code().wire()).isEqualTo(parts[0]);
    }

    @Test
    void commands_carry_what_was_said() throws Refused {
        assertThat(codec.decode("{\"type\":\"hello\",\"name\":\"  Ana   Maria \"}"))
                .isEqualTo(new Command.Hello(null, "Ana Maria"));
        assertThat(codec.decode("{\"text\":\"hi\",\"id\":\"c-7\",\"room\":\"lobby\",\"type\":\"post\"}"))
                .isEqualTo(new Command.Post("lobby", "c-7", "hi"));
        assertThat(codec.decode("{\"type\":\"join\",\"room\":\"lobby\"}"))
                .isEqualTo(new Command.Join("lobby", null, 0, 50));
        assertThat(codec.decode("{\"type\":\"join\",\"room\":\"lobby\",\"epoch\":\"e-1\",\"after\":41}"))
                .isEqualTo(new Command.Join("lobby", "e-1", 41, 0));
        assertThat(codec.decode("{\"type\":\"pong\",\"n\":7}")).isEqualTo(new Command.Pong(7));
    }

    @Test
    void every_golden_event_is_what_the_server_writes() {
        User ana = new User("u-4f2k9q", "Ana");
        User budi = new User("u-8x1c", "Budi");
        List<byte[]> written = new ArrayList<>();
        Stream.of(
                        new Reply.Welcome("0.1.0", 25, 65536, 4000),
                        new Reply.SignedIn(ana, "w1.eyJ.sig"),
                        new Reply.Joined("lobby", "e-7hq2", 41),
                        new Reply.Reset("lobby", "e-9mzx", 3),
                        new Reply.Gap("lobby", 12, 80),
                        new Reply.Left("lobby"))
                .map(codec::encode)
                .forEach(written::add);
        written.add(codec.encodeMessage("lobby", 41, Instant.parse("2026-11-23T19:31:32.123Z"), budi, null, "malam"));
        written.add(codec.encodeMessage("lobby", 42, Instant.parse("2026-11-23T19:31:35.007Z"), ana, "c-7", "hi"));
        Stream.of(
                        new Reply.Ack("lobby", "c-7", 42),
                        new Reply.Ping(7),
                        new Reply.Failure(ErrorCode.TEXT_TOO_LONG, "The text has more than 4000 characters.", "c-8", 0),
                        new Reply.Failure(
                                ErrorCode.BUSY,
                                "The server has more to write than it can hold. Try again in a moment.",
                                "c-9",
                                500),
                        new Reply.Bye(CloseCode.RESTARTING, 1000))
                .map(codec::encode)
                .forEach(written::add);

        assertThat(written.stream().map(json -> new String(json, StandardCharsets.UTF_8)))
                .containsExactlyElementsOf(golden("events.jsonl").toList());
    }

    @Test
    void every_example_of_the_contract_is_a_golden_line() throws IOException {
        List<String> golden =
                Stream.concat(golden("commands.jsonl"), golden("events.jsonl")).toList();
        List<String> examples = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("docs/protocol.md"))) {
            if (line.startsWith("```")) {
                inside = line.equals("```json");
            } else if (inside) {
                examples.add(line);
            }
        }

        assertThat(examples).isNotEmpty().isSubsetOf(golden);
    }

    @Test
    void a_lone_surrogate_in_a_text_is_replaced_and_a_pair_is_kept() throws Refused {
        assertThat(text("a\\ud800b\\udc00c")).isEqualTo("a\uFFFDb\uFFFDc");
        assertThat(text("\\ud83d\\ude00")).isEqualTo("\uD83D\uDE00");
    }

    @Test
    void the_length_of_a_text_is_counted_in_code_points() throws Refused {
        assertThat(text("😀".repeat(MAX_TEXT_CHARS))).hasSize(2 * MAX_TEXT_CHARS);
        assertThat(refusal(post("😀".repeat(MAX_TEXT_CHARS + 1))).reply().code())
                .isEqualTo(ErrorCode.TEXT_TOO_LONG);
    }

    @Test
    void a_refusal_names_the_command_it_answers() {
        assertThat(refusal("{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"c-1\",\"text\":\"\"}")
                        .reply()
                        .id())
                .isEqualTo("c-1");
        assertThat(refusal("{\"type\":\"post\",\"room\":\"NO\",\"id\":\"c-1\",\"text\":\"x\"}")
                        .reply()
                        .id())
                .isEqualTo("c-1");
        assertThat(refusal("{\"type\":\"post\",\"id\":\"not legal\",\"text\":\"x\",\"room\":\"a\"}")
                        .reply()
                        .id())
                .isNull();
    }

    @Test
    void the_text_of_an_entry_is_found_in_it() {
        byte[] entry = codec.encodeMessage(
                "lobby", 1, Instant.EPOCH, new User("u-1", "text"), "text", "a \"quoted\" 你好 \u0001");

        assertThat(codec.textOf(entry)).isEqualTo("a \"quoted\" 你好 \u0001");
        assertThat(codec.textOf(
                        "{\"type\":\"erased\",\"deep\":{\"text\":\"no\"},\"seq\":7}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatever_a_client_sends_is_a_command_or_a_refusal(long seed) {
        Random random = new Random(seed);
        List<String> good = goldenCommands().toList();
        int refused = 0;
        for (int i = 0; i < 25_000; i++) {
            String mutant = mutated(good.get(random.nextInt(good.size())), random);
            try {
                codec.decode(mutant);
            } catch (Refused expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    private static String mutated(String frame, Random random) {
        String alphabet = "{}[]\":,\\u0dD8eE+-.9truefalsn \u0000\uD800\uFEFF😀";
        StringBuilder text = new StringBuilder(frame);
        for (int n = random.nextInt(3); n >= 0 && text.length() > 0; n--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                case 2 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                default -> text.insert(at, text.substring(at, at + random.nextInt(text.length() - at + 1)));
            }
        }
        return text.toString();
    }

    private String text(String escaped) throws Refused {
        return ((Command.Post) codec.decode(post(escaped))).text();
    }

    private static String post(String escaped) {
        return "{\"type\":\"post\",\"room\":\"lobby\",\"text\":\"" + escaped + "\"}";
    }

    private Refused refusal(String frame) {
        Refused refused = catchThrowableOfType(Refused.class, () -> codec.decode(frame));
        assertThat(refused).as(frame).isNotNull();
        return refused;
    }

    private static Stream<String> golden(String file) {
        try (InputStream in = CodecTest.class.getResourceAsStream("/protocol/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
