package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.ManualExecutor;
import id.warung.log.Committer;
import id.warung.log.Draft;
import id.warung.log.MemoryLog;
import id.warung.log.Outcome;
import id.warung.protocol.Codec;
import id.warung.protocol.User;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RoomTest {
    private static final User ANA = new User("u-1", "Ana");
    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");
    private static final Pattern GAP = Pattern.compile("\"type\":\"gap\".*?\"from\":(\\d+),\"to\":(\\d+)");

    private final ManualExecutor executor = new ManualExecutor();
    private final Codec codec = new Codec(4000);

    @Test
    void everybody_reads_what_was_posted_in_the_same_frame() {
        Room room = room(100_000, 1 << 20, 10_000);
        Cursor one = new Cursor(room, 0);
        Cursor two = new Cursor(room, 0);

        post(room, 3);

        assertThat(one.seqs).containsExactly(1L, 2L, 3L);
        assertThat(two.frames).isEqualTo(one.frames);
    }

    @Test
    void a_cursor_that_has_ended_hears_of_nothing() {
        Room room = room(100_000, 1 << 20, 10_000);
        Cursor cursor = new Cursor(room, 0);
        post(room, 1);
        cursor.subscription.end();

        post(room, 1);

        assertThat(cursor.seqs).containsExactly(1L);
    }

    @Test
    void who_is_too_far_behind_is_told_of_a_gap_and_goes_on_from_a_block_edge() {
        Room room = room(100_000, 0, 256);
        post(room, 1000);

        Cursor late = new Cursor(room, 10);
        executor.runAll();
        late.read();
        executor.runAll();

        assertThat(late.gaps).containsExactly("11-704");
        assertThat(late.seqs).startsWith(705L).endsWith(1000L).hasSize(296);
    }

    @Test
    void a_room_that_somebody_reads_or_writes_to_is_not_closed() {
        Room room = room(100_000, 1 << 20, 10_000);
        Cursor cursor = new Cursor(room, 0);
        assertThat(room.closeIfIdle()).isFalse();

        room.post(ANA, null, "on its way", new Heard());
        cursor.subscription.end();
        assertThat(room.closeIfIdle()).isFalse();
        executor.runAll();

        assertThat(room.closeIfIdle()).isTrue();
        assertThat(room.post(ANA, null, "too late", new Heard())).isFalse();
        assertThat(room.subscribe(cursor, 0, null)).isNull();
    }

    /** Joins, posts and reads in any order, on a tail and a log of any size: a cursor has the log, or says what it lacks. */
    @Property(tries = 300)
    void whatever_happens_a_cursor_has_the_log_without_a_silent_hole(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 200) Integer> steps,
            @ForAll @IntRange(min = 0, max = 60_000) int tailBytes,
            @ForAll @IntRange(min = 64, max = 2_000) int keptEntries) {
        Room room = room(keptEntries, tailBytes, 10_000);
        List<Cursor> cursors = new ArrayList<>();
        for (int step : steps) {
            if (step % 3 == 0) {
                cursors.add(new Cursor(room, Math.max(0, room.head() - step)));
            } else if (step % 3 == 1) {
                post(room, step);
            } else {
                executor.runRound();
            }
        }
        post(room, 1);
        executor.runAll();

        for (Cursor cursor : cursors) {
            assertThat(cursor.covered).isEqualTo(room.head());
        }
    }

    private Room room(int keptEntries, long tailBytes, long maxLag) {
        MemoryLog log = new MemoryLog(codec, Clock.systemUTC(), keptEntries);
        Committer committer = new Committer(log, 1 << 30, executor);
        return new Room(
                "lobby",
                log.head("lobby"),
                new Room.Parts(log, committer, codec, executor, executor, tailBytes, maxLag));
    }

    private void post(Room room, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(room.post(ANA, null, "hi", new Heard())).isTrue();
        }
        executor.runAll();
    }

    private static final class Heard implements Draft.Receipt {
        @Override
        public void settled(Outcome outcome) {
            assertThat(outcome).isInstanceOf(Outcome.Committed.class);
        }

        @Override
        public void groupSettled() {
            // nothing to do
        }
    }

    /** A reader that takes each frame at once, and checks that nothing is missing that it was not told of. */
    private final class Cursor implements Reader {
        private final Subscription subscription;
        private final List<Frame> frames = new ArrayList<>();
        private final List<Long> seqs = new ArrayList<>();
        private final List<String> gaps = new ArrayList<>();
        private long covered;

        Cursor(Room room, long after) {
            covered = after;
            subscription = room.subscribe(this, after, null);
            wake();
        }

        @Override
        public void drive() {
            read();
        }

        @Override
        public void wake() {
            executor.execute(this::read);
        }

        void read() {
            for (Frame frame = subscription.next(); frame != null; frame = subscription.next()) {
                frames.add(frame);
                Matcher gap = GAP.matcher(frame.text());
                if (gap.find()) {
                    assertThat(Long.parseLong(gap.group(1))).isEqualTo(covered + 1);
                    covered = Long.parseLong(gap.group(2));
                    gaps.add(gap.group(1) + "-" + gap.group(2));
                }
                Matcher seq = SEQ.matcher(frame.text());
                while (seq.find()) {
                    long found = Long.parseLong(seq.group(1));
                    assertThat(found).isEqualTo(covered + 1);
                    covered = found;
                    seqs.add(found);
                }
            }
        }
    }
}
