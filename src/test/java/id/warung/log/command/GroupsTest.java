package id.warung.log.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.log.AppendCallback;
import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.Principal;
import id.warung.log.sqlite.SqliteLog;
import id.warung.protocol.Access;
import id.warung.protocol.Calls;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Read;
import id.warung.protocol.Star;
import id.warung.protocol.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However commands are put into groups, the same comes of them: what a group knows is what was read, and what it has done since. */
class GroupsTest {
    private static final int COMMANDS = 400;
    private static final List<String> ROOMS = List.of("lobby", "kitchen");
    private static final List<User> USERS = List.of(new User("u-ana", "Ana"), new User("u-budi", "Budi"));

    private final EntryCodec codec = new EntryCodec();
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private static AppendRequest request(User author, Command.Durable command) {
        return new AppendRequest(
                command,
                new Principal(author, Set.of(Principal.Right.POST, Principal.Right.CREATE_ROOMS)),
                USERS,
                result -> AppendCallback.NOTHING);
    }

    /** Ids come from few, so that many are used again, for the same and for something else; so do the entries that others are about. */
    private static AppendRequest anything(Random random) {
        String room = ROOMS.get(random.nextInt(ROOMS.size()));
        User author = USERS.get(random.nextInt(USERS.size()));
        String other = USERS.get(random.nextInt(USERS.size())).id();
        String id = random.nextInt(3) == 0 ? null : "c-" + random.nextInt(60);
        long seq = 1L + random.nextInt(40);
        Command.Durable command =
                switch (random.nextInt(15)) {
                    case 0 ->
                        new Command.Edit(
                                room,
                                id,
                                seq,
                                "edit " + random.nextInt(3),
                                random.nextBoolean() ? List.of() : List.of(other, author.id()));
                    case 1 -> new Command.Delete(room, id, seq);
                    case 2 -> new Read(room, seq);
                    case 3 -> new Read(room, random.nextInt(4) == 0 ? 0 : 1_000);
                    case 4 -> new Command.Create("kitchen", id, Access.MEMBERS, "");
                    case 5 -> new Command.Change(room, id, "topic " + random.nextInt(3), null);
                    case 6 -> new Command.Add("kitchen", id, other);
                    case 7 -> new Command.Remove("kitchen", id, other);
                    case 9 -> new Star(room, id, room, random.nextBoolean()).by(author.id());
                    case 10 -> new Read(room, null, seq, true);
                    case 11 -> new Command.Post(room, id, "@all", random.nextInt(30), List.of(), true, Calls.ALL);
                    case 8 -> new Command.Post(room, id, "to you", random.nextInt(30), List.of(other));
                    default -> new Command.Post(room, id, "text " + random.nextInt(3));
                };
        return request(author, command);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void theSameComesOfThem(int seed) throws IOException {
        Random random = new Random(seed);
        List<AppendRequest> requests = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            requests.add(anything(random));
        }
        List<String> alone = new ArrayList<>();
        List<String> inGroups = new ArrayList<>();
        List<String> left = run(folder.resolve("alone"), requests, new Random(0), 1, alone);
        List<String> leftOfGroups = run(folder.resolve("groups"), requests, random, 40, inGroups);

        assertThat(inGroups).isEqualTo(alone);
        assertThat(leftOfGroups).isEqualTo(left);
        assertThat(alone).anyMatch(said -> said.startsWith("Duplicate")).anyMatch(said -> said.startsWith("Conflict"));
    }

    private List<String> run(Path data, List<AppendRequest> requests, Random random, int most, List<String> said)
            throws IOException {
        try (SqliteLog log = SqliteLog.open(data, codec, clock)) {
            for (int from = 0; from < requests.size(); ) {
                int to = Math.min(requests.size(), from + 1 + random.nextInt(most));
                for (AppendResult result : log.append(requests.subList(from, to))) {
                    said.add(told(result));
                }
                from = to;
            }
            List<String> left = new ArrayList<>();
            for (String room : List.of("lobby", "kitchen", "inbox.u-ana", "inbox.u-budi")) {
                MessageLog.Page page = log.read(room, 0, 10_000);
                for (Entry entry : page.entries()) {
                    left.add(new String(entry.json(), StandardCharsets.UTF_8));
                }
                left.add(page.state().n() + " " + page.state().access() + " "
                        + page.state().topic() + " "
                        + page.state().members().stream().sorted().toList());
            }
            return left;
        }
    }

    private static String told(AppendResult result) {
        if (result instanceof AppendResult.Committed committed) {
            return "Committed " + committed.seq() + " " + committed.written().size();
        }
        if (result instanceof AppendResult.Duplicate duplicate) {
            return "Duplicate " + duplicate.seq();
        }
        return result instanceof AppendResult.Denied denied ? "Denied " + denied.code() : result.toString();
    }

    @Test
    void aFactThatNobodyDeclaredIsNotKnown() {
        assertThatThrownBy(() -> new Facts(true).entry("lobby", 1)).isInstanceOf(IllegalStateException.class);
    }
}
