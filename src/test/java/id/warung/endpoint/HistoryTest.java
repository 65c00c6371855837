package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.kit.ManualExecutor;
import id.warung.log.AppendRequest;
import id.warung.log.MessageLog;
import id.warung.log.Posted;
import id.warung.log.Principal;
import id.warung.log.ScriptedLog;
import id.warung.log.command.CommandHandlers;
import id.warung.log.memory.MemoryLog;
import id.warung.log.sqlite.SqliteLog;
import id.warung.protocol.Access;
import id.warung.protocol.Codec;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.RoomPattern;
import id.warung.protocol.User;
import id.warung.room.Room;
import id.warung.room.RoomRegistry;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final Principal NOBODY = Posted.anybody(new User("", ""));

    private final ScriptedLog log = new ScriptedLog(100);
    private final Codec codec = new Codec(new CommandHandlers(), 4_000);
    private final ManualExecutor executor = new ManualExecutor();
    private final History history = new History(
            new RoomRegistry(
                    name -> new Room.Dependencies(log, null, codec, null, executor, executor, null, null, 0, null)),
            codec,
            65_536);

    private void say(int messages) throws IOException, CommandRejectedException {
        List<AppendRequest> requests = IntStream.range(0, messages)
                .mapToObj(n -> Posted.saying("lobby", "text").request())
                .toList();
        log.append(requests);
    }

    private static String text(History.Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.json().forEach(bytes::writeBytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static JsonObject json(History.Body body) {
        return Json.createReader(new StringReader(text(body))).readObject();
    }

    private static List<Integer> seqs(History.Body body) {
        return json(body).getJsonArray("entries").stream()
                .map(JsonValue::asJsonObject)
                .map(entry -> entry.getInt("seq"))
                .toList();
    }

    @Test
    void aPageHasTheEntriesAsTheyGoOverTheWire() throws IOException, CommandRejectedException {
        say(5);
        History.Body page = history.after(NOBODY, "lobby", 3, 10);

        assertThat(text(page))
                .startsWith("{\"epoch\":\"" + log.epoch("lobby")
                        + "\",\"head\":5,\"entries\":[{\"type\":\"message\",\"room\":\"lobby\",\"seq\":4,")
                .endsWith("}],\"amends\":[]}\n");
        assertThat(seqs(page)).containsExactly(4, 5);
    }

    @Test
    void anInboxNamesNoRoomToACallerForWhomItDoesNotExist(@TempDir Path folder)
            throws IOException, CommandRejectedException {
        User ana = new User("u-ana", "Ana");
        Principal limited =
                new Principal(ana, Posted.anybody(ana).rights(), Optional.of(List.of(RoomPattern.of("team-*"))));
        try (SqliteLog kept = SqliteLog.open(folder, new EntryCodec(), Clock.systemUTC())) {
            for (String room : List.of("secret", "team-1")) {
                Command.Post post = new Command.Post(room, null, "@Ana", 0, List.of(ana.id()));
                kept.append(List.of(Posted.of("budi", post, ana).request()));
            }
            History its = over(new ScriptedLog(kept));
            History.Body whole = its.after(Posted.anybody(ana), "inbox.u-ana", 0, 10);
            History.Body after = its.after(limited, "inbox.u-ana", 0, 10);

            assertThat(text(whole)).contains("secret", "team-1");
            assertThat(text(after))
                    .contains("{\"type\":\"erased\",\"room\":\"inbox.u-ana\",\"seq\":1,\"n\":0}", "team-1")
                    .doesNotContain("secret");
            assertThat(text(its.before(limited, "inbox.u-ana", Long.MAX_VALUE, 10)))
                    .isEqualTo(text(after));
            assertThat(after.etag()).isNotEqualTo(whole.etag());
        }
    }

    @Test
    void pagesGoForwardsAndBackwards() throws IOException, CommandRejectedException {
        say(10);

        assertThat(seqs(history.after(NOBODY, "lobby", 0, 3))).containsExactly(1, 2, 3);
        assertThat(seqs(history.after(NOBODY, "lobby", 3, 3))).containsExactly(4, 5, 6);
        assertThat(seqs(history.before(NOBODY, "lobby", Long.MAX_VALUE, 3))).containsExactly(8, 9, 10);
        assertThat(seqs(history.before(NOBODY, "lobby", 8, 3))).containsExactly(5, 6, 7);
    }

    @Test
    void aRoomInWhichNobodySpokeHasAnEmptyPage() throws IOException, CommandRejectedException {
        JsonObject page = json(history.before(NOBODY, "lobby", Long.MAX_VALUE, 50));

        assertThat(page.getInt("head")).isZero();
        assertThat(page.getJsonArray("entries")).isEmpty();
        assertThat(page.containsKey("gap")).isFalse();
    }

    /** Otherwise a client that names many rooms would fill the memory. */
    @Test
    void toReadAnEphemeralRoomInWhichNobodySpokeMakesNone() throws IOException, CommandRejectedException {
        history.before(NOBODY, "game-1", Long.MAX_VALUE, 50);
        history.after(NOBODY, "game-2", 0, 50);
        history.search(NOBODY, "game-3", "soto", Long.MAX_VALUE, 50);

        assertThat(log.read("game-1", 0, 1).head())
                .isEqualTo(log.read("game-2", 0, 1).head())
                .isEqualTo(log.read("game-3", 0, 1).head())
                .isEqualTo(log.read("game-4", 0, 1).head());
    }

    @Test
    void trimmedEntriesAreReportedAsAGap() throws IOException, CommandRejectedException {
        say(126); // 1 to 26 are trimmed
        JsonObject page = json(history.after(NOBODY, "lobby", 3, 2));

        assertThat(page.getJsonObject("gap").toString())
                .isEqualTo("{\"type\":\"gap\",\"room\":\"lobby\",\"from\":4,\"to\":26}");
        assertThat(seqs(history.after(NOBODY, "lobby", 3, 2))).containsExactly(27, 28);
        assertThat(json(history.after(NOBODY, "lobby", 26, 2)).containsKey("gap"))
                .isFalse();
        assertThat(json(history.after(NOBODY, "lobby", 126, 2)).containsKey("gap"))
                .isFalse();
    }

    @Test
    void theTagChangesWhenThereIsSomethingNew() throws IOException, CommandRejectedException {
        say(5);
        String tag = history.after(NOBODY, "lobby", 5, 10).etag();
        assertThat(history.after(NOBODY, "lobby", 5, 10).etag()).isEqualTo(tag);

        say(1);
        assertThat(history.after(NOBODY, "lobby", 5, 10).etag()).isNotEqualTo(tag);
    }

    /** The message itself is on another page. */
    @Test
    void theTagChangesWhenAnEditInThePageIsErased() throws IOException, CommandRejectedException {
        say(2);
        log.append(List.of(Posted.of("ana", new Command.Edit("lobby", null, 1, "the secret"))
                .request()));
        History.Body before = history.after(NOBODY, "lobby", 1, 2);
        log.append(
                List.of(Posted.of("ana", new Command.Delete("lobby", null, 1)).request()));
        History.Body after = history.after(NOBODY, "lobby", 1, 2);

        assertThat(seqs(after)).isEqualTo(seqs(before)).containsExactly(2, 3);
        assertThat(text(after)).doesNotContain("secret");
        assertThat(after.etag()).isNotEqualTo(before.etag());
    }

    /** The room was public at the first check. */
    @Test
    void aPageIsForThoseWhoMightReadTheRoomWhenThePageWasRead() {
        MemoryLog memory = new MemoryLog(new EntryCodec(), Clock.systemUTC(), 100, Long.MAX_VALUE, (room, first) -> {});
        ScriptedLog racing = new ScriptedLog(memory) {
            @Override
            public Page readAfter(PageRequest asked, long after) throws IOException {
                Posted create = Posted.of("ana", new Command.Create("game", null, Access.MEMBERS, ""));
                memory.append(List.of(
                        create.request(), Posted.saying("game", "among members").request()));
                return super.readAfter(asked, after);
            }
        };
        assertThatThrownBy(() -> over(racing).after(NOBODY, "game", 0, 10))
                .isInstanceOf(CommandRejectedException.class);
    }

    /** The room is closed after the page was read: nothing opens it again, because nobody would close it. */
    @Test
    void toReadAPageMakesNoRoom() throws IOException, CommandRejectedException {
        MemoryLog memory = new MemoryLog(new EntryCodec(), Clock.systemUTC(), 100, Long.MAX_VALUE, (room, first) -> {});
        memory.append(List.of(Posted.saying("game", "of before").request()));
        ScriptedLog racing = new ScriptedLog(memory) {
            @Override
            public Page readAfter(PageRequest asked, long after) throws IOException {
                Page page = super.readAfter(asked, after);
                memory.roomClosed("game");
                return page;
            }
        };
        assertThat(text(over(racing).after(NOBODY, "game", 0, 10))).contains("of before");
        assertThat(memory.read("game", 0, 1).head())
                .isEqualTo(memory.read("nowhere", 0, 1).head());
    }

    @Test
    void aUserWithoutAccessCausesNoReadOfTheLog() throws IOException {
        Posted create = Posted.of("ana", new Command.Create("team", null, Access.MEMBERS, ""));
        log.append(List.of(create.request()));

        assertThatThrownBy(() -> history.after(NOBODY, "team", 0, 10)).isInstanceOf(CommandRejectedException.class);
        assertThat(log.reads()).isZero();
    }

    private History over(MessageLog its) {
        return new History(
                new RoomRegistry(
                        name -> new Room.Dependencies(its, null, codec, null, executor, executor, null, null, 0, null)),
                codec,
                65_536);
    }
}
