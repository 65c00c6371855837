package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Directory;
import id.warung.log.Posted;
import id.warung.log.RetentionPolicy;
import id.warung.log.sqlite.SqliteStorage;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Read;
import id.warung.protocol.User;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody in 150 rooms, of which a session reads {@link SessionNode#MAX_ROOMS}. What is written here is written past the node, as other nodes do. */
class UnreadElsewhereTest {
    private static final User ANA = new User("u-ana", "Ana");
    private static final int ROOMS = 150;

    @TempDir
    private Path folder;

    private SqliteStorage storage;
    private SessionNode node;
    private UnreadElsewhere unread;
    private final List<String> asked = new ArrayList<>();
    private boolean away;

    @BeforeEach
    void open() throws IOException {
        storage = SqliteStorage.open(
                folder,
                new EntryCodec(),
                Clock.systemUTC(),
                new SqliteStorage.Background(
                        Runnable::run,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        null,
                        room -> RetentionPolicy.EVERYTHING,
                        Posted.NOBODY));
        node = new SessionNode(storage.log(), SessionNode.PLENTY);
        unread = new UnreadElsewhere(
                node.userSessions, node.rooms, directory(), SessionNode.MAX_ROOMS, node.reading, node.clock);
        List<Posted> made = new ArrayList<>();
        for (String room : rooms(ROOMS)) {
            made.add(Posted.of("budi", new Command.Create(room, null, Access.MEMBERS, "")));
            made.add(Posted.of("budi", new Command.Add(room, null, ANA.id()), ANA));
        }
        append(made);
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    private static List<String> rooms(int count) {
        return IntStream.range(0, count).mapToObj(n -> "room-" + n).toList();
    }

    /** The storage's directory; it says what was asked, and may be away. */
    private Directory directory() {
        return (Directory) Proxy.newProxyInstance(
                Directory.class.getClassLoader(), new Class<?>[] {Directory.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    if (away) {
                        throw new IOException("away");
                    }
                    try {
                        return method.invoke(storage.directory(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void append(List<Posted> posts) throws IOException {
        for (int from = 0; from < posts.size(); from += 200) {
            List<AppendRequest> group = posts.subList(from, Math.min(posts.size(), from + 200)).stream()
                    .map(Posted::request)
                    .toList();
            assertThat(storage.log().append(group)).noneMatch(AppendResult.Denied.class::isInstance);
        }
    }

    private void says(String author, String room, String text) throws IOException {
        append(List.of(Posted.by(author, room, null, text)));
    }

    /** A session of Ana that reads these rooms, and its inbox. */
    private Client ana(String... rooms) {
        Client client = node.connect();
        client.helloAgain(node.tokens.ofGuest(ANA, Instant.now()));
        client.joinLast("inbox." + ANA.id(), 0);
        for (String room : rooms) {
            client.joinLast(room, 0);
        }
        node.settle();
        client.forget();
        return client;
    }

    /** Lets five seconds pass; returns what the client is told: {@code unread/mentions} by room. */
    private Map<String, String> told(Client client) {
        client.forget();
        for (int second = 0; second < 5; second++) {
            node.clock.moveMs(1_000);
            unread.tick();
            node.settle();
            node.rooms.tick(node.clock.getAsLong());
            node.settle();
        }
        Map<String, String> told = new TreeMap<>();
        for (JsonObject event : client.events("unread")) {
            assertThat(event.getString("room")).isEqualTo("inbox." + ANA.id());
            event.getJsonArray("rooms")
                    .getValuesAs(JsonObject.class)
                    .forEach(room ->
                            told.put(room.getString("room"), room.getInt("unread") + "/" + room.getInt("mentions")));
        }
        return told;
    }

    @Test
    void whoReadsAsManyRoomsAsTheyCanIsToldWhatIsUnreadInTheOthers() throws IOException {
        says("budi", "room-7", "before");
        Client ana = ana("room-0", "room-1", "room-2");

        assertThat(told(ana)).as("at the beginning").containsExactly(Map.entry("room-7", "1/0"));
        assertThat(told(ana)).as("nothing happens").isEmpty();
        says("budi", "room-0", "joined");
        says("budi", "room-140", "one");
        says("ana", "room-140", "mine");
        append(List.of(Posted.of("budi", new Command.Post("room-140", null, "@Ana", 0, List.of(ANA.id())))));
        assertThat(told(ana)).containsEntry("room-140", "2/1").doesNotContainKey("room-0");
        append(List.of(Posted.of("ana", new Read("room-140", 5))));
        says("budi", "room-140", "more");
        assertThat(told(ana)).containsEntry("room-140", "1/0");
        JsonObject count = ana.events("unread").get(0).getJsonArray("rooms").getValuesAs(JsonObject.class).stream()
                .filter(room -> room.getString("room").equals("room-140"))
                .findFirst()
                .orElseThrow();
        Directory.Listed listed = storage.directory().rooms(ANA.id(), null, 200).items().stream()
                .filter(room -> room.room().equals("room-140"))
                .findFirst()
                .orElseThrow();
        assertThat(count.getInt("head")).isEqualTo((int) listed.head());
        assertThat(count.getInt("n")).isEqualTo((int) listed.n());
        assertThat(count.getString("at"))
                .isEqualTo(Instant.ofEpochMilli(listed.atMillis()).toString());
        assertThat(count.getJsonObject("read")).hasToString("{\"seq\":5,\"n\":3}");
    }

    @Test
    void nothingIsAskedWhileNobodyReadsManyRoomsAndNoCountWhileNothingHappens() throws IOException {
        Client few = ana("room-0", "room-1");
        Client other = node.signedIn("Citra"); // without an inbox
        IntStream.range(0, 3).forEach(n -> other.join("public-" + n));
        node.settle();
        says("budi", "room-9", "hi");
        assertThat(told(few)).isEmpty();
        assertThat(asked).isEmpty();
        few.join("room-2");
        node.settle();
        assertThat(told(few)).containsKey("room-9");
        asked.clear();
        for (int look = 0; look < 3; look++) {
            assertThat(told(few)).isEmpty();
        }
        assertThat(asked).hasSizeBetween(2, 4).containsOnly("heads");
        few.session.gone();
        node.settle();
        told(other);
        asked.clear();
        told(other);
        assertThat(asked).isEmpty();
    }

    @Test
    void whateverAllOthersWriteEachRoomIsTold() throws IOException {
        Client ana = ana("room-0", "room-1", "room-2");
        told(ana);
        List<Posted> posts = new ArrayList<>();
        rooms(ROOMS).forEach(room -> posts.add(Posted.by("budi", room, null, "hi")));
        append(posts);
        Map<String, String> told = told(ana);
        assertThat(told).hasSize(100).allSatisfy((room, count) -> assertThat(count)
                .isEqualTo("1/0"));
        assertThat(told).doesNotContainKeys("room-0", "room-1", "room-2");
    }

    @Test
    void ofSeveralSessionsOnlyWhatAllOfThemReadIsNotTold() throws IOException {
        Client one = ana("room-0", "room-1", "room-2");
        Client other = ana("room-0", "room-3", "room-4");
        told(one);
        for (String room : rooms(4)) {
            says("budi", room, "hi");
        }
        assertThat(told(one)).containsOnlyKeys("room-1", "room-2", "room-3");
        assertThat(other.events("unread")).isNotEmpty();
    }

    @Test
    void whoWasRemovedIsToldNothingMore() throws IOException {
        Client ana = ana("room-0", "room-1", "room-2");
        told(ana);
        append(List.of(Posted.of("budi", new Command.Remove("room-9", null, ANA.id()))));
        says("budi", "room-9", "secret");
        assertThat(told(ana)).isEmpty();
    }

    @Test
    void afterAFailureEverybodyIsToldWhatIsUnread() throws IOException {
        Client ana = ana("room-0", "room-1", "room-2");
        told(ana);
        away = true;
        says("budi", "room-9", "hi");
        assertThat(told(ana)).isEmpty();
        away = false;
        assertThat(told(ana)).containsExactly(Map.entry("room-9", "1/0"));
    }
}
