package id.warung.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import id.warung.log.command.CommandHandlers;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
    private final Codec codec = new Codec(new CommandHandlers(), 4_000);
    private final EntryCodec entries = new EntryCodec();

    private static EntryCodec.Heading heading(Instant at, String name, String id) {
        return new EntryCodec.Heading("lobby", 1, 1, at, new User("u-1", name), id);
    }

    private String textOf(String jsonText) throws CommandRejectedException {
        Command.Post post =
                (Command.Post) codec.decode("{\"type\":\"post\",\"room\":\"lobby\",\"text\":\"" + jsonText + "\"}");
        return post.text();
    }

    private Reply.Failure refusal(String frame) {
        CommandRejectedException refused =
                catchThrowableOfType(CommandRejectedException.class, () -> codec.decode(frame));
        assertThat(refused).as(frame).isNotNull();
        return refused.reply();
    }

    private String refusalCode(String frame) {
        return refusal(frame).code().wire();
    }

    @ParameterizedTest
    @CsvSource({
        "a\\ud83db, a\uFFFDb", // a lone high one
        "\\ude00, \uFFFD", // a lone low one
        "\\ude00\\ud83d, \uFFFD\uFFFD", // a pair the wrong way round
        "\\ud83d\\ud83d\\ude00, \uFFFD\uD83D\uDE00",
        "\\ud83d\\ude00, \uD83D\uDE00",
        "x\\ud83d, x\uFFFD",
    })
    void aLoneSurrogateInATextIsReplaced(String written, String read) throws CommandRejectedException {
        assertThat(textOf(written)).isEqualTo(read);
    }

    @Test
    void aLoneSurrogateThatIsNotEscapedIsReplacedToo() throws CommandRejectedException {
        assertThat(textOf("a\uD83Db")).isEqualTo("a\uFFFDb");
    }

    @Test
    void aTextMayHoldWhatLooksDangerousButIsText() throws CommandRejectedException {
        String text = "<script>\u202E\u200D\u2028 ' or 1=1 -- %00";
        assertThat(textOf(text)).isEqualTo(text);
        assertThat(textOf("\\n\\t\\\\\\\"\\u0001")).isEqualTo("\n\t\\\"\u0001");
    }

    @ParameterizedTest
    @CsvSource({"3999,true", "4000,true", "4001,false"})
    void aTextHasAtMostFourThousandCodePoints(int length, boolean fits) throws CommandRejectedException {
        for (String character : new String[] {"x", "é", "\uD83C\uDF36"}) {
            String frame = "{\"type\":\"post\",\"room\":\"lobby\",\"text\":\"" + character.repeat(length) + "\"}";
            if (fits) {
                assertThat(codec.decode(frame)).isInstanceOf(Command.Post.class);
            } else {
                assertThat(refusalCode(frame)).isEqualTo("text-too-long");
            }
        }
    }

    @Test
    void theLongestRoomAndIdAreLegalAndNotOneMore() throws CommandRejectedException {
        String room = "{\"type\":\"leave\",\"room\":\"%s\"}";
        assertThat(codec.decode(room.formatted("a".repeat(64)))).isEqualTo(new Leave("a".repeat(64), null));
        assertThat(refusalCode(room.formatted("a".repeat(65)))).isEqualTo("bad-room");

        String post = "{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"%s\",\"text\":\"hi\"}";
        assertThat(codec.decode(post.formatted("~".repeat(64))))
                .isEqualTo(new Command.Post("lobby", "~".repeat(64), "hi"));
        assertThat(refusalCode(post.formatted("~".repeat(65)))).isEqualTo("bad-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "199", "200"})
    void lastIsAWholeNumberUpToTwoHundred(String last) throws CommandRejectedException {
        assertThat(codec.decode("{\"type\":\"join\",\"room\":\"lobby\",\"last\":" + last + "}"))
                .isEqualTo(new Command.Join("lobby", null, 0, Integer.parseInt(last), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "201", "1.0", "1e1", "\"1\"", "null", "true", "-0", "4294967297", "1e999999"})
    void nothingElseIs(String last) {
        assertThat(refusalCode("{\"type\":\"join\",\"room\":\"lobby\",\"last\":" + last + "}"))
                .isEqualTo("bad-command");
    }

    @Test
    void aPositionCountsFurtherThanAnyRoomWill() throws CommandRejectedException {
        String frame = "{\"type\":\"join\",\"room\":\"lobby\",\"epoch\":\"e-1\",\"after\":%s}";
        assertThat(codec.decode(frame.formatted("999999999999999999")))
                .isEqualTo(new Command.Join("lobby", "e-1", 999_999_999_999_999_999L, 0, null));
        assertThat(refusalCode(frame.formatted("9223372036854775808"))).isEqualTo("bad-command");
    }

    @Test
    void numbersThatAreNoneAreNoJson() {
        for (String number : new String[] {"01", "+1", "0x1", ".5", "1.", "Infinity", "-"}) {
            assertThat(refusalCode("{\"type\":\"pong\",\"n\":" + number + "}")).isEqualTo("bad-json");
        }
    }

    @Test
    void aNulIsRefusedWhereverItStands() {
        assertThat(refusalCode("{\"type\":\"post\",\"room\":\"lobby\",\"text\":\"a\\u0000\"}"))
                .isEqualTo("bad-text");
        assertThat(refusalCode("{\"type\":\"post\",\"room\":\"lobby\",\"text\":\"a\0b\"}"))
                .isEqualTo("bad-json");
        assertThat(refusalCode("\0")).isEqualTo("bad-json");
        assertThat(refusalCode("{\"type\":\"leave\",\"room\":\"lobby\\u0000\"}"))
                .isEqualTo("bad-room");
        assertThat(refusalCode("{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"c\\u0000\",\"text\":\"hi\"}"))
                .isEqualTo("bad-id");
    }

    @Test
    void deepNestingIsRefusedAtItsFirstLevel() {
        assertThat(refusalCode("[".repeat(100_000))).isEqualTo("bad-json");
        assertThat(refusalCode("{\"a\":".repeat(100_000))).isEqualTo("bad-json");
        assertThat(refusalCode("{\"type\":\"post\",\"text\":" + "[".repeat(60_000) + "}"))
                .isEqualTo("bad-json");
    }

    @Test
    void manyFieldsAreRefused() {
        StringBuilder frame = new StringBuilder("{\"type\":\"pong\",\"n\":7");
        for (int i = 0; i < 10_000; i++) {
            frame.append(",\"k").append(i).append("\":0");
        }
        assertThat(refusalCode(frame.append('}').toString())).isEqualTo("bad-command");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"c-7\"}",
                "{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"c-7\",\"text\":\"\"}",
                "{\"type\":\"post\",\"room\":\"Lobby\",\"id\":\"c-7\",\"text\":\"hi\"}",
                "{\"type\":\"post\",\"room\":7,\"id\":\"c-7\",\"text\":\"hi\"}",
                "{\"type\":\"post\",\"text\":\"hi\",\"id\":\"c-7\",\"room\":\"lobby\",\"colour\":1}",
                "{\"type\":\"shout\",\"id\":\"c-7\"}",
                "{\"id\":\"c-7\"}",
                "{\"type\":\"join\",\"room\":\"Lobby\",\"id\":\"c-7\"}",
                "{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"c-7\",\"text\":[\"hi\"]}",
                "{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"c-7\",\"text\":\"hi\",\"text\":\"ho\"}",
                "{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"c-7\",\"text\":\"hi\"",
            })
    void aRefusalNamesTheCommandsIdIfItCouldBeRead(String frame) {
        assertThat(refusal(frame).id()).isEqualTo("c-7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"c 7\",\"text\":\"hi\"}",
                "{\"type\":\"post\",\"room\":\"lobby\",\"id\":7,\"text\":\"hi\"}",
                "{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"\\ud800\",\"text\":\"\"}",
                "{\"type\":\"post\",\"room\":\"lobby\",\"text\":\"\"}",
                "{\"type\":\"post\",\"room\":\"lobby\",\"text\":[\"hi\"],\"id\":\"c-7\"}",
                "c-7",
            })
    void aRefusalNamesNoIdThatIsNone(String frame) {
        assertThat(refusal(frame).id()).isNull();
    }

    /** Each valid command, with a field that no command has and that comes before or after the others. */
    @Test
    void aRefusalNamesTheCommandAndItsRoomAndId() {
        int rooms = 0;
        for (String line : Golden.commands()) {
            JsonObject command;
            try (JsonReader reader = Json.createReader(new StringReader(line))) {
                command = reader.readObject();
            }
            String fields = line.substring(1, line.length() - 1);
            for (String bad : new String[] {"{\"colour\":1," + fields + "}", "{" + fields + ",\"colour\":1}"}) {
                Reply.Failure failure = refusal(bad);
                assertThat(failure.command()).isEqualTo(command.getString("type"));
                assertThat(failure.room()).as(bad).isEqualTo(command.getString("room", null));
                assertThat(failure.id()).isEqualTo(command.getString("id", null));
                rooms += failure.room() == null ? 0 : 1;
            }
        }
        assertThat(rooms).isGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"shout\",\"room\":\"lobby\"} | shout | lobby",
                "{\"type\":\"a b\",\"room\":\"Lobby\"} | |",
                "{\"type\":7,\"room\":7} | |",
                "{\"type\":\"<b>\"} | |",
                "{\"type\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"} | |",
                "{\"room\":\"lobby\"} | | lobby",
                "{\"type\":\"post\",\"room\":\"lobby\",\"text\":[\"hi\"]} | post | lobby",
                "hello | |",
            })
    void aRefusalNamesWhatCouldBeACommandOrARoom(String frame, String command, String room) {
        assertThat(refusal(frame).command()).isEqualTo(command);
        assertThat(refusal(frame).room()).isEqualTo(room);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"post\",\"room\":\"lobby\",\"text\":\"hi\",\"id\":5} | \"id\" must be a string.",
                "{\"type\":\"typing\",\"room\":\"lobby\",\"id\":{}} | The values of a command must not be nested.",
                "{\"type\":\"typing\",\"room\":\"lobby\",\"id\":true} | \"id\" must be a string.",
                "{\"type\":\"hello\",\"name\":null} | \"name\" must be a string.",
                "{\"type\":\"post\",\"room\":\"lobby\"} | The command needs \"text\", a string.",
                "{\"type\":\"post\",\"room\":\"lobby\",\"text\":\"a\",\"mentions\":[1]} | \"mentions\" must be a list of strings.",
                "{\"type\":\"join\",\"room\":\"lobby\",\"last\":1.0} | \"last\" must be a whole number from 0 to 200.",
                "{\"type\":\"edit\",\"room\":\"lobby\",\"text\":\"a\"} | The command needs \"seq\", a whole number of at most 18 digits, not less than 1.",
                "{\"type\":\"change\",\"room\":\"lobby\",\"archived\":1} | \"archived\" must be true or false.",
            })
    void aRefusalSaysWhatTheFieldMustBe(String frame, String sentence) {
        assertThat(refusal(frame).message()).isEqualTo(sentence);
    }

    @Test
    void aRefusalTellsTheClientNothingOfTheServersInside() {
        for (String line : Golden.badCommands()) {
            String message = refusal(line.substring(line.indexOf('\t') + 1)).message();
            assertThat(message).doesNotContain("Exception").doesNotContain("jakarta");
        }
    }

    @Test
    void theTimeOfAMessageHasThreeDigitsOfASecond() {
        String message = new String(
                entries.message(
                        heading(Instant.parse("2026-11-23T19:00:00Z"), "Ana", null),
                        new Command.Post("lobby", null, "hi")),
                StandardCharsets.UTF_8);

        assertThat(message).contains("\"at\":\"2026-11-23T19:00:00.000Z\"");
    }

    @Test
    void aFrameOfOneReplyIsAnArray() {
        assertThat(new String(codec.encodeFrame(new Reply.Ping(7)), StandardCharsets.UTF_8))
                .isEqualTo("[{\"type\":\"ping\",\"n\":7}]");
    }

    @Property(tries = 500)
    void aPostedTextIsReadAndStoredUnchanged(@ForAll String text) throws CommandRejectedException {
        String frame = Json.createObjectBuilder()
                .add("type", "post")
                .add("room", "lobby")
                .add("text", text)
                .build()
                .toString();
        if (text.isEmpty() || text.indexOf('\0') >= 0 || Syntax.isTooLong(text, 4_000)) {
            assertThat(refusalCode(frame)).isIn("bad-text", "text-too-long");
            return;
        }
        String read = ((Command.Post) codec.decode(frame)).text();
        byte[] entry = entries.message(heading(Instant.EPOCH, "text", null), new Command.Post("lobby", null, read));

        assertThat(read).isEqualTo(Syntax.withoutLoneSurrogates(text)).hasSameSizeAs(text);
        assertThat(entries.textOf(entry)).isEqualTo(read);
        assertThat(Json.createReader(new StringReader(new String(entry, StandardCharsets.UTF_8)))
                        .readObject()
                        .getString("text"))
                .isEqualTo(read);
    }

    @Test
    void anEntryThatIsNoMessageHasNoText() {
        byte[] erased = "{\"type\":\"erased\",\"seq\":7,\"of\":{\"text\":\"secret\"}}".getBytes(StandardCharsets.UTF_8);
        assertThat(entries.textOf(erased)).isNull();
    }

    @Test
    void aJsonParserReadsBackATextOfAnyCharacters() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            String text = random.ints(random.nextInt(40), 0, round % 2 == 0 ? 0x80 : 0x1_1000)
                    .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            byte[] entry = entries.message(heading(Instant.EPOCH, text, text), new Command.Post("lobby", text, text));

            try (JsonReader reader = Json.createReader(new StringReader(new String(entry, StandardCharsets.UTF_8)))) {
                JsonObject read = reader.readObject();
                assertThat(read.getString("text")).isEqualTo(text);
                assertThat(read.getString("id")).isEqualTo(text);
                assertThat(read.getJsonObject("from").getString("name")).isEqualTo(text);
            }
        }
    }

    /** Every value in a command has a limit of its own: a field without one could be as long as a frame. */
    @Test
    void everyFieldOfEveryCommandHasALimit() {
        int fields = 0;
        for (String line : Golden.commands()) {
            JsonObject command;
            try (JsonReader reader = Json.createReader(new StringReader(line))) {
                command = reader.readObject();
            }
            for (String key : command.keySet()) {
                JsonValue longer = longer(command.get(key));
                if (longer != null) {
                    String frame = Json.createObjectBuilder(command)
                            .add(key, longer)
                            .build()
                            .toString();
                    assertThat(refusal(frame)).as("%s of %s", key, line).isNotNull();
                    fields++;
                }
            }
        }
        assertThat(fields).isGreaterThan(40);
    }

    /** Null where a value has no length. */
    private static JsonValue longer(JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> Json.createValue("a".repeat(60_000));
            case NUMBER -> Json.createValue(BigInteger.TEN.pow(10_000));
            case ARRAY ->
                Json.createArrayBuilder(Collections.nCopies(10_000, "u-1")).build();
            default -> null;
        };
    }

    @Test
    void aNameIsNotNormalisedBeforeItIsShortEnough() {
        assertThat(refusalCode("{\"type\":\"hello\",\"name\":\"" + "\uFDFA".repeat(2_049) + "\"}"))
                .isEqualTo("bad-name");
        assertThat(refusalCode("{\"type\":\"hello\",\"token\":\"" + "w".repeat(6_145) + "\"}"))
                .isEqualTo("bad-token");
    }
}
