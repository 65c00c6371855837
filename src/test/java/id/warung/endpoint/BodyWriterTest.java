package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import id.warung.kit.ManualClock;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BodyWriterTest {
    private final ManualClock clock = new ManualClock();
    private final ProgressDeadline deadline =
            new ProgressDeadline(new ProgressDeadline.Pace(Duration.ofSeconds(20), 1_000), clock);
    private final Outgoing out = new Outgoing();
    private final List<String> heard = new ArrayList<>();

    /** A connection that accepts this much. */
    private static final class Outgoing extends ServletOutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int writesLeft;
        private int largest;
        private byte[] kept = {}; // like a server without a buffer of its own
        private int flushes;

        @Override
        public boolean isReady() {
            return writesLeft > 0;
        }

        @Override
        public void write(int one) {
            throw new AssertionError("byte by byte");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            assertThat(writesLeft--)
                    .as("it writes only when that does not wait")
                    .isPositive();
            largest = Math.max(largest, length);
            kept = bytes;
            taken.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            assertThat(writesLeft--).isPositive();
            flushes++;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    private BodyWriter writing(List<byte[]> body) {
        return new BodyWriter(out, body, deadline, new BodyWriter.Ending() {
            @Override
            public void written() {
                heard.add("written");
            }

            @Override
            public void broken(Throwable reason) {
                heard.add(reason.getMessage());
            }
        });
    }

    private void takes(BodyWriter writer, int writes) throws IOException {
        out.writesLeft = writes;
        writer.onWritePossible();
    }

    @Test
    void aBodyGoesInStepsAndIsTheSame() throws IOException {
        Random random = new Random(5);
        List<byte[]> body = new ArrayList<>();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int size : new int[] {1, 0, 100_000, 16_384, 7}) {
            byte[] piece = new byte[size];
            random.nextBytes(piece);
            body.add(piece);
            whole.write(piece);
        }
        BodyWriter writer = writing(body);
        for (int turn = 0; turn < 20 && heard.isEmpty(); turn++) {
            takes(writer, 1);
        }
        takes(writer, 1);
        assertThat(heard).containsExactly("written");
        assertThat(out.taken.toByteArray()).isEqualTo(whole.toByteArray());
        assertThat(out.largest).isEqualTo(16 * 1024);
        assertThat(out.flushes).isEqualTo(1);
    }

    /** If the request were completed before, the server would wait for the rest, on a thread. */
    @Test
    void itIsNotWrittenBeforeTheFlushIsThrough() throws IOException {
        BodyWriter writer = writing(List.of(new byte[10]));
        takes(writer, 2); // the piece and the flush
        assertThat(heard).isEmpty();
        takes(writer, 1);
        assertThat(heard).containsExactly("written");
    }

    @Test
    void anEmptyBodyIsFlushedForItsHeaders() throws IOException {
        takes(writing(List.of()), 2);
        assertThat(out.flushes).isEqualTo(1);
        assertThat(heard).containsExactly("written");
    }

    @Test
    void sentBytesMoveTheDeadline() throws IOException {
        BodyWriter writer = writing(List.of(new byte[40_000]));
        takes(writer, 1);
        clock.moveMs(19_000);
        takes(writer, 1);
        clock.moveMs(20_000);
        assertThat(deadline.isOver()).isFalse();
        clock.moveMs(1);
        assertThat(deadline.isOver())
                .as("nothing was taken for longer than the grace")
                .isTrue();
    }

    @Test
    void aClientThatWasGivenUpIsCutOffWhenItReadsAgain() throws IOException {
        BodyWriter writer = writing(List.of(new byte[40_000]));
        takes(writer, 1);
        writer.giveUp();
        takes(writer, 0);
        out.writesLeft = 1;
        assertThatThrownBy(writer::onWritePossible).isInstanceOf(IOException.class);
        assertThat(out.taken.size()).isEqualTo(16 * 1024);
        writer.onError(new IOException("cut"));
        assertThat(heard).containsExactly("cut");
    }

    /** A response that was given up is outside the budget: none of it may stay in memory. */
    @Test
    void aResponseThatWasGivenUpLeavesAtMostOneStepInTheServer() throws IOException {
        byte[] large = new byte[1_000_000];
        WeakReference<byte[]> held = new WeakReference<>(large);
        BodyWriter writer = writing(List.of(large));
        large = null;
        takes(writer, 1);
        assertThat(out.kept).hasSize(16 * 1024);
        writer.giveUp();
        await().until(() -> {
            System.gc();
            return held.get() == null;
        });
        out.writesLeft = 1;
        assertThatThrownBy(writer::onWritePossible).isInstanceOf(IOException.class);
    }
}
