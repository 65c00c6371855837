package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.Read;
import id.warung.protocol.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in parts, whatever the storage: together they are the whole list, whatever the size of the parts. */
public abstract class DirectoryContract {
    private final Random random = new Random(5);
    private final AtomicLong millis = new AtomicLong(1_764_000_000_000L);
    private final List<AppendRequest> waiting = new ArrayList<>();
    private MessageLog log;
    private Directory directory;

    /** A new log, without entries, and its directory. */
    protected abstract void open(Clock clock) throws IOException;

    /** Changes the database in which they are. */
    protected abstract void sql(String change) throws Exception;

    /** What the tests are about from now on. */
    protected void about(MessageLog opened, Directory its) {
        log = opened;
        directory = its;
    }

    protected MessageLog log() {
        return log;
    }

    protected Directory directory() {
        return directory;
    }

    @BeforeEach
    void open() throws IOException {
        open(clock());
    }

    protected Clock clock() {
        return new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(millis.get());
            }
        };
    }

    @AfterEach
    void close() throws IOException {
        log.close();
    }

    /** A few at a time, so that several rooms are written in the same millisecond. */
    protected void does(String author, Command.Durable command, User... known) throws IOException {
        waiting.add(Posted.of(author, command, known).request());
        if (random.nextInt(8) == 0) {
            write();
        }
    }

    protected void write() throws IOException {
        millis.addAndGet(random.nextInt(2));
        log.append(waiting);
        waiting.clear();
    }

    protected void rooms(int count) throws IOException {
        for (int n = 0; n < count; n++) {
            String room = "room-" + n;
            switch (n % 5) {
                case 0 -> does("budi", new Command.Create(room, null, Access.MEMBERS, ""));
                case 1 -> does("ana", new Command.Create(room, null, Access.MEMBERS, ""));
                default -> does("budi", new Command.Post(room, null, "hi"));
            }
            if (n % 5 == 2) {
                does("ana", new Read(room, 1));
            }
            if (n % 7 == 3) {
                does("budi", new Command.Post("room-" + random.nextInt(n), null, "again"));
            }
        }
        write();
    }

    protected List<String> inParts(String user, int limit) throws IOException {
        List<String> names = new ArrayList<>();
        String after = null;
        do {
            Directory.Page<Directory.Listed> page = directory.rooms(user, after, limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(room -> names.add(room.room()));
            after = page.next();
            assertThat(after == null || page.items().size() == limit).isTrue();
        } while (after != null);
        return names;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 23, 24, 60, 61})
    void thePartsOfTheRoomsPutTogetherAreTheWhole(int limit) throws IOException {
        rooms(60);
        for (String user : new String[] {"u-ana", "u-budi", "u-nobody", null}) {
            List<Directory.Listed> whole = directory.rooms(user, null, 1_000).items();
            List<String> names = whole.stream().map(Directory.Listed::room).toList();

            assertThat(inParts(user, limit)).isEqualTo(names).doesNotHaveDuplicates();
            int own = (int) whole.stream().filter(room -> room.mark() != null).count();
            assertThat(whole.subList(0, own))
                    .allSatisfy(room -> assertThat(room.mark()).isNotNull());
            assertLatestFirst(whole.subList(0, own));
            assertLatestFirst(whole.subList(own, whole.size()));
        }
        assertThat(inParts("u-ana", limit)).hasSizeGreaterThan(40);
    }

    private static void assertLatestFirst(List<Directory.Listed> rooms) {
        assertThat(rooms).isSortedAccordingTo((a, b) -> Long.compare(b.atMillis(), a.atMillis()));
    }

    /** New rooms come before the next part, and push nothing out of it. */
    @Test
    void roomsThatAreMadeMeanwhilePushNoneOutOfTheNextPart() throws IOException {
        rooms(40);
        Set<String> before = new HashSet<>(inParts("u-ana", 1_000));
        Set<String> seen = new HashSet<>();
        String after = null;
        do {
            Directory.Page<Directory.Listed> page = directory.rooms("u-ana", after, 5);
            page.items().forEach(room -> seen.add(room.room()));
            after = page.next();
            for (int n = 0; n < 20; n++) {
                does("flood", new Command.Post("spam-" + seen.size() + "-" + n, null, "buy"));
            }
            write();
        } while (after != null);

        assertThat(seen).containsAll(before);
    }

    @Test
    void onesOwnRoomsComeFirstWhateverOthersMake() throws IOException {
        rooms(10);
        List<String> own = directory.rooms("u-ana", null, 100).items().stream()
                .filter(room -> room.mark() != null)
                .map(Directory.Listed::room)
                .toList();
        for (int n = 0; n < 500; n++) {
            does("flood", new Command.Post("spam-" + n, null, "buy"));
        }
        write();

        assertThat(directory.rooms("u-ana", null, 200).items())
                .extracting(Directory.Listed::room)
                .startsWith(own.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 11, 40})
    void thePartsOfPeopleAndOfMembersPutTogetherAreTheWholeInTheOrderOfTheirNames(int limit) throws IOException {
        does("ana", new Command.Create("kitchen", null, Access.MEMBERS, ""));
        for (int n = 0; n < 30; n++) {
            User user = new User("u-" + (char) ('z' - n % 26) + n, "Budi " + n % 4); // several with the same name
            does("ana", new Command.Add("kitchen", null, user.id()), user);
        }
        write();
        List<User> people = new ArrayList<>();
        List<User> members = new ArrayList<>();
        for (String after = null; people.isEmpty() || after != null; ) {
            Directory.Page<User> page = directory.people("bUDi", after, limit);
            people.addAll(page.items());
            after = page.next();
        }
        for (String after = null; members.isEmpty() || after != null; ) {
            Directory.Page<User> page = directory.members("kitchen", after, limit);
            members.addAll(page.items());
            after = page.next();
        }

        assertThat(people).hasSize(30).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> a.name()
                .compareTo(b.name()));
        assertThat(members).hasSize(31).containsAll(people).startsWith(Posted.user("ana"));
        assertThat(members.subList(1, 31)).isEqualTo(people);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lobby", "o1", "p1.", "o-1.2", "x1.2", "p1.2.3", "o9999999999999999999.1", "' OR 1=1"})
    void aPlaceThatIsNoneIsRefused(String after) throws IOException {
        rooms(3);

        assertThatThrownBy(() -> directory.rooms("u-ana", after, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> directory.people("b", after, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> directory.members("room-1", after, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void peopleWithACurvedApostropheAreFoundByAStraightOne() throws IOException {
        renameAna("O\u2019Brien");
        assertThat(peopleCalled("o'b")).containsExactly("O\u2019Brien");
        renameAna("o'brien");
        assertThat(peopleCalled("O\u2018B")).containsExactly("o'brien");
    }

    protected void renameAna(String name) {
        try {
            log.append(List.of(new AppendRequest(
                    new Command.Post("lobby", null, "hi"),
                    Posted.anybody(new User("u-ana", name)),
                    List.of(),
                    Posted.saying("lobby", ""))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected List<String> peopleCalled(String prefix) {
        try {
            return directory.people(prefix, null, 10).items().stream()
                    .map(User::name)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all of them together, each once; the latest, where there are more than are asked for. */
    @Test
    void theHeadsOfTheRoomsThatUsersAreInAreTheirs() throws IOException {
        rooms(60);
        List<Directory.Listed> own = directory.rooms("u-ana", null, 200).items().stream()
                .filter(room -> room.mark() != null)
                .toList();

        assertThat(directory.heads(List.of("u-ana"), 200))
                .hasSize(own.size())
                .allSatisfy((room, head) -> assertThat(own).anySatisfy(listed -> {
                    assertThat(listed.room()).isEqualTo(room);
                    assertThat(listed.head()).isEqualTo(head);
                }));
        assertThat(directory.heads(List.of("u-ana", "u-budi", "u-nobody"), 200))
                .containsAllEntriesOf(directory.heads(List.of("u-ana"), 200))
                .containsAllEntriesOf(directory.heads(List.of("u-budi"), 200));
        assertThat(directory.heads(List.of("u-nobody"), 200)).isEmpty();
        assertThat(directory.heads(List.of(), 200)).isEmpty();
        Map<String, Long> latest = directory.heads(List.of("u-ana"), 5);
        assertThat(latest).hasSize(5);
        long least = own.get(4).atMillis();
        assertThat(own)
                .filteredOn(room -> latest.containsKey(room.room()))
                .allSatisfy(room -> assertThat(room.atMillis()).isGreaterThanOrEqualTo(least));
    }

    @Test
    void someRoomsOfSomeUsersAreAsTheirListsHaveThem() throws IOException {
        rooms(40);
        List<String> all = IntStream.range(0, 45).mapToObj(n -> "room-" + n).toList();
        Map<String, List<Directory.Listed>> found =
                directory.rooms(Map.of("u-ana", all, "u-budi", all.subList(10, 20), "u-nobody", all));

        for (String user : new String[] {"u-ana", "u-budi"}) {
            List<Directory.Listed> own = directory.rooms(user, null, 200).items().stream()
                    .filter(room -> room.mark() != null)
                    .filter(room -> user.equals("u-ana") || all.subList(10, 20).contains(room.room()))
                    .toList();
            assertThat(own).isNotEmpty();
            assertThat(found.get(user)).containsExactlyInAnyOrderElementsOf(own);
        }
        assertThat(found.getOrDefault("u-nobody", List.of())).isEmpty();
        assertThat(directory.rooms(Map.of())).isEmpty();
    }

    /** Whatever else the database says of the user and the room. */
    @Test
    void nobodyIsShownARoomThatTheyMayNotRead() throws Exception {
        does("ana", new Command.Create("kitchen", null, Access.MEMBERS, "secret"));
        does("budi", new Command.Post("lobby", null, "hi"));
        write();
        sql("INSERT INTO mentions (user_id, room_id, seq) SELECT 'u-budi', id, 1 FROM rooms WHERE name = 'kitchen'");
        sql("INSERT INTO reads (user_id, room_id, seq, n) SELECT 'u-budi', id, 1, 1 FROM rooms WHERE name = 'kitchen'");

        assertThat(inParts("u-budi", 1)).containsExactly("lobby");
        assertThat(directory
                        .rooms(Map.of("u-budi", List.of("kitchen", "lobby")))
                        .getOrDefault("u-budi", List.of()))
                .isEmpty();
        assertThat(inParts("u-ana", 1)).contains("kitchen");
    }
}
