package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.ManualClock;
import id.warung.session.InputBudget;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
    private static final int MAX_BYTES = 10;

    private final ManualClock clock = new ManualClock();
    private final ProgressDeadline deadline =
            new ProgressDeadline(new ProgressDeadline.Pace(Duration.ofSeconds(10), 1), clock);
    private final Incoming in = new Incoming();
    private final List<String> heard = new ArrayList<>();
    private final InputBudget budget = new InputBudget(256 * 1024, 16 * 1024);
    private final InputBudget.Share others = budget.of("somebody");
    private final BodyReader reader = reading(MAX_BYTES);

    private BodyReader reading(int maxBytes) {
        return new BodyReader(in, maxBytes, budget.of("somebody"), deadline, receiver());
    }

    private BodyReader.Receiver receiver() {
        return new BodyReader.Receiver() {
            @Override
            public void received(byte[] body) {
                heard.add(new String(body, StandardCharsets.UTF_8));
            }

            @Override
            public void tooLarge() {
                heard.add("too large");
            }

            @Override
            public void busy() {
                heard.add("busy");
            }

            @Override
            public void broken(Throwable reason) {
                heard.add(reason.getMessage());
            }
        };
    }

    /** A body that has arrived up to here. */
    private static final class Incoming extends ServletInputStream {
        private int left;

        @Override
        public boolean isReady() {
            return left > 0;
        }

        @Override
        public int read() {
            left--;
            return 'x';
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            assertThat(left).as("it reads only what is there").isPositive();
            int count = Math.min(left, length);
            for (int i = 0; i < count; i++) {
                into[offset + i] = (byte) read();
            }
            return count;
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    private void comes(int bytes) throws IOException {
        comes(reader, bytes);
    }

    private void comes(BodyReader to, int bytes) throws IOException {
        in.left = bytes;
        to.onDataAvailable();
    }

    @Test
    void aBodyInPiecesIsOneBody() throws IOException {
        comes(1);
        comes(3);
        comes(6);
        assertThat(heard).isEmpty();
        assertThat(reader.isComplete()).isFalse();
        reader.onAllDataRead();
        assertThat(heard).containsExactly("x".repeat(10));
        assertThat(reader.isComplete()).isTrue();
    }

    @Test
    void nothingIsABodyToo() {
        reader.onAllDataRead();
        assertThat(heard).containsExactly("");
    }

    @Test
    void oneByteTooManyIsTooLargeAndTheRestIsTakenFirst() throws IOException {
        comes(10);
        comes(1);
        comes(500_000);
        assertThat(heard).isEmpty();
        reader.onAllDataRead();
        assertThat(heard).containsExactly("too large");
    }

    @Test
    void aBodyThatIsFarTooLargeIsRefusedAtOnce() throws IOException {
        comes(1_024 * 1_024 + MAX_BYTES + 4_096);
        assertThat(heard).containsExactly("too large");
        assertThat(reader.isComplete()).as("so the connection is closed").isFalse();
        comes(10);
        reader.onAllDataRead();
        assertThat(heard).hasSize(1);
    }

    @Test
    void receivedBytesMoveTheDeadline() throws IOException {
        clock.moveMs(9_000);
        comes(5);
        clock.moveMs(5_000);
        assertThat(deadline.isOver()).isFalse();
        clock.moveMs(1_001);
        assertThat(deadline.isOver()).isTrue();
    }

    @Test
    void aBrokenConnectionIsTold() throws IOException {
        comes(5);
        reader.onError(new IOException("reset"));
        assertThat(heard).containsExactly("reset");
    }

    @Test
    void aBodyTakesFromTheBudgetAsItComesAndGivesAllBackHoweverItEnds() throws IOException {
        for (Ending ending : Ending.values()) {
            heard.clear();
            BodyReader body = reading(10_000);
            assertThat(budget.usedBytes()).as("before anything has come").isZero();
            for (int seen = 1_500; seen <= 9_000; seen += 1_500) {
                comes(body, 1_500);
                assertThat(budget.usedBytes()).as(ending + ": what it keeps").isBetween((long) seen, 10_001L);
            }
            switch (ending) {
                case COMPLETE -> body.onAllDataRead();
                case TOO_LARGE -> comes(body, 2_000);
                case BROKEN -> body.onError(new IOException("reset"));
                case CLOSED -> body.close(); // it came too late, or its client has gone
            }
            assertThat(budget.usedBytes()).as("after " + ending).isZero();
            comes(body, 500);
            body.onAllDataRead();
            body.close();
            assertThat(budget.usedBytes()).as("whatever comes after " + ending).isZero();
            assertThat(heard)
                    .as(ending.name())
                    .isEqualTo(
                            switch (ending) {
                                case COMPLETE -> List.of("x".repeat(9_000));
                                case TOO_LARGE -> List.of("too large");
                                case BROKEN -> List.of("reset");
                                case CLOSED -> List.of();
                            });
        }
    }

    private enum Ending {
        COMPLETE,
        TOO_LARGE,
        BROKEN,
        CLOSED
    }

    /** One address may use an eighth. A request for which there is no room keeps nothing, and is told when its body is over. */
    @Test
    void manyBodiesOfOneAddressKeepNoMoreThanItsShareAndTheRestIsBusy() throws IOException {
        List<BodyReader> bodies = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            BodyReader body = reading(16 * 1024);
            comes(body, 10_000);
            bodies.add(body);
            assertThat(budget.usedBytes()).isLessThanOrEqualTo(2 * 16 * 1024 + 1_024);
        }
        assertThat(budget.of("another").take(30_000)).as("others find room").isTrue();
        budget.of("another").giveBack(30_000);
        for (BodyReader body : bodies) {
            comes(body, 100);
            body.onAllDataRead();
        }
        assertThat(heard).contains("x".repeat(10_100)).contains("busy");
        assertThat(heard).hasSize(20);
        assertThat(budget.usedBytes()).isZero();
        assertThat(others.take(32 * 1024)).as("the share is free again").isTrue();
    }
}
