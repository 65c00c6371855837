package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.MessageLog;
import id.warung.log.RetentionPolicy;
import id.warung.log.ScriptedLog;
import id.warung.log.memory.MemoryLog;
import id.warung.log.sqlite.SqliteLog;
import id.warung.protocol.EntryCodec;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trimmed entries are not served any more, though the room is open and its latest part in memory: over WebSocket as over HTTP. */
class TrimmedTest {
    private final RoomNode[] node = new RoomNode[1];

    @Tag("slow")
    @Test
    void ofADurableRoomEverybodyReadsWhatIsKept(@TempDir Path data) throws Exception {
        try (SqliteLog log = SqliteLog.open(data, new EntryCodec(), Clock.systemUTC())) {
            everybodyReadsWhatIsKept(log, keep -> {
                while (log.trim(room -> keep, Runnable::run, node[0].registry::trimmed) > 0) {
                    // in small parts
                }
            });
        }
    }

    @Test
    void ofAnEphemeralRoomEverybodyReadsWhatIsKept() throws Exception {
        MemoryLog log = new MemoryLog(
                new EntryCodec(),
                Clock.systemUTC(),
                100_000,
                Long.MAX_VALUE,
                (room, first) -> node[0].registry.trimmed(room, first));
        everybodyReadsWhatIsKept(log, keep -> log.trim(room -> keep));
    }

    private interface Trimming {
        void keep(RetentionPolicy keep) throws Exception;
    }

    private void everybodyReadsWhatIsKept(MessageLog log, Trimming trimming) throws Exception {
        Random random = new Random(3);
        node[0] = new RoomNode(new ScriptedLog(log), RoomNode.PLENTY, RoomNode.PLENTY);
        Room room = node[0].open("lobby");
        List<Cursor> slow = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            int more = 1 + random.nextInt(400);
            for (int i = 0; i < more; i++) {
                node[0].post(room, "ana", null, "text");
            }
            node[0].settle();
            check(log, room);
            slow.add(Cursor.slowIn(node[0], room, random.nextInt((int) room.head())));
            trimming.keep(new RetentionPolicy(Duration.ZERO, 1 + random.nextInt(500)));
            check(log, room);
        }
        for (Cursor cursor : slow) {
            long first = log.read("lobby", 0, 1).first();
            do {
                node[0].settle();
            } while (cursor.take() != null || node[0].reading.waiting() > 0);
            assertThat(cursor.events().stream()
                            .filter(event -> event.indexOf('-') < 0)
                            .map(Long::parseLong))
                    .allMatch(seq -> seq >= first);
        }
    }

    private void check(MessageLog log, Room room) throws Exception {
        Cursor cursor = Cursor.in(node[0], room, 0);
        node[0].settle();
        cursor.end();
        MessageLog.Page page = log.read("lobby", 0, 100_000);
        List<String> expected = new ArrayList<>();
        if (page.first() > 1) {
            expected.add("1-" + (page.first() - 1));
        }
        LongStream.rangeClosed(page.first(), room.head()).forEach(seq -> expected.add(Long.toString(seq)));
        assertThat(cursor.events()).isEqualTo(expected);
        assertThat(page.entries()).hasSize((int) (room.head() - page.first() + 1));
    }
}
