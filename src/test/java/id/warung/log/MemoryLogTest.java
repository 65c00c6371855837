package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.memory.MemoryLog;
import id.warung.protocol.Command;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLogTest extends MessageLogContract {
    private static final long PLENTY = Long.MAX_VALUE;

    @Override
    protected MessageLog open() {
        return new MemoryLog(codec, clock, 10_000, PLENTY, (room, first) -> {});
    }

    private MemoryLog keeping(int entries) {
        return new MemoryLog(codec, clock, entries, PLENTY, (room, first) -> {});
    }

    private static void say(MemoryLog log, int from, int to) throws IOException {
        for (int n = from; n <= to; n++) {
            append(log, Posted.by("ana", "lobby", "c-" + n, "text " + n));
        }
    }

    @Test
    void keepsTheLatestEntriesAndSaysWhereTheyBegin() throws IOException {
        MemoryLog log = keeping(100);
        say(log, 1, 126);

        MessageLog.Page page = log.read("lobby", 0, 10);

        assertThat(page.first()).isEqualTo(27);
        assertThat(seqs(page)).startsWith(27L).hasSize(10);
        assertThat(log.state("lobby").head().seq()).isEqualTo(126);
    }

    @Test
    void trimsNothingUntilAQuarterIsTooMuch() throws IOException {
        MemoryLog log = keeping(100);
        say(log, 1, 125);

        assertThat(log.read("lobby", 0, 1).first()).isEqualTo(1);
    }

    /** The entry of the deletion pushes out the deleted message. */
    @Test
    void aMessagePushedOutByItsDeletionIsDeleted() throws IOException {
        MemoryLog log = keeping(4);
        say(log, 1, 2);
        append(log, Posted.of("ana", new Command.Edit("lobby", null, 1, "edited")));
        say(log, 4, 5);

        assertThat(append(log, Posted.of("ana", new Command.Delete("lobby", "c-9", 1))))
                .containsExactly("6");
        assertThat(seqs(log.read("lobby", 0, 10))).containsExactly(3L, 4L, 5L, 6L);
        assertThat(append(log, Posted.of("ana", new Command.Delete("lobby", "c-9", 1)), Posted.saying("lobby", "on")))
                .containsExactly("again 6", "7");
    }

    @Test
    void countsOnAfterTrimming() throws IOException {
        MemoryLog log = keeping(4);
        say(log, 1, 1_000);

        assertThat(append(log, Posted.saying("lobby", "next"))).containsExactly("1001");
        assertThat(log.read("lobby", 999, 10).first()).isGreaterThan(990);
        assertThat(seqs(log.read("lobby", 999, 10))).containsExactly(1000L, 1001L);
    }

    @Test
    void remembersAnIdAsLongAsItsEntry() throws IOException {
        MemoryLog log = keeping(100);
        say(log, 1, 126);

        assertThat(append(log, Posted.by("ana", "lobby", "c-27", "text 27"))).containsExactly("again 27");
        assertThat(append(log, Posted.by("ana", "lobby", "c-26", "text 26"))).containsExactly("127");
    }

    @Test
    void aRoomThatIsOpenedAgainBeginsANewEpoch() throws IOException {
        MemoryLog log = keeping(4);
        say(log, 1, 3);
        Position before = log.state("lobby").head();
        log.roomClosed("lobby");

        assertThat(log.state("lobby").head().seq()).isZero();
        assertThat(log.state("lobby").head().epoch()).startsWith("e-").isNotEqualTo(before.epoch());
    }

    @Test
    void anEpochStaysAsLongAsItsRoom() throws IOException {
        MemoryLog log = keeping(4);
        String epoch = log.state("lobby").head().epoch();
        say(log, 1, 30);
        log.roomClosed("kitchen");

        assertThat(log.state("lobby").head().epoch()).isEqualTo(epoch);
    }

    /** Reading pages of nonexistent rooms must not fill the memory. */
    @Test
    void readingMakesNoRoom() throws IOException {
        MemoryLog log = keeping(4);
        Position nowhere = log.read("one", 0, 10).head();

        assertThat(nowhere.seq()).isZero();
        assertThat(log.read("two", 0, 10).head()).isEqualTo(nowhere);
        assertThat(log.readBefore("three", 10, 10).head()).isEqualTo(nowhere);
        assertThat(log.state("one").head().epoch()).isNotEqualTo(nowhere.epoch());
        assertThat(log.read("one", 0, 10).head()).isEqualTo(log.state("one").head());
    }

    @Test
    void trimmedEntriesAreNotReadBackwardsEither() throws IOException {
        MemoryLog log = keeping(4);
        say(log, 1, 6); // the two oldest are dropped

        assertThat(seqs(log.readBefore("lobby", 5, 10))).containsExactly(3L, 4L);
        assertThat(seqs(log.readBefore("lobby", 3, 10))).isEmpty();
    }

    @Test
    void theEntrySaysWhatGoesOverTheWire() throws IOException {
        MemoryLog log = keeping(4);
        append(log, Posted.by("ana", "lobby", "c-7", "hi"));

        assertThat(json(log.read("lobby", 0, 1).entries().get(0)))
                .isEqualTo(
                        "{\"type\":\"message\",\"room\":\"lobby\",\"seq\":1,\"n\":1,\"at\":\"2026-11-23T19:31:32.123Z\","
                                + "\"from\":{\"id\":\"u-ana\",\"name\":\"ana\"},\"id\":\"c-7\",\"text\":\"hi\"}");
    }

    @Test
    void allRoomsTogetherKeepSoManyBytesAndTheLargestGiveWay() throws IOException {
        List<String> told = new ArrayList<>();
        MemoryLog log = new MemoryLog(codec, clock, 10_000, 1_000_000, (room, first) -> told.add(room + " " + first));
        append(log, Posted.saying("small", "kept"));
        String text = "x".repeat(10_000);
        for (int n = 0; n < 300; n++) {
            append(log, Posted.saying("large-" + n % 3, text));
        }
        long kept = 0;
        for (int n = 0; n < 3; n++) {
            MessageLog.Page page = log.read("large-" + n, 0, 1_000);
            kept += page.entries().size();
            assertThat(page.entries()).isNotEmpty();
            assertThat(told).contains("large-" + n + " " + page.first());
        }
        assertThat(kept * 10_000).isBetween(500_000L, 1_000_000L);
        assertThat(texts(log, "small")).containsExactly("kept");
        for (int n = 0; n < 3; n++) {
            log.roomClosed("large-" + n); // gives its bytes back
        }
        for (int n = 0; n < 90; n++) {
            append(log, Posted.saying("next", text));
        }
        assertThat(log.read("next", 0, 1).first()).isEqualTo(1);
    }

    @Test
    void entriesThatAreTooOldOrTooManyAreTrimmedHereToo() throws IOException {
        List<String> told = new ArrayList<>();
        Instant[] now = {clock.instant()};
        Clock moving = new Clock() {
            @Override
            public ZoneId getZone() {
                return clock.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        MemoryLog log = new MemoryLog(codec, moving, 10_000, PLENTY, (room, first) -> told.add(room + " " + first));
        append(log, Posted.saying("a", "old"), Posted.saying("a", "deleted"), Posted.saying("b", "old"));
        append(log, Posted.of("ana", new Command.Delete("a", null, 2)));
        now[0] = now[0].plus(Duration.ofDays(2));
        append(log, Posted.saying("a", "new"), Posted.saying("b", "new"), Posted.saying("b", "newer"));

        log.trim(room ->
                room.equals("a") ? new RetentionPolicy(Duration.ofDays(1), 0) : new RetentionPolicy(Duration.ZERO, 1));

        assertThat(seqs(log.read("a", 0, 10))).containsExactly(4L);
        assertThat(seqs(log.read("b", 0, 10))).containsExactly(3L);
        assertThat(told).containsExactlyInAnyOrder("a 4", "b 3");
    }
}
