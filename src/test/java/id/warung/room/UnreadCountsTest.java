package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.command.CommandHandlers;
import id.warung.protocol.Codec;
import id.warung.protocol.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnreadCountsTest {
    private final UnreadCounts counts = new UnreadCounts("inbox.u-ana", 0);
    private long now;

    private static Reply.Unread.Count count(String room, long unread) {
        return new Reply.Unread.Count(
                room,
                123_456_789_012L,
                123_456_789_012L,
                Instant.parse("2026-11-23T19:31:32.123Z"),
                new Reply.Reads.Mark(room, 123_456_789_012L, 123_456_789_012L),
                unread,
                0);
    }

    /** What is published now; nothing if nothing has changed. */
    private List<String> published() {
        List<Reply> told = new ArrayList<>();
        counts.publish(++now, 1, reply -> {
            told.add(reply);
            return Frame.ofReplies(new byte[0]);
        });
        return told.stream()
                .flatMap(reply -> ((Reply.Unread) reply).rooms().stream())
                .map(count -> count.room() + " " + count.unread())
                .toList();
    }

    @Test
    void readersWhoMissSomeSnapshotsMissNothing() {
        assertThat(published()).isEmpty();
        counts.add(List.of(count("a", 1)));
        assertThat(published()).containsExactly("a 1");
        assertThat(published()).as("nothing has changed").isEmpty();
        for (int n = 1; n < UnreadCounts.TIMES; n++) {
            counts.add(List.of(count("b", n)));
            assertThat(published()).containsExactly("a 1", "b " + n);
        }
        counts.add(List.of(count("b", 99)));
        assertThat(published()).as("a was there long enough").containsExactly("b 99");
    }

    /** However many rooms change, and however long their names are. */
    @Test
    void aSnapshotIsBounded() {
        String name = "x".repeat(58);
        counts.add(IntStream.range(0, 500)
                .mapToObj(n -> count(name + (100_000 + n), n))
                .toList());
        List<String> rooms = published();
        assertThat(rooms).hasSize(UnreadCounts.MAX_ROOMS).last().asString().endsWith("499 499");
        byte[] frame = new Codec(new CommandHandlers(), 4_000).encodeFrame(counts.present());
        assertThat(frame.length).isLessThan(30_000);
    }
}
