package id.warung.log.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Postgres;
import id.warung.kit.Slowdown;
import id.warung.log.AppendRequest;
import id.warung.log.CallsContract;
import id.warung.log.Directory;
import id.warung.log.Posted;
import id.warung.log.RoomSearch;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Read;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresDirectoryTest extends CallsContract {
    private static final int MANY_ROOMS = 50_000;

    private final Postgres.Database database = Postgres.database();
    private final Connections connections = Connections.to(database.url(), Postgres.USER, null, 4);

    private PostgresStorage storage;

    @Override
    protected void open(Clock clock) throws IOException {
        storage = PostgresStorage.open(connections, new EntryCodec(), clock);
        about(storage.log(), storage.directory());
    }

    @Override
    protected void sql(String change) throws Exception {
        database.execute("SET search_path = warung; " + change);
    }

    @AfterEach
    void disconnect() {
        connections.close();
    }

    @Test
    void otherNodesHearThatAUserHasGoneBackUntilTheyReadOn() throws Exception {
        for (int n = 0; n < 5; n++) {
            does("ana", new Command.Post("lobby", null, "hi"));
        }
        write();
        String[] steps = {"5 false", "2 true", "1 false", "4 false"};
        String[] heard = {"5 false", "2 true", "2 true", "4 false"};
        for (int n = 0; n < steps.length; n++) {
            String[] step = steps[n].split(" ", -1);
            does("ana", new Read("lobby", null, Long.parseLong(step[0]), Boolean.parseBoolean(step[1])));
            write();
            assertThat(storage.readsSince(Map.of("inbox.u-ana", 0L)).get("inbox.u-ana"))
                    .extracting(mark -> mark.seq() + " " + mark.back())
                    .as(steps[n])
                    .containsExactly(heard[n]);
        }
    }

    @Test
    void otherNodesHearThatAUserHasForgottenAndReadAnew() throws Exception {
        for (int n = 0; n < 3; n++) {
            does("ana", new Command.Post("lobby", null, "hi"));
        }
        does("ana", new Read("lobby", 2));
        write();
        long before = version();
        does("ana", new Read("lobby", 0));
        write();
        long forgotten = version();
        assertThat(marksSince(before)).containsExactly("lobby 0");
        assertThat(marksSince(forgotten)).isEmpty();

        does("ana", new Read("lobby", 1));
        write();
        assertThat(marksSince(before)).as("in this order").containsExactly("lobby 0", "lobby 1");
        assertThat(marksSince(forgotten)).containsExactly("lobby 1");
    }

    private long version() throws IOException {
        return storage.versions(List.of("inbox.u-ana")).get("inbox.u-ana").version();
    }

    private List<String> marksSince(long version) throws IOException {
        return storage.readsSince(Map.of("inbox.u-ana", version)).getOrDefault("inbox.u-ana", List.of()).stream()
                .map(mark -> mark.room() + " " + mark.seq())
                .toList();
    }

    /** Also where no statistics tell the database how the tables are, as right after a move. */
    @Test
    void aListOfVeryManyRoomsReadsThoseThatItShows() throws Exception {
        does("ana", new Command.Post("mine", null, "hi"));
        does("ana", new Read("mine", 1));
        write();
        sql(
                "INSERT INTO rooms (name, head, n, at_ms) SELECT 'r-' || n, 1, 1, 1760000000000 + n * 997 FROM generate_series(1, "
                        + MANY_ROOMS + ") n");
        for (String maintenance : new String[] {"SELECT 1", "ANALYZE"}) {
            sql(maintenance);
            for (String user : new String[] {"u-ana", "u-nobody", null}) {
                String after = null;
                for (int part = 0; part < 3; part++) {
                    String from = after;
                    Directory.Page<Directory.Listed> page = directory().rooms(user, from, 50);
                    assertThat(page.items()).hasSize(50);
                    long best = Long.MAX_VALUE;
                    for (int n = 0; n < 5; n++) {
                        long begin = System.nanoTime();
                        directory().rooms(user, from, 50);
                        best = Math.min(best, System.nanoTime() - begin);
                    }
                    assertThat(TimeUnit.NANOSECONDS.toMillis(best))
                            .as(maintenance + user)
                            .isLessThanOrEqualTo(Slowdown.millis(50));
                    after = page.next();
                }
            }
        }
    }

    /** Not even where everybody writes everywhere in the same ten seconds. */
    @Test
    void roomsOfTheSameTenSecondsAreListedInTheirOrder() throws Exception {
        does("ana", new Command.Post("mine", null, "hi"));
        write();
        sql("INSERT INTO rooms (name, head, n, at_ms) SELECT 'r-' || n, 1, 1, 1760000000000 + n * 7919 % 10000 FROM"
                + " generate_series(1, 3000) n");

        assertThat(inParts("u-ana", 70))
                .hasSize(3_001)
                .isEqualTo(inParts("u-ana", 1_000))
                .doesNotHaveDuplicates();
        assertThat(directory().rooms(null, null, 200).items())
                .isSortedAccordingTo((a, b) -> Long.compare(b.atMillis(), a.atMillis()));
    }

    /** They know nothing of titles. */
    @Test
    void roomsOfNodesOfAnOlderVersionAreListedByTheirNames() throws Exception {
        does("ana", new Command.Create("r-2", null, Access.PUBLIC, "", "Melon"));
        does("ana", new Command.Create("r-1", null, Access.PUBLIC, "", ""));
        write();
        sql("INSERT INTO rooms (name, head, n, at_ms) SELECT name, 1, 1, 0 FROM unnest('{apple,orange}'::text[]) name");

        for (String user : new String[] {"u-ana", null}) {
            List<String> names = new ArrayList<>();
            String after = null;
            do {
                Directory.Page<Directory.Listed> page = directory().find(RoomSearch.of("", true), user, after, 1);
                page.items().forEach(room -> names.add(room.room()));
                after = page.next();
            } while (after != null);
            assertThat(names).as(user).containsExactly("apple", "r-2", "orange", "r-1");
        }
    }

    /** A request that was there before the directory must not disturb. */
    @Test
    void aUserOfManyRoomsSeesTheirUnreadMessages() throws Exception {
        for (int n = 0; n < 60; n++) {
            log().append(java.util.List.of(new AppendRequest[] {
                Posted.by("budi", "room-" + n, "c-" + n, "one").request(),
                Posted.of("ana", new Read("room-" + n, 1)).request(),
                Posted.by("budi", "room-" + n, "d-" + n, "two").request(),
                Posted.by("ana", "room-" + n, "e-" + n, "three").request()
            }));
        }
        assertThat(directory().rooms("u-ana", null, 100).items()).hasSize(60).allSatisfy(room -> assertThat(room.mark())
                .isEqualTo(new Directory.Mark(1, 1, 1, 0)));
    }
}
