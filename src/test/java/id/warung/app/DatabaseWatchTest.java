package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.kit.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseWatchTest {
    private final ManualClock clock = new ManualClock();
    private final List<String> happened = new ArrayList<>();
    private final Logged log = Logged.by(DatabaseWatch.class);
    private String failure; // null: it is there

    private final DatabaseWatch watch = new DatabaseWatch(
            new DatabaseWatch.Database() {
                @Override
                public void open() throws IOException {
                    if (failure == null) {
                        happened.add("open");
                    }
                    check();
                }

                @Override
                public void check() throws IOException {
                    if (failure != null) {
                        throw new IOException(failure);
                    }
                }
            },
            new DatabaseWatch.Node() {
                @Override
                public void opened() {
                    happened.add("opened");
                }

                @Override
                public void clientsShouldLeave() {
                    happened.add("leave");
                }

                @Override
                public void clientsMayStay() {
                    happened.add("stay");
                }
            },
            clock);

    @AfterEach
    void close() {
        log.close();
    }

    private void passSeconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            watch.runSlice();
            clock.moveMs(1_000);
        }
    }

    @Test
    void aDatabaseThatIsThereIsOpenedOnce() {
        passSeconds(5);

        assertThat(happened).containsExactly("open", "opened");
        assertThat(watch.trouble()).isNull();
    }

    @Test
    void aDatabaseThatIsAwayAtTheStartIsWaitedForAndNobodyIsAskedToLeave() {
        failure = "The database cannot be reached.";
        passSeconds(60);
        assertThat(happened).isEmpty();
        assertThat(watch.trouble()).isEqualTo(failure);
        failure = null;
        passSeconds(2);

        assertThat(happened).containsExactly("open", "opened");
        assertThat(watch.trouble()).isNull();
    }

    @Test
    void clientsAreAskedToLeaveOnceAnOutageAfterTenSeconds() {
        passSeconds(1);
        happened.clear();
        failure = "The database cannot be reached.";
        passSeconds(10);
        assertThat(happened).isEmpty();
        assertThat(watch.trouble()).isEqualTo(failure);
        passSeconds(100);
        assertThat(happened).containsExactly("leave");
        failure = null;
        passSeconds(3);
        assertThat(happened).containsExactly("leave", "stay");
        failure = "again";
        passSeconds(20);
        assertThat(happened).containsExactly("leave", "stay", "leave");
    }

    @Test
    void aShortOutageConcernsNobody() {
        passSeconds(1);
        happened.clear();
        for (int i = 0; i < 5; i++) {
            failure = "The database cannot be reached.";
            passSeconds(9);
            failure = null;
            passSeconds(1);
        }

        assertThat(happened).isEmpty();
    }

    @Test
    void eachOutageIsLoggedOnceAtItsBeginningAndAtItsEnd() {
        passSeconds(1);
        failure = "The database cannot be reached.";
        passSeconds(30);
        failure = null;
        passSeconds(5);

        assertThat(log.lines()).hasSize(2);
    }
}
