package id.warung.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.ManualClock;
import id.warung.log.HintNetwork;
import id.warung.log.SharedInMemory;
import id.warung.log.memory.MemoryStorage;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.RoomName;
import id.warung.room.RoomRegistry;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users who are here may sign out on another node: their inboxes tell it, open or not, and without any hint. */
class AccountsTest {
    private final ManualClock clock = new ManualClock();
    private final SharedInMemory shared = new SharedInMemory(new MemoryStorage(
                    new EntryCodec(), Clock.systemUTC(), 1_000, 1_000_000, null, room -> null, (room, first) -> {})
            .log());
    private final List<String> users = new ArrayList<>();
    private final List<String> looked = new ArrayList<>();
    private boolean away;
    private int takesMs; // to look
    private long looks;
    private final Cluster cluster = new Cluster(
            new HintNetwork().join(),
            List.of(new Cluster.Shared(shared, room -> true)),
            new RoomRegistry(name -> {
                throw new AssertionError("No room is opened for it.");
            }),
            ids -> {
                if (away) {
                    throw new UncheckedIOException(new java.io.IOException("away"));
                }
                looked.addAll(ids);
            },
            Runnable::run,
            clock);

    AccountsTest() {
        cluster.follow(() -> {
            looks++;
            clock.moveMs(takesMs);
            return users;
        });
    }

    private List<String> pass(int seconds) {
        looked.clear();
        for (int n = 0; n < 5 * seconds; n++) {
            clock.moveMs(200);
            cluster.tick();
        }
        return List.copyOf(looked);
    }

    @Test
    void whoHasComeAndWhoseInboxChangesIsLookedAtWithinASecondOrTwo() {
        shared.change(RoomName.inboxOf("u-ana"));
        assertThat(pass(3)).isEmpty(); // nobody is here
        users.add("u-ana");
        users.add("u-never-seen");
        assertThat(pass(2)).containsExactly("u-ana"); // the sign-out may have been a moment before
        assertThat(pass(10)).isEmpty();
        shared.change(RoomName.inboxOf("u-ana"));
        shared.change(RoomName.inboxOf("u-never-seen"));
        assertThat(pass(2)).containsExactlyInAnyOrder("u-ana", "u-never-seen");
        users.remove("u-ana");
        pass(2);
        users.add("u-ana");
        assertThat(pass(2)).containsExactly("u-ana"); // once more
    }

    /** The database is busy, or this machine is: a second may be too often, but a sign-out is noticed in time. */
    @ParameterizedTest
    @ValueSource(ints = {10, 50, 100, 300, 1_000})
    void whateverTimeItTakesToLookASignOutIsNoticedWithinFiveSeconds(int lookMs) {
        users.add("u-ana");
        pass(2);
        takesMs = lookMs;
        pass(20);
        shared.change(RoomName.inboxOf("u-ana"));
        assertThat(pass(4)).contains("u-ana");
        long before = looks;
        pass(60);
        assertThat(looks - before).as("looks in a minute").isLessThanOrEqualTo(60);
    }

    @Test
    void whatCouldNotBeLookedAtIsLookedAtLater() {
        users.add("u-ana");
        pass(2);
        away = true;
        shared.change(RoomName.inboxOf("u-ana"));
        assertThat(pass(5)).isEmpty();
        away = false;
        assertThat(pass(2)).containsExactly("u-ana");
    }
}
