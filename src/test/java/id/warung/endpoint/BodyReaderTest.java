package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.ManualClock;
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
    private final BodyReader reader = new BodyReader(in, MAX_BYTES, deadline, new BodyReader.Receiver() {
        @Override
        public void received(byte[] body) {
            heard.add(new String(body, StandardCharsets.UTF_8));
        }

        @Override
        public void tooLarge() {
            heard.add("too large");
        }

        @Override
        public void broken(Throwable reason) {
            heard.add(reason.getMessage());
        }
    });

    /** A body that has come so far. */
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
        in.left = bytes;
        reader.onDataAvailable();
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
    void whatIsFarTooLargeIsRefusedAtOnce() throws IOException {
        comes(1_024 * 1_024 + MAX_BYTES + 4_096);
        assertThat(heard).containsExactly("too large");
        assertThat(reader.isComplete()).as("so the connection is closed").isFalse();
        comes(10);
        reader.onAllDataRead();
        assertThat(heard).hasSize(1);
    }

    @Test
    void whatComesMovesTheDeadline() throws IOException {
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
}
