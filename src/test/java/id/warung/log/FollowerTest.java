package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class FollowerTest {
    private final Follower follower = new Follower();
    private final Deque<Boolean> answers = new ArrayDeque<>(); // of the work: whether there is more
    private int done;
    private final Job.Work work = follower.whenNotified(() -> {
        done++;
        return answers.remove();
    });

    @Test
    void nothingIsReadWhileNothingIsWritten() throws IOException {
        answers.add(false);
        assertThat(work.runSlice()).isFalse();
        assertThat(work.runSlice()).isFalse();
        assertThat(done).as("what is of before the start is looked for once").isEqualTo(1);
    }

    @Test
    void entriesCommittedDuringARunCauseAnotherRun() throws IOException {
        Job.Work interrupted = follower.whenNotified(() -> {
            if (done++ == 0) {
                follower.onCommitted(new CommittedEntry("lobby", null, 1, null, false));
            }
            return false;
        });
        interrupted.runSlice();
        interrupted.runSlice();
        interrupted.runSlice();
        assertThat(done).isEqualTo(2);
    }

    @Test
    void itGoesOnWhileThereIsMoreAndWhenItIsWoken() throws IOException {
        answers.add(true);
        answers.add(false);
        answers.add(false);
        assertThat(work.runSlice()).isTrue();
        assertThat(work.runSlice()).isFalse();
        follower.wake();
        assertThat(work.runSlice()).isFalse();
        assertThat(done).isEqualTo(3);
    }

    @Test
    void failedWorkIsTriedAgain() throws IOException {
        Job.Work failing = follower.whenNotified(() -> {
            if (done++ == 0) {
                throw new IOException("scripted");
            }
            return false;
        });
        assertThatThrownBy(failing::runSlice).isInstanceOf(IOException.class);
        failing.runSlice();
        assertThat(done).isEqualTo(2);
    }
}
