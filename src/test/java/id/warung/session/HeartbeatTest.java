package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private final SessionSettings settings =
            new SessionSettings(25_000, 10_000, 10_000, 10_000, 65_536, 4_000, 128, 0, 1_000_000);
    private final Heartbeat heartbeat = new Heartbeat(settings, at(0));

    /** A moment, in ms from the start, on a clock that overflows after five seconds. */
    private static long at(long millis) {
        return Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5) + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void aPingIsDueAtEachInterval() {
        assertThat(heartbeat.isDue(at(24_999))).isFalse();
        assertThat(heartbeat.isDue(at(25_000))).isTrue();

        assertThat(heartbeat.ping(at(26_000))).isEqualTo(1);
        assertThat(heartbeat.isDue(at(50_999))).isFalse();
        assertThat(heartbeat.isDue(at(51_000))).isTrue();
        assertThat(heartbeat.ping(at(51_000))).isEqualTo(2);
    }

    @Test
    void silenceAloneIsNoSignOfDeath() {
        assertThat(heartbeat.isLost(at(1_000_000))).isFalse();
    }

    @Test
    void aPingWithoutAnAnswerIs() {
        heartbeat.ping(at(0));

        assertThat(heartbeat.isLost(at(9_999))).isFalse();
        assertThat(heartbeat.isLost(at(10_000))).isTrue();
    }

    @Test
    void aClientThatAnswersIsAlive() {
        heartbeat.ping(at(0));
        heartbeat.pong(1, at(9_000));

        assertThat(heartbeat.isLost(at(1_000_000))).isFalse();
    }

    @Test
    void aClientThatSendsAnythingIsAliveForAnotherWhile() {
        heartbeat.ping(at(0));
        heartbeat.heard(at(9_000));
        assertThat(heartbeat.isLost(at(18_999))).isFalse();
        assertThat(heartbeat.isLost(at(19_000))).isTrue();
    }

    @Test
    void aMessageBeforeThePingIsNoAnswer() {
        heartbeat.heard(at(24_999));
        heartbeat.ping(at(25_000));

        assertThat(heartbeat.isLost(at(34_999))).isFalse();
        assertThat(heartbeat.isLost(at(35_000))).isTrue();
    }

    @Test
    void anAnswerCountsForAllEarlierPings() {
        heartbeat.ping(at(0));
        heartbeat.ping(at(1_000));
        heartbeat.pong(2, at(2_000));

        assertThat(heartbeat.isLost(at(100_000))).isFalse();
    }

    @Test
    void anAnswerToThePingBeforeGivesTheNextItsTime() {
        heartbeat.ping(at(0));
        heartbeat.ping(at(5_000));
        heartbeat.pong(1, at(6_000));

        assertThat(heartbeat.isLost(at(15_999))).isFalse();
        assertThat(heartbeat.isLost(at(16_000))).isTrue();
    }

    @Test
    void anAnswerToWhatWasNeverAskedProvesNothing() {
        heartbeat.beforeSend(2 * MIB);
        heartbeat.ping(at(0));
        heartbeat.pong(0, at(1));
        heartbeat.pong(2, at(1));
        heartbeat.pong(-1, at(1));
        heartbeat.pong(Long.MAX_VALUE, at(1));
        assertThat(heartbeat.hasUnprovenBacklog()).isTrue();

        heartbeat.pong(1, at(2));
        assertThat(heartbeat.hasUnprovenBacklog()).isFalse();
    }

    @Test
    void aPingIsDueAfterEachQuarterMebibyte() {
        assertThat(heartbeat.beforeSend(256 * KIB - 1)).isFalse();
        assertThat(heartbeat.beforeSend(1)).isTrue();
        heartbeat.ping(at(0));
        assertThat(heartbeat.beforeSend(256 * KIB - 1)).isFalse();
        assertThat(heartbeat.beforeSend(1)).isTrue();
    }

    @Test
    void anAnswerProvesWhatWasHandedOverBeforeItsPingAndNoMore() {
        heartbeat.beforeSend(MIB);
        heartbeat.ping(at(0));
        heartbeat.beforeSend(MIB);
        assertThat(heartbeat.hasUnprovenBacklog()).isTrue();
        heartbeat.pong(1, at(1));
        assertThat(heartbeat.hasUnprovenBacklog()).isFalse();

        heartbeat.beforeSend(MIB);
        assertThat(heartbeat.hasUnprovenBacklog()).isTrue();
    }

    @Test
    void aClientThatSendsButNeverReadsIsLost() {
        heartbeat.beforeSend(2 * MIB);
        heartbeat.ping(at(0));
        heartbeat.heard(at(9_999));

        assertThat(heartbeat.isLost(at(9_999))).isFalse();
        assertThat(heartbeat.isLost(at(10_000))).isTrue();
    }
}
