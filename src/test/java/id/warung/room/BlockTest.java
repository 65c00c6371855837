package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlockTest {
    @Test
    void a_frame_holds_everything_up_to_the_head_and_never_waits() {
        Block block = Block.startingWith(entry(1, 10));
        assertThat(block.frame(1).last()).isEqualTo(1);

        block.add(entry(2, 10));
        block.add(entry(3, 10));

        assertThat(block.frame(1).text()).isEqualTo("[" + json(1, 10) + "," + json(2, 10) + "," + json(3, 10) + "]");
        assertThat(block.frame(3).text()).isEqualTo("[" + json(3, 10) + "]");
    }

    @Test
    void who_stands_at_the_same_place_gets_the_same_frame() {
        Block block = Block.startingWith(entry(65, 10));
        block.add(entry(66, 10));

        assertThat(block.frame(66)).isSameAs(block.frame(66));
        assertThat(block.frame(65)).isNotSameAs(block.frame(66));
    }

    @Test
    void a_frame_ends_at_an_edge_of_64_kib_wherever_its_reader_comes_from() {
        Block block = Block.startingWith(entry(1, 10_000));
        for (int seq = 2; seq <= 20; seq++) {
            block.add(entry(seq, 10_000));
        }

        assertThat(block.frame(1).last()).isEqualTo(7);
        assertThat(block.frame(5).last()).isEqualTo(7);
        assertThat(block.frame(7).last()).isEqualTo(7);
        assertThat(block.frame(8).last()).isEqualTo(14);
    }

    @Test
    void a_block_serves_what_it_holds_and_nothing_else() {
        Block block = Block.startingWith(entry(70, 10)); // the earlier ones of this block are in the log only

        assertThat(block.holds(69)).isFalse();
        assertThat(block.holds(70)).isTrue();
        assertThat(block.holds(71)).isFalse();
        assertThat(block.holds(70 + Block.ENTRIES)).isFalse();
    }

    @Test
    void ten_thousand_readers_from_anywhere_share_their_frames() {
        int entries = 100 * Block.ENTRIES;
        int readers = 10_000;
        Tail tail = new Tail(0, Long.MAX_VALUE);
        for (int seq = 1; seq <= entries; seq++) {
            tail.add(entry(seq, 10));
        }
        Random random = new Random(1);
        Set<Frame> firstFrames = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Frame> laterFrames = Collections.newSetFromMap(new IdentityHashMap<>());
        long handedOut = 0;
        for (int i = 0; i < readers; i++) {
            long next = 1L + random.nextInt(entries);
            for (boolean first = true; next <= entries; first = false) {
                Frame frame = tail.block(next).frame(next);
                (first ? firstFrames : laterFrames).add(frame);
                next = frame.last() + 1;
                handedOut++;
            }
        }

        assertThat(handedOut).isGreaterThan(10L * readers);
        assertThat(laterFrames).hasSizeLessThanOrEqualTo(100); // one a block, whatever the number of readers
        assertThat(firstFrames).hasSizeLessThanOrEqualTo(entries); // at most one a position
        firstFrames.addAll(laterFrames);
        assertThat(firstFrames.size()).isLessThanOrEqualTo((int) (entries * 1.05));
    }

    @Test
    void a_tail_keeps_the_latest_within_its_bytes() {
        Tail tail = new Tail(0, 200_000);
        for (int seq = 1; seq <= 10_000; seq++) {
            tail.add(entry(seq, 100));
        }

        long weight = entry(1, 100).weightBytes();
        long kept = 0;
        for (long seq = 10_000; seq > 0 && tail.block(seq) != null; seq--) {
            kept++;
        }
        assertThat(tail.head()).isEqualTo(10_000);
        assertThat(kept * weight).isBetween(200_000L - Block.ENTRIES * weight, 200_000L + Block.ENTRIES * weight);
        assertThat(tail.block(1)).isNull();
    }

    @Test
    void plain_readers_get_one_text_a_frame_and_not_their_own() {
        Block block = Block.startingWith(new Entry(1, "u-1", "mine", new byte[2]));
        block.add(new Entry(2, "u-2", "yours", new byte[2]));

        assertThat(block.plainFrame(1, "u-1")).isNull();
        assertThat(block.plainFrame(2, "u-1").text()).isEqualTo("yours");
        assertThat(block.plainFrame(2, "u-1")).isSameAs(block.plainFrame(2, "u-3"));
    }

    private static Entry entry(long seq, int bytes) {
        return new Entry(seq, "u-1", "text", json(seq, bytes).getBytes(StandardCharsets.UTF_8));
    }

    private static String json(long seq, int bytes) {
        String number = Long.toString(seq);
        return "{" + "x".repeat(Math.max(0, bytes - 2 - number.length())) + number + "}";
    }
}
