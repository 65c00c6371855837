package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressDeadlineTest {
    private static final ProgressDeadline.Pace PACE = new ProgressDeadline.Pace(Duration.ofSeconds(10), 500);

    private final ManualClock clock = new ManualClock();

    @Test
    void aClientThatSendsNothingHasTheGraceAndNoMore() {
        ProgressDeadline deadline = new ProgressDeadline(PACE, clock);
        clock.moveMs(10_000);
        assertThat(deadline.isOver()).isFalse();
        clock.moveMs(1);
        assertThat(deadline.isOver()).isTrue();
    }

    /** When the deadline passes for a client that sends this many bytes at this interval, and when all bytes have arrived. */
    @ParameterizedTest
    @CsvSource({
        "1, 1000, 4000, 10021", // a byte a second: each adds two milliseconds
        "1, 1, 4000, -1", // in single bytes, but quickly
        "1000, 1000, 4000, -1", // a slow mobile line
        "600, 1000, 65536, -1", // slower, and much data
        "400, 1000, 65536, 46801", // too slow for so much
        "4000, 9000, 4000, -1", // nothing for nine seconds, then everything
        "100, 15000, 4000, 10001", // nothing for too long
    })
    void aClientThatMakesProgressHasTimeAndOneThatDripsHasNot(int bytes, int everyMs, int size, int overAtMs) {
        ProgressDeadline deadline = new ProgressDeadline(PACE, clock);
        int sent = 0;
        int ms = 0;
        while (sent < size && !deadline.isOver()) {
            clock.moveMs(1);
            ms++;
            if (ms % everyMs == 0) {
                deadline.moved(bytes);
                sent += bytes;
            }
        }
        assertThat(sent < size ? ms : -1).isEqualTo(overAtMs);
    }
}
