package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.identity.Guests;
import id.warung.identity.NamesInUse.Claim;
import id.warung.identity.WarungTokens;
import id.warung.kit.Postgres;
import id.warung.log.AppendRequest;
import id.warung.log.Directory;
import id.warung.log.Posted;
import id.warung.log.RoomState;
import id.warung.log.postgres.Connections;
import id.warung.log.postgres.PostgresStorage;
import id.warung.log.sqlite.SqliteLog;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Read;
import id.warung.protocol.User;
import id.warung.room.RoomPart;
import id.warung.room.RoomRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingsTest {
    @TempDir
    Path folder;

    private final Guests guests = new Guests(new WarungTokens(new byte[32], Clock.systemUTC()), List.of());

    private static List<String> names(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        return java.util.regex.Pattern.compile("\"name\":\"([^\"]*)\"")
                .matcher(text)
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    @Test
    void connectedUsersAreFoundOnceEvenIfTheyHavePostedNothing() throws Exception {
        try (SqliteLog log = SqliteLog.open(folder, new EntryCodec(), Clock.systemUTC())) {
            Listings listings =
                    new Listings(log.directory(), guests, new RoomRegistry(room -> null), Listings.Elsewhere.NOWHERE);
            Claim budi = guests.signIn(null, "Budi", null, Set.of(), Instant.EPOCH, () -> {})
                    .claim();
            guests.signIn(null, "Bu\u015fra", null, Set.of(), Instant.EPOCH, () -> {});
            guests.signIn(null, "Ana", null, Set.of(), Instant.EPOCH, () -> {});
            assertThat(names(people(listings, "bu"))).containsExactlyInAnyOrder("Budi", "Bu\u015fra");

            log.append(List.of(new AppendRequest(
                    new Command.Post("lobby", null, "hi"),
                    Posted.anybody(budi.user()),
                    List.of(),
                    Posted.saying("lobby", ""))));
            assertThat(names(people(listings, "BUD"))).containsExactly("Budi");
            budi.release();
            assertThat(names(people(listings, "budi"))).containsExactly("Budi");
            assertThat(names(people(listings, "x"))).isEmpty();
            assertThat(names(listings.people(new Query(null)))).isEmpty();
        }
    }

    /** José and Jose are two users, and each is found by the other's name, online or not. */
    @Test
    void namesAreFoundAsMessagesAre() throws Exception {
        try (SqliteLog log = SqliteLog.open(folder, new EntryCodec(), Clock.systemUTC())) {
            Listings listings =
                    new Listings(log.directory(), guests, new RoomRegistry(room -> null), Listings.Elsewhere.NOWHERE);
            List<Claim> claims = new ArrayList<>();
            for (String name : List.of(
                    "Jos\u00e9",
                    "Jose",
                    "\u0110\u00e0o",
                    "\uff2b\uff45\uff4e",
                    "\u039a\u03ce\u03c3\u03c4\u03b1\u03c2")) {
                Claim claim = guests.signIn(null, name, null, Set.of(), Instant.EPOCH, () -> {})
                        .claim();
                claims.add(claim);
            }
            for (int gone = 0; gone < 2; gone++) {
                assertThat(names(people(listings, "JOS%C3%89"))).containsExactlyInAnyOrder("Jos\u00e9", "Jose");
                assertThat(names(people(listings, "%CE%BA%CF%89%CF%83")))
                        .containsExactly("\u039a\u03ce\u03c3\u03c4\u03b1\u03c2");
                assertThat(names(people(listings, "dao"))).containsExactly("\u0110\u00e0o");
                assertThat(names(people(listings, "%C4%91ao"))).containsExactly("\u0110\u00e0o");
                assertThat(names(people(listings, "ken"))).containsExactly("\uff2b\uff45\uff4e");
                assertThat(names(people(listings, "%EF%B8%8F")))
                        .as("of nothing")
                        .isEmpty();
                for (Claim claim : claims) {
                    log.append(List.of(new AppendRequest(
                            new Command.Post("lobby", null, "hi"),
                            Posted.anybody(claim.user()),
                            List.of(),
                            Posted.saying("lobby", ""))));
                    claim.release();
                }
            }
        }
    }

    /** Elsewhere there are as many as one likes. */
    private static Listings.Elsewhere withRoom(String room, RoomPart... parts) {
        return new Listings.Elsewhere() {
            @Override
            public List<User> startingWith(String folded, int limit) {
                return List.of();
            }

            @Override
            public User user(String id) {
                return Stream.of(parts)
                        .flatMap(part -> part.users().stream())
                        .filter(user -> user.id().equals(id))
                        .findFirst()
                        .orElse(null);
            }

            @Override
            public Map<String, List<RoomPart>> parts(Collection<String> rooms) {
                return rooms.contains(room) ? Map.of(room, List.of(parts)) : Map.of();
            }
        };
    }

    private static RoomPart part(int from, int to) {
        List<User> users = IntStream.range(from, to)
                .mapToObj(n -> new User("u-" + n, "Budi " + n % 50))
                .toList();
        return new RoomPart(users.size(), users, List.of());
    }

    @Test
    void whoIsInARoomIsListedInPartsOverAllNodesEachOnce() throws Exception {
        try (SqliteLog log = SqliteLog.open(folder, new EntryCodec(), Clock.systemUTC())) {
            Listings listings = new Listings(
                    log.directory(),
                    guests,
                    new RoomRegistry(room -> null),
                    withRoom("lobby", part(0, 300), part(250, 450)));
            RoomState lobby = RoomState.initial("lobby", "e-1");
            List<String> ids = new ArrayList<>();
            String after = "";
            do {
                String json = new String(listings.here(lobby, new Query("limit=97" + after)), StandardCharsets.UTF_8);
                Pattern.compile("\"id\":\"([^\"]*)\"").matcher(json).results().forEach(id -> ids.add(id.group(1)));
                Matcher next = Pattern.compile("\"next\":\"([^\"]*)\"").matcher(json);
                after = next.find() ? "&after=" + next.group(1) : null;
            } while (after != null);

            assertThat(ids).hasSize(450).doesNotHaveDuplicates();
            assertThat(names(listings.here(lobby, new Query("q=budi%207&limit=200"))))
                    .hasSize(9)
                    .containsOnly("Budi 7");
            assertThat(names(listings.here(RoomState.initial("empty", "e-1"), new Query(null))))
                    .isEmpty();
            assertThatThrownBy(() -> listings.here(lobby, new Query("after=x"))).isInstanceOf(BadQueryException.class);
        }
    }

    @Test
    void aUserIsShownWithTheRoomsInCommonAndWhetherTheyAreOnline() throws Exception {
        try (SqliteLog log = SqliteLog.open(folder, new EntryCodec(), Clock.systemUTC())) {
            Listings listings = new Listings(
                    log.directory(), guests, new RoomRegistry(room -> null), withRoom("lobby", part(1, 2)));
            log.append(List.of(
                    Posted.of("ana", new Command.Create("lobby", null, Access.PUBLIC, "", "大堂"))
                            .request(),
                    Posted.by("budi", "lobby", null, "hi").request(),
                    Posted.of("ana", new Read("lobby", 1)).request(),
                    Posted.of("budi", new Read("lobby", 1)).request()));

            assertThat(person(listings, "ana", "u-budi"))
                    .isEqualTo(
                            "{\"id\":\"u-budi\",\"name\":\"budi\",\"guest\":true,\"rooms\":[{\"room\":\"lobby\",\"title\":\"大堂\"}]}");
            assertThat(person(listings, "ana", "u-1"))
                    .isEqualTo("{\"id\":\"u-1\",\"name\":\"Budi 1\",\"guest\":true,\"online\":true,\"rooms\":[]}");
            assertThatThrownBy(() -> person(listings, "ana", "u-nobody")).isInstanceOf(CommandRejectedException.class);
            String found = new String(
                    listings.rooms(Posted.anybody(Posted.user("ana")), new Query("q=%E5%A4%A7")),
                    StandardCharsets.UTF_8);
            assertThat(found).contains("\"title\":\"大堂\"", "\"here\":1");
            assertThatThrownBy(() -> listings.rooms(Posted.anybody(Posted.user("ana")), new Query("sort=best")))
                    .isInstanceOf(BadQueryException.class);
        }
    }

    /** Which PostgreSQL refuses, in whatever parameter. */
    @Test
    void aNulCharacterIsInNoIdAndNoName() throws Exception {
        try (Connections connections = Connections.to(Postgres.database().url(), Postgres.USER, null, 4)) {
            Directory directory = PostgresStorage.open(connections, new EntryCodec(), Clock.systemUTC())
                    .directory();
            Listings listings =
                    new Listings(directory, guests, new RoomRegistry(room -> null), Listings.Elsewhere.NOWHERE);

            for (String id : List.of("u-\0", "\0", "u-ana\0")) {
                assertThatThrownBy(() -> person(listings, "ana", id))
                        .isInstanceOfSatisfying(CommandRejectedException.class, refused -> assertThat(refused.code())
                                .isEqualTo(ErrorCode.NO_SUCH_USER));
            }
            assertThat(names(people(listings, "a%00"))).isEmpty();
            assertThatThrownBy(() -> people(listings, "a&after=u-%00")).isInstanceOf(BadQueryException.class);
            assertThatThrownBy(
                            () -> listings.room(Posted.anybody(Posted.user("ana")), "lobby", new Query("after=u-%00")))
                    .isInstanceOf(BadQueryException.class);
        }
    }

    private static String person(Listings listings, String caller, String id) throws Exception {
        return new String(listings.person(Posted.anybody(Posted.user(caller)), id), StandardCharsets.UTF_8).strip();
    }

    private static byte[] people(Listings listings, String prefix) throws IOException {
        return listings.people(new Query("q=" + prefix));
    }
}
