package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a container gets of a frame. */
class FrameTest {
    static Stream<Frame> frames() {
        return Stream.of(
                Frame.ofEntries(7, "[{\"text\":\"soto\"}]".getBytes(StandardCharsets.UTF_8)),
                Frame.ofReplies("[{\"text\":\"soto\"}]".getBytes(StandardCharsets.UTF_8)),
                Frame.ofPlainText(7, "[{\"text\":\"soto\"}]"));
    }

    /** Some servers send the array of the buffer, and throw where there is none. */
    @ParameterizedTest
    @MethodSource("frames")
    void theBytesHaveAnArray(Frame frame) {
        ByteBuffer bytes = frame.bytes();

        assertThat(bytes.hasArray()).isTrue();
        assertThat(new String(bytes.array(), bytes.arrayOffset(), bytes.remaining(), StandardCharsets.UTF_8))
                .isEqualTo(frame.text());
    }

    /** Sending moves the position of the buffer, and other readers get the same frame. */
    @ParameterizedTest
    @MethodSource("frames")
    void aSendLeavesTheFrameAsItIs(Frame frame) {
        ByteBuffer sent = frame.bytes();
        sent.position(sent.limit());

        assertThat(frame.bytes().remaining()).isEqualTo(frame.sizeBytes()).isPositive();
    }
}
