package id.warung.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import id.warung.log.command.CommandHandlers;
import id.warung.log.command.HandlersEntries;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenFilesTest {
    private static final User ANA = new User("u-4f2k9q", "Ana");
    private static final User BUDI = new User("u-8x1c", "Budi");

    private final Codec codec = new Codec(new CommandHandlers(), 4_000);
    private final EntryCodec entries = new EntryCodec();

    private static EntryCodec.Heading heading(String room, long seq, long n, String time, User from, String id) {
        return new EntryCodec.Heading(room, seq, n, Instant.parse("2026-11-23T" + time + "Z"), from, id);
    }

    @Test
    void everyCommandIsReadAsWhatItSays() throws CommandRejectedException {
        List<Command> expected = List.of(
                new Command.Hello(null, "Ana"),
                new Command.Hello("w2.eyJ.sig", null),
                new Command.Hello("w2.eyJ.sig", "Ana Maria"),
                new Command.Join("lobby", null, 0, 50, null),
                new Command.Join("lobby", null, 0, 0, null),
                new Command.Join("lobby", "e-7hq2", 41, 0, null),
                new Leave("lobby", null),
                new SignOut(false, null),
                new SignOut(true, "c-19"),
                new Command.Post("lobby", null, "hi"),
                new Command.Post("lobby", "c-7", "hi"),
                new Command.Post("lobby", "c-9", "@Budi yes", 41, List.of("u-8x1c")),
                new Command.Edit("lobby", "c-10", 42, "hi!"),
                new Command.Edit("lobby", "c-17", 42, "hi @Budi!", List.of("u-8x1c")),
                new Command.Delete("lobby", "c-11", 42),
                new React("lobby", "c-32", 43, "🍵", true),
                new React("lobby", "c-33", 43, "🍵", false),
                new Typing("lobby", null),
                new Read("lobby", 42),
                new Command.Create("kitchen", "c-12", Access.MEMBERS, "What to cook"),
                new Command.Change("kitchen", "c-13", "Soto tonight", null),
                new Command.Change("kitchen", "c-14", null, true),
                new Command.Add("kitchen", "c-15", "u-8x1c"),
                new Command.Remove("kitchen", "c-16", "u-8x1c"),
                new Appoint("kitchen", "c-20", "u-8x1c", true),
                new Appoint("kitchen", "c-21", "u-8x1c", false),
                new Command.Direct("u-8x1c", null),
                new Pong(7, null),
                new Command.Hello(null, "Ana", "c-1"),
                new Command.Join("lobby", null, 0, 50, "c-2"),
                new Leave("lobby", "c-3"),
                new Typing("lobby", "c-4"),
                new Read("lobby", "c-17", 42),
                new Command.Direct("u-8x1c", "c-18"),
                new Pong(7, "c-5"),
                new Command.Post("lobby", "c-22", "@all it is served", 0, List.of(), true, Calls.ALL),
                new Command.Post("lobby", "c-23", "so do I", 41, List.of(), false, null),
                new Command.Edit("lobby", "c-24", 42, "@here hi", List.of(), Calls.HERE),
                new Read("lobby", "c-29", 38, true),
                new Command.Create(null, "c-25", Access.PUBLIC, "", "旅行计划"),
                new Command.Change("kitchen", "c-26", null, null, "Dapur", null),
                new Command.Change("kitchen", "c-27", null, null, null, CallPolicy.MEMBERS),
                new Star("kitchen", "c-28", "kitchen", true));

        assertThat(Golden.commands()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(codec.decode(Golden.commands().get(i))).isEqualTo(expected.get(i));
        }
    }

    @Test
    void aCommandIsCalledAsOnTheWireAndKnowsItsRoom() throws CommandRejectedException {
        for (String golden : Golden.commands()) {
            JsonObject said = Json.createReader(new StringReader(golden)).readObject();
            Command command = codec.decode(golden);

            assertThat(command.type()).isEqualTo(said.getString("type"));
            assertThat(command.room()).isEqualTo(said.getString("room", null));
            assertThat(command.id()).isEqualTo(said.getString("id", null));
        }
        assertThat(new RetryOnly(new Read("lobby", 1), CommandRejectedException.rateLimited(1)).type())
                .isEqualTo("read");
    }

    @Test
    void everyEventIsWrittenByteForByte() {
        List<byte[]> written = List.of(
                codec.encode(new Reply.Welcome("0.1.0", 25, 65_536, 4_000)),
                codec.encode(new Reply.SignedIn(ANA, Set.of(Role.GUEST), "w2.eyJ.sig", null, null)),
                codec.encode(new Reply.SignedIn(
                        new User("s-2ab", "Ana"),
                        EnumSet.of(Role.MEMBER, Role.MODERATOR),
                        null,
                        Instant.parse("2026-11-30T12:00:00Z"),
                        "c-1")),
                codec.encode(new Reply.Renamed(new User(ANA.id(), "Ana Maria"))),
                codec.encode(new Reply.Joined(
                        "lobby",
                        "e-7hq2",
                        41,
                        38,
                        Access.PUBLIC,
                        "",
                        "",
                        CallPolicy.MODERATORS,
                        false,
                        false,
                        false,
                        false,
                        null)),
                codec.encode(new Reply.Joined(
                        "kitchen",
                        "e-7hq2",
                        5,
                        0,
                        Access.MEMBERS,
                        "Soto tonight",
                        "",
                        CallPolicy.MODERATORS,
                        true,
                        true,
                        false,
                        false,
                        null)),
                codec.encode(new Reply.Joined(
                        "lobby",
                        "e-7hq2",
                        41,
                        38,
                        Access.PUBLIC,
                        "",
                        "",
                        CallPolicy.MODERATORS,
                        false,
                        false,
                        false,
                        true,
                        "c-2")),
                codec.encode(new Reply.Reset("lobby", "e-9mzx", 3)),
                codec.encode(new Reply.Gap("lobby", 12, 80)),
                codec.encode(new Reply.Left("lobby", null, null)),
                codec.encode(new Reply.Left("kitchen", Reply.Left.REMOVED, null)),
                codec.encode(new Reply.Left("lobby", null, "c-3")),
                entries.message(
                        heading("lobby", 41, 38, "19:31:32.123", BUDI, null), new Command.Post("lobby", null, "malam")),
                entries.message(
                        heading("lobby", 42, 39, "19:31:35.007", ANA, "c-7"), new Command.Post("lobby", "c-7", "hi")),
                entries.message(
                        heading("lobby", 43, 40, "19:31:40.250", ANA, "c-9"),
                        new Command.Post("lobby", "c-9", "@Budi yes", 41, List.of("u-8x1c")),
                        Map.of("u-8x1c", "Budi")),
                HandlersEntries.edited(
                        heading("lobby", 44, 40, "19:31:44.000", ANA, "c-10"),
                        new Command.Edit("lobby", "c-10", 42, "hi!")),
                HandlersEntries.deleted(
                        heading("lobby", 45, 40, "19:32:01.500", ANA, "c-11"), new Command.Delete("lobby", "c-11", 42)),
                HandlersEntries.reacted(
                        heading("lobby", 46, 40, "19:32:05.000", BUDI, "c-32"),
                        new React("lobby", "c-32", 43, "🍵", true)),
                HandlersEntries.reacted(
                        heading("lobby", 47, 40, "19:32:06.000", BUDI, "c-33"),
                        new React("lobby", "c-33", 43, "🍵", false)),
                new Reactions(
                                "lobby",
                                43,
                                List.of(
                                        new Reactions.Kind("🍵", 2, List.of(BUDI, ANA), List.of(44L, 46L), true),
                                        new Reactions.Kind("👍", 1, List.of(BUDI), List.of(45L), false)))
                        .toJson(),
                "{\"type\":\"erased\",\"room\":\"lobby\",\"seq\":42,\"n\":39}"
                        .getBytes(StandardCharsets.UTF_8), // by earlier versions
                entries.erased("lobby", 42, 39, "message"),
                entries.erased("lobby", 44, 40, "edited"),
                entries.erased("lobby", 46, 40, "reacted"),
                HandlersEntries.created(
                        heading("kitchen", 1, 0, "19:33:00.000", ANA, "c-12"),
                        new Command.Create("kitchen", "c-12", Access.MEMBERS, "What to cook")),
                HandlersEntries.changed(
                        heading("kitchen", 3, 0, "19:33:05.000", ANA, "c-13"),
                        new Command.Change("kitchen", "c-13", "Soto tonight", null)),
                HandlersEntries.changed(
                        heading("kitchen", 4, 0, "19:33:09.000", ANA, "c-14"),
                        new Command.Change("kitchen", "c-14", null, true)),
                HandlersEntries.added(heading("kitchen", 5, 0, "19:33:12.000", ANA, "c-15"), BUDI),
                HandlersEntries.removed(heading("kitchen", 6, 0, "19:34:00.000", ANA, "c-16"), BUDI),
                HandlersEntries.appointed(heading("kitchen", 7, 0, "19:34:10.000", ANA, "c-20"), BUDI),
                HandlersEntries.dismissed(heading("kitchen", 8, 0, "19:34:20.000", ANA, "c-21"), BUDI),
                HandlersEntries.invited(heading("inbox.u-8x1c", 1, 0, "19:33:12.000", ANA, null), "kitchen"),
                HandlersEntries.mentioned(heading("inbox.u-8x1c", 2, 0, "19:31:40.250", ANA, null), "lobby", 43),
                HandlersEntries.revoked(heading("inbox.u-8x1c", 3, 0, "19:34:00.000", ANA, null), "kitchen"),
                HandlersEntries.reaction(
                        heading("inbox.u-4f2k9q", 4, 0, "19:32:05.000", BUDI, null),
                        new React("lobby", "c-32", 43, "🍵", true)),
                codec.encode(new Reply.Roster("lobby", 2, List.of(ANA, BUDI))),
                codec.encode(new Reply.Typing("lobby", List.of(BUDI))),
                codec.encode(new Reply.Reads("inbox.u-4f2k9q", List.of(new Reply.Reads.Mark("lobby", 42, 39)))),
                codec.encode(new Reply.Direct("direct.u-4f2k9q.u-8x1c", BUDI, null)),
                codec.encode(new Reply.Direct("direct.u-4f2k9q.u-8x1c", BUDI, "c-18")),
                codec.encode(new Reply.Ack("lobby", "c-7", 42)),
                codec.encode(new Reply.Ack("lobby", "c-17", 42)),
                codec.encode(new Reply.Ping(7)),
                codec.encode(new Reply.Failure(ErrorCode.TEXT_TOO_LONG, "The text has more than 4000 characters.")
                        .to(new Command.Post("lobby", "c-8", "hi"))),
                codec.encode(Reply.Failure.busy().to(new Command.Post("lobby", "c-9", "hi"))),
                codec.encode(
                        CommandRejectedException.rateLimited(200).reply().to(new Command.Post("lobby", "c-9", "hi"))),
                codec.encode(new Reply.Failure(ErrorCode.NOT_A_MEMBER, "This room is for its members.")
                        .to(new Command.Join("kitchen", null, 0, 0, null))),
                codec.encode(
                        new Reply.Failure(ErrorCode.NOT_JOINED, "Join the room first.").to(new Typing("lobby", "c-4"))),
                codec.encode(new Reply.Failure(ErrorCode.NO_SUCH_USER, "There is no such user.")
                        .to(new Command.Direct("u-8x1c", "c-18"))),
                codec.encode(new Reply.Failure(ErrorCode.BAD_JSON, "The frame is not JSON.")),
                codec.encode(new Reply.Bye(CloseCode.RESTARTING, 1_000)),
                codec.encode(new Reply.Bye(CloseCode.HELLO_TIMEOUT, 0)),
                codec.encode(new Reply.Joined(
                        "kitchen",
                        "e-7hq2",
                        8,
                        0,
                        Access.MEMBERS,
                        "",
                        "Dapur",
                        CallPolicy.MEMBERS,
                        false,
                        false,
                        true,
                        false,
                        null)),
                HandlersEntries.created(
                        heading("r-hq3mz7ka", 1, 0, "19:35:00.000", ANA, "c-25"),
                        new Command.Create("r-hq3mz7ka", "c-25", Access.PUBLIC, "", "旅行计划")),
                HandlersEntries.changed(
                        heading("kitchen", 9, 0, "19:35:01.000", ANA, "c-26"),
                        new Command.Change("kitchen", "c-26", null, null, "Dapur", null)),
                HandlersEntries.changed(
                        heading("kitchen", 10, 0, "19:35:02.000", ANA, "c-27"),
                        new Command.Change("kitchen", "c-27", null, null, null, CallPolicy.MEMBERS)),
                entries.message(
                        heading("lobby", 46, 41, "19:35:03.000", ANA, "c-22"),
                        new Command.Post("lobby", "c-22", "@all it is served", 0, List.of(), true, Calls.ALL)),
                entries.edited(
                        heading("lobby", 47, 41, "19:35:04.000", ANA, "c-24"),
                        new Command.Edit("lobby", "c-24", 42, "@here hi", List.of(), Calls.HERE),
                        Map.of()),
                HandlersEntries.replied(heading("inbox.u-8x1c", 4, 0, "19:35:05.000", ANA, null), "lobby", 43, 41),
                HandlersEntries.starred(
                        heading("inbox.u-4f2k9q", 5, 0, "19:35:06.000", ANA, "c-28"),
                        new Star("inbox.u-4f2k9q", "c-28", "kitchen", true)),
                codec.encode(new Reply.Reads("inbox.u-4f2k9q", List.of(new Reply.Reads.Mark("lobby", 38, 36, true)))),
                codec.encode(new Reply.Ack("inbox.u-4f2k9q", "c-28", 5)),
                codec.encode(new Reply.Failure(
                                ErrorCode.FORBIDDEN, "Only moderators may do this, or this room does not allow it.")
                        .to(new Command.Post("lobby", "c-22", "@all it is served"))),
                entries.message(
                        heading("lobby", 48, 42, "19:35:07.000", ANA, "c-23"),
                        new Command.Post("lobby", "c-23", "so do I", 41, List.of(), false, null)),
                codec.encode(new Reply.Unread(
                        "inbox.u-4f2k9q",
                        List.of(new Reply.Unread.Count(
                                "kitchen",
                                41,
                                38,
                                Instant.parse("2026-11-23T19:31:32.123Z"),
                                new Reply.Reads.Mark("kitchen", 36, 34),
                                3,
                                1)))));

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
        CommandRejectedException refused =
                catchThrowableOfType(CommandRejectedException.class, () -> codec.decode(line.substring(tab + 1)));

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
        CommandRejectedException refused =
                catchThrowableOfType(CommandRejectedException.class, () -> codec.decode(frame));

        assertThat(new String(codec.encode(refused.reply()), StandardCharsets.UTF_8))
                .isIn(Golden.events());
    }
}
