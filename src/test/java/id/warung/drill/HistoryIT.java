package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The history is paged over HTTP, in both directions, while it is being written. */
class HistoryIT {
    private static final int ENTRIES = Scale.of(1_000, 5_000);
    private static final int WALKS = 6; // at least, however fast the others post

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void thePagesOneAfterAnotherAreTheLog() {
        Random random = new Random(19);
        try (WarungProcess warung = new WarungProcess(folder).start();
                Crowd crowd = new Crowd(warung::chat, 1, 3, 0)) {
            History history = new History(warung);
            String room = crowd.rooms().get(0);
            crowd.startPosting();
            List<List<Seen>> walks = new ArrayList<>();
            while (crowd.ledger().ackedCount() < ENTRIES || walks.size() < WALKS) {
                crowd.awaitAcked(crowd.ledger().ackedCount() + 50);
                walks.add(forth(history, room, random));
                walks.add(back(history, room, random));
            }
            crowd.settle(history);
            List<Seen> log = crowd.verify(history).get(room).entries();
            assertThat(log).hasSizeGreaterThanOrEqualTo(ENTRIES);
            assertThat(walks).allSatisfy(walk -> assertThat(walk).isNotEmpty().isEqualTo(log.subList(0, walk.size())));
        }
    }

    /** From the first entry on, until a page is not full. */
    private static List<Seen> forth(History history, String room, Random random) {
        List<Seen> walk = new ArrayList<>();
        History.Page page;
        int limit;
        do {
            limit = limit(random);
            String query = "after=" + walk.size() + "&limit=" + limit;
            page = history.page(room, query);
            assertThat(page.head())
                    .isGreaterThanOrEqualTo(walk.size() + page.entries().size());
            walk.addAll(page.entries());
            if (page.entries().size() == limit) {
                assertThat(history.statusIfNoneMatch(room, query, page.etag()))
                        .as("a full page is for ever")
                        .isEqualTo(304);
            }
        } while (page.entries().size() == limit);
        return walk;
    }

    /** From the latest entries back to the first. */
    private static List<Seen> back(History history, String room, Random random) {
        History.Page page = history.page(room, "limit=" + limit(random));
        List<Seen> walk = new ArrayList<>(page.entries());
        while (walk.get(0).seq() > 1) {
            page = history.page(room, "before=" + walk.get(0).seq() + "&limit=" + limit(random));
            walk.addAll(0, page.entries());
        }
        return walk;
    }

    private static int limit(Random random) {
        return 1 + random.nextInt(random.nextBoolean() ? 10 : 500);
    }

    @Test
    void aTagHoldsUntilThereIsSomethingNew() {
        try (WarungProcess warung = new WarungProcess(folder).start();
                Crowd crowd = new Crowd(warung::chat, 1, 2, 0)) {
            History history = new History(warung);
            String room = crowd.rooms().get(0);
            for (String query : List.of("after=0", "limit=20", "after=0&limit=500", "before=9999")) {
                String etag = history.page(room, query).etag();
                assertThat(history.statusIfNoneMatch(room, query, etag)).isEqualTo(304);
                String shorter = query.replaceFirst("&?limit=\\d+", "") + "&limit=1";
                assertThat(history.statusIfNoneMatch(room, shorter, "W/\"e-0.1.1\""))
                        .isEqualTo(200);
            }
            long before = 0;
            for (int turn = 0; turn < 5; turn++) {
                String etag = history.page(room, "after=" + before).etag();
                crowd.startPosting();
                crowd.awaitAcked(crowd.ledger().ackedCount() + 20);
                crowd.settle(history);
                assertThat(history.statusIfNoneMatch(room, "after=" + before, etag))
                        .isEqualTo(200);
                before = history.page(room, "limit=1").head();
                assertThat(history.page(room, "after=" + before).entries()).isEmpty();
            }
            assertThat(history.read(room).entries())
                    .extracting(Seen::seq)
                    .isEqualTo(LongStream.rangeClosed(1, before).boxed().toList());
        }
    }
}
