package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.kit.ManualExecutor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadQueueTest {
    private final ManualExecutor executor = new ManualExecutor();
    private final ReadQueue queue = new ReadQueue(executor, 2);
    private final List<String> done = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    private boolean offer(String limitKey, String read) {
        return queue.offer(limitKey, () -> done.add(read), () -> refused.add(read));
    }

    @Test
    void addressesTakeTurnsHoweverMuchOneOfThemWants() {
        for (int i = 1; i <= 5; i++) {
            offer("greedy", "greedy " + i);
        }
        offer("modest", "modest");
        offer(null, "unknown");
        executor.runAll();

        assertThat(done)
                .containsExactly("greedy 1", "modest", "unknown", "greedy 2", "greedy 3", "greedy 4", "greedy 5");
    }

    @Test
    void othersWhoUseTheThreadsComeInBetween() {
        for (int i = 1; i <= 6; i++) {
            offer("somebody", "read " + i);
        }
        executor.execute(() -> done.add("chat"));
        executor.runAll();

        assertThat(done.indexOf("chat")).as("after as many as read at a time").isEqualTo(2);
        assertThat(done).hasSize(7);
    }

    @Test
    void anAddressAndAllTogetherHaveSoManyWaiting() {
        int ofOne = 0;
        while (offer("one", "read")) {
            ofOne++;
        }
        assertThat(ofOne).isEqualTo(64);
        assertThat(offer("another", "read")).isTrue();

        int ofAll = ofOne + 1;
        while (ofAll < 1_024) {
            assertThat(offer("address " + ofAll, "read")).isTrue();
            ofAll++;
        }
        assertThat(offer("another", "one more")).as("who has something waiting").isFalse();
        executor.runAll();
        assertThat(done).hasSize(1_024);
        assertThat(refused).isEmpty();
        assertThat(offer("one", "again")).isTrue();
    }

    @Test
    void aNewClientReplacesTheLastReadOfTheClientWithTheMost() {
        for (int i = 0; i < 1_024; i++) {
            assertThat(offer("address " + i % 20, i % 20 + " " + i / 20)).isTrue();
        }
        assertThat(offer("newcomer", "new")).isTrue();
        assertThat(offer("unlike address 0", "new too")).isTrue();
        assertThat(refused).hasSize(2).doesNotHaveDuplicates().allMatch(read -> read.endsWith(" 51"));

        executor.runAll();
        assertThat(done).hasSize(1_024).contains("new", "new too").doesNotContainAnyElementsOf(refused);
        assertThat(done.indexOf("new")).as("its turn is not the last").isEqualTo(20);
    }

    @Test
    void whereNobodyHasMoreThanOneWaitingThereIsNoPlaceToTake() {
        for (int i = 0; i < 1_024; i++) {
            assertThat(offer("address " + i, "read")).isTrue();
        }
        assertThat(offer("newcomer", "new")).isFalse();
        executor.runAll();
        assertThat(done).hasSize(1_024).doesNotContain("new");
        assertThat(refused).isEmpty();
    }

    @Test
    void aReadThatFailsHoldsNoneUp() {
        queue.offer(
                "one",
                () -> {
                    throw new IllegalStateException("a bug");
                },
                () -> {});
        offer("one", "the next");
        offer("two", "and the next");

        assertThatThrownBy(executor::runAll).hasMessage("a bug");
        executor.runAll();
        assertThat(done).containsExactlyInAnyOrder("the next", "and the next");
    }
}
