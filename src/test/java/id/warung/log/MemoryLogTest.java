package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MemoryLogTest extends MessageLogContract {
    @Override
    protected MessageLog open() {
        return new MemoryLog(codec, clock, 10_000);
    }

    private MemoryLog keeping(int entries) {
        return new MemoryLog(codec, clock, entries);
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

    /** Whoever reads pages of rooms that are not there must not fill the memory with them. */
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
    void whatIsTrimmedIsNotBeforeEither() throws IOException {
        MemoryLog log = keeping(4);
        say(log, 1, 6); // the two oldest go

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
}
