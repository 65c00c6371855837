package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.drill.Ledger.Post;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Drills are only as good as their checker. */
class LedgerTest {
    private static final Post A = new Post("r", "a", "first");
    private static final Post B = new Post("r", "b", "second");

    private final Ledger ledger = new Ledger();
    private final Reading reading = new Reading("reader");

    LedgerTest() {
        ledger.sent(A);
        ledger.sent(B);
        reading.begin("r", "e", 0);
    }

    private static Seen seen(long seq, Post post) {
        return new Seen(seq, post.id(), post.text().hashCode(), 31 * (int) seq + post.hashCode());
    }

    private List<String> faults(Seen... kept) {
        return ledger.faults(Map.of("r", new RoomLog("r", "e", 1, List.of(kept))), List.of(reading));
    }

    @Test
    void keptPromisesAreNoFaults() {
        ledger.acked("a", 1);
        ledger.acked("a", 1);
        ledger.acked("b", 2);
        reading.apply("r", seen(1, A));
        reading.apply("r", seen(2, B));
        assertThat(faults(seen(1, A), seen(2, B))).isEmpty();
    }

    @Test
    void anUnansweredPostMayBeThereOrNot() {
        ledger.acked("a", 1);
        assertThat(faults(seen(1, A))).isEmpty();
        assertThat(faults(seen(1, A), seen(2, B))).isEmpty();
    }

    @Test
    void anAcknowledgedPostThatIsGoneIsLost() {
        ledger.acked("b", 2);
        assertThat(faults(seen(1, A))).singleElement().asString().startsWith("LOST: b");
        assertThat(faults(seen(1, B))).singleElement().asString().startsWith("LOST: b");
    }

    @Test
    void twoAnswersThatDifferAreAFault() {
        ledger.acked("a", 1);
        ledger.acked("a", 2);
        assertThat(faults(seen(1, A))).containsExactly("a was acknowledged at 1 and at 2");
    }

    @Test
    void oneIdTwiceIsDoubled() {
        assertThat(faults(seen(1, A), seen(2, A))).singleElement().asString().startsWith("DOUBLED");
    }

    @Test
    void aSeqThatIsLeftOutIsAHole() {
        assertThat(faults(seen(1, A), seen(3, B))).singleElement().asString().startsWith("HOLE");
    }

    @Test
    void anEntryThatNobodyPostedIsForeign() {
        assertThat(faults(seen(1, new Post("r", "a", "otherwise"))))
                .singleElement()
                .asString()
                .startsWith("FOREIGN");
        assertThat(faults(seen(1, new Post("r", "x", "x"))))
                .singleElement()
                .asString()
                .startsWith("FOREIGN");
    }

    @Test
    void anEntryThatAReaderSawMustBeThereAfterwards() {
        reading.apply("r", seen(1, A));
        reading.apply("r", seen(2, B));
        assertThat(faults(seen(1, A))).singleElement().asString().startsWith("reader saw");
        assertThat(faults(seen(1, B), seen(2, A))).hasSize(2);
    }

    @Test
    void anEntrySeenInAnotherEpochIsNoPromise() {
        reading.apply("r", seen(1, A));
        RoomLog restored = new RoomLog("r", "e-2", 1, List.of());
        assertThat(ledger.faults(Map.of("r", restored), List.of(reading))).isEmpty();
    }

    @Test
    void aReaderNoticesWhatComesTwiceOrOutOfOrderOrLeavesSomethingOut() {
        reading.apply("r", seen(2, B));
        reading.apply("r", seen(1, A));
        reading.apply("r", seen(2, B));
        assertThat(reading.faults(Map.of())).hasSize(3);
    }

    @Test
    void aGapIsSaidBeforeItIsSkipped() {
        reading.gap("r", 1, 4);
        reading.apply("r", seen(5, A));
        assertThat(reading.faults(Map.of())).isEmpty();
        reading.gap("r", 7, 9);
        assertThat(reading.faults(Map.of())).hasSize(1);
    }

    @Test
    void aTrimmedEntryIsNotLost() {
        ledger.acked("a", 1);
        reading.apply("r", seen(1, A));
        RoomLog trimmed = new RoomLog("r", "e", 2, List.of(seen(2, B)));
        assertThat(ledger.faults(Map.of("r", trimmed), List.of(reading))).isEmpty();
    }
}
