package id.warung.log.memory;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.Posted;
import id.warung.log.command.EntryKind;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryRoomTest {
    /** A search that is late says so; and while it folds, writers do not wait for it. */
    @Test
    void aSearchThatTakesTooLongEndsAndSaysThatItIsIncomplete() {
        EntryCodec codec = new EntryCodec();
        Instant now = Instant.parse("2026-11-23T19:31:32.123Z");
        MemoryRoom room = new MemoryRoom("lobby", codec, 10_000, bytes -> {});
        for (int seq = 1; seq <= 300; seq++) {
            byte[] json = codec.message(
                    new EntryCodec.Heading("lobby", seq, seq, now, Posted.user("ana"), null),
                    new Command.Post("lobby", null, "soto " + seq));
            room.add(room.state().withHead(seq, seq), new Entry(seq, "u-ana", json), EntryKind.MESSAGE, null, null);
        }
        MessageLog.Hits late = search(room, Long.MAX_VALUE, 500, -1);
        assertThat(late.hits()).isEmpty();
        assertThat(late.incomplete()).isTrue();

        MessageLog.Hits inTime = search(room, Long.MAX_VALUE, 500, 60_000_000_000L);
        assertThat(inTime.hits()).hasSize(300);
        assertThat(inTime.incomplete()).isFalse();
        assertThat(search(room, 250, 20, 60_000_000_000L).hits())
                .extracting(hit -> hit.entry().seq())
                .startsWith(249L)
                .hasSize(20);
    }

    private static MessageLog.Hits search(MemoryRoom room, long before, int limit, long withinNanos) {
        return room.search(
                new MessageLog.PageRequest("lobby", null, limit, Integer.MAX_VALUE),
                List.of("soto"),
                before,
                System.nanoTime() + withinNanos);
    }
}
