package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Figures;
import id.warung.log.AppendRequest;
import id.warung.log.Posted;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a search takes in a room with many messages. */
class SearchTimeTest {
    private static final int ENTRIES = 100_000;
    private static final int A_GROUP = 500;
    private static final int TIMES = 21;
    private static final long MOST_MS = 50;
    private static final String[] COMMON = {"soto", "kopi", "tonight", "the", "咖啡", "今晚", "我们", "吃饭"};
    private static final int OTHER_WORDS = 5_000;

    @TempDir
    private Path data;

    @Tag("slow")
    @Test
    void amongAHundredThousandMessagesItIsFoundAtOnce() throws IOException {
        try (SqliteLog log = SqliteLog.open(data, new EntryCodec(), Clock.systemUTC())) {
            fill(log);
            while (log.index(Runnable::run)) {
                // in small parts
            }
            assertThat(log.read("lobby", ENTRIES - 1L, 1).entries()).hasSize(1);
            for (String query : List.of(
                    "needle",
                    "针线",
                    "soto",
                    "咖啡",
                    "我",
                    "soto kopi tonight the",
                    "word17 咖啡",
                    "wor",
                    "w",
                    "word",
                    "nowhere",
                    "无处")) {
                long[] ns = new long[TIMES];
                int found = 0;
                for (int i = 0; i < TIMES; i++) {
                    long begin = System.nanoTime();
                    found = log.search("lobby", query, Long.MAX_VALUE, 20)
                            .hits()
                            .size();
                    ns[i] = System.nanoTime() - begin;
                }
                Arrays.sort(ns);
                Figures.say(query, found + " hits, " + ns[TIMES / 2] / 1_000 + " µs");
                assertThat(found > 0).as(query).isNotEqualTo(query.equals("nowhere") || query.equals("无处"));
                assertThat(Duration.ofNanos(ns[TIMES / 2])).as(query).isLessThan(Duration.ofMillis(MOST_MS));
            }
        }
    }

    private static void fill(SqliteLog log) throws IOException {
        Random random = new Random(7);
        for (int said = 0; said < ENTRIES; said += A_GROUP) {
            List<AppendRequest> group = new ArrayList<>();
            for (int i = 0; i < A_GROUP; i++) {
                String text = said + i == 3 ? "A needle, 针线" : sentence(random);
                group.add(
                        Posted.of("ana", new Command.Post("lobby", null, text)).request());
            }
            log.append(group);
        }
    }

    private static String sentence(Random random) {
        StringBuilder sentence = new StringBuilder();
        for (int words = 3 + random.nextInt(12); words > 0; words--) {
            String common = COMMON[random.nextInt(COMMON.length)];
            sentence.append(random.nextInt(3) == 0 ? common : "word" + random.nextInt(OTHER_WORDS))
                    .append(' ');
        }
        return sentence.toString();
    }
}
