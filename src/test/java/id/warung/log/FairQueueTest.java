package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.protocol.Command;
import id.warung.protocol.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Guests at however many addresses, beside users who are known. */
class FairQueueTest {
    private static final int STRANGERS = 10_000;
    private static final int GROUP = 200;
    private static final int TURNS = 8;

    private final FairQueue queue = new FairQueue();

    private void add(String userId, String address, int requests) {
        for (int n = 0; n < requests; n++) {
            queue.add(new AppendRequest(
                    new Command.Post("lobby", null, "text"),
                    new Principal(new User(userId, userId), Set.of()),
                    List.of(),
                    address,
                    null,
                    Posted.saying("lobby", "")));
        }
    }

    /** The authors of the next group. */
    private List<String> group() {
        queue.beginGroup();
        List<String> authors = new ArrayList<>();
        for (AppendRequest next = queue.poll(TURNS); next != null && authors.size() < GROUP; next = queue.poll(TURNS)) {
            authors.add(next.author().id());
        }
        return authors;
    }

    @Test
    void strangersAtThousandsOfAddressesTakeEverySecondTurnAtMost() {
        for (int n = 0; n < STRANGERS; n++) {
            add("u-" + n, "2001:db8:" + n + "::", 5);
        }
        group();
        add("s-ana", "192.0.2.1", 4);
        assertThat(group().subList(0, 8)).filteredOn("s-ana"::equals).hasSize(4);
    }

    /** Nobody else waits, so nothing is kept back. */
    @Test
    void strangersHaveEveryTurnThatNobodyElseWants() {
        for (int n = 0; n < STRANGERS; n++) {
            add("u-" + n, "2001:db8:" + n + "::", 1);
        }
        assertThat(group()).hasSize(GROUP).doesNotHaveDuplicates();
    }

    @Test
    void knownUsersDoNotShutGuestsOutEither() {
        for (int n = 0; n < 100; n++) {
            add("s-" + n, "192.0.2." + n, 100);
        }
        add("u-budi", "198.51.100.7", 20);
        assertThat(group()).filteredOn("u-budi"::equals).hasSize(TURNS);
    }

    @Test
    void guestsAndKnownUsersOfOneAddressAreTwoSources() {
        add("u-budi", "192.0.2.1", 20);
        add("s-ana", "192.0.2.1", 20);
        assertThat(group()).filteredOn("s-ana"::equals).hasSize(TURNS);
    }
}
