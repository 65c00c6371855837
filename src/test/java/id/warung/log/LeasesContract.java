package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.Leases.Part;
import id.warung.protocol.User;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nodes can rely on when they tell each other about people. */
public abstract class LeasesContract {
    private static final User ANA = new User("u-ana", "Ana");
    private static final User BUDI = new User("u-budi", "Budi");

    private Leases a;
    private Leases b;

    /** Another node. */
    protected abstract Leases newNode();

    /** Time passes, for all nodes. */
    protected abstract void pass(int seconds);

    /** As a crash of the storage does it. */
    protected abstract void loseEverything();

    @BeforeEach
    void twoNodes() throws IOException {
        a = newNode();
        b = newNode();
        a.renew();
        b.renew();
    }

    @Test
    void aLeaseThatIsRenewedHolds() throws IOException {
        Leases c = newNode();
        assertThat(c.renew()).isFalse();
        for (int n = 0; n < 4; n++) {
            assertThat(c.renew()).isTrue();
            pass(Leases.RENEWAL_SECONDS);
        }
        assertThat(a.standing().others()).containsOnlyKeys(c.node()); // b renewed nothing
        pass(Leases.LEASE_SECONDS);
        assertThat(a.standing().others()).isEmpty();
        assertThat(c.renew()).isFalse();
        assertThat(a.standing().others()).containsOnlyKeys(c.node());
    }

    @Test
    void aNodeReadsWhatOthersSayAndWhatHasChanged() throws IOException {
        a.publish(1, Map.of("lobby", "one", "tea", "two"));
        assertThat(b.standing().others()).isEqualTo(Map.of(a.node(), 1L));
        assertThat(b.about(List.of("lobby", "other"))).containsExactly(new Part("lobby", a.node(), "one"));
        assertThat(a.about(List.of("lobby"))).isEmpty();

        a.publish(2, Map.of("tea", "three"));
        assertThat(b.since(Map.of(a.node(), 1L))).containsExactly(new Part("tea", a.node(), "three"));
        assertThat(b.since(Map.of(a.node(), 2L))).isEmpty();

        a.publish(3, Map.of("tea", ""));
        assertThat(b.since(Map.of(a.node(), 2L))).containsExactly(new Part("tea", a.node(), ""));
        assertThat(b.about(List.of("lobby", "tea"))).containsExactly(new Part("lobby", a.node(), "one"));
    }

    @Test
    void whatWasTakenBackIsForgottenLater() throws IOException {
        a.publish(1, Map.of("tea", "one", "lobby", "one"));
        a.publish(2, Map.of("tea", ""));
        for (int version = 3; version <= 2 + Leases.REMEMBERED_VERSIONS; version++) {
            a.publish(version, Map.of("lobby", "version " + version));
        }
        assertThat(b.since(Map.of(a.node(), 0L))).extracting(Part::key).containsExactly("lobby");
    }

    @Test
    void whatANodeSaidIsGoneWithItsLease() throws IOException {
        a.publish(1, Map.of("lobby", "one"));
        assertThat(a.claim("u-ana", List.of("Ana"))).isEqualTo("Ana");
        pass(Leases.LEASE_SECONDS / 2); // in a database, time passes by itself too
        b.renew();
        assertThat(b.about(List.of("lobby"))).hasSize(1);
        assertThat(b.claim("u-other", List.of("Ana"))).isNull();
        pass(Leases.LEASE_SECONDS / 2);
        assertThat(b.about(List.of("lobby"))).isEmpty();
        assertThat(b.user("u-ana")).isNull();
        assertThat(b.claim("u-other", List.of("Ana"))).isEqualTo("Ana");
        a.renew();
        assertThat(a.lost(List.of(ANA))).containsExactly("u-ana");
    }

    @Test
    void whatIsLongGoneIsRemoved() throws IOException {
        a.publish(1, Map.of("lobby", "one"));
        a.claim("u-ana", List.of("Ana"));
        pass(100);
        b.renew();
        b.renew();
        a.renew(); // it is alive again, and says nothing yet
        assertThat(b.about(List.of("lobby"))).isEmpty();
        assertThat(b.user("u-ana")).isNull();
    }

    @Test
    void noTwoUsersHaveNamesThatLookAlike() throws IOException {
        assertThat(a.claim("u-1", List.of("Ana", "Ana 2"))).isEqualTo("Ana");
        assertThat(b.claim("u-2", List.of("Аna", "Ana 2"))).isEqualTo("Ana 2"); // a Cyrillic letter
        assertThat(b.claim("u-3", List.of("ANA", "ana 2", "AnA 3"))).isEqualTo("AnA 3");
        assertThat(b.claim("u-4", List.of("ana", "ana 2", "ana 3"))).isNull();
        assertThat(a.claim("u-1", List.of("Ana", "Ana 2"))).isEqualTo("Ana"); // their own
    }

    @Test
    void anotherNameMakesTheOneBeforeFree() throws IOException {
        a.claim("u-1", List.of("Ana"));
        assertThat(a.claim("u-1", List.of("Anna"))).isEqualTo("Anna");
        assertThat(b.claim("u-2", List.of("Ana"))).isEqualTo("Ana");
        assertThat(b.claim("u-2", List.of("Anna"))).isNull();
        assertThat(a.claim("u-3", List.of("Ana"))).isNull(); // they keep it
    }

    @Test
    void aUserOnTwoNodesHasTheirNameUntilTheyHaveLeftBoth() throws IOException {
        a.claim("u-1", List.of("Ana"));
        b.claim("u-1", List.of("Ana"));
        a.release(List.of("u-1"));
        assertThat(a.claim("u-2", List.of("Ana"))).isNull();
        b.release(List.of("u-1"));
        assertThat(a.claim("u-2", List.of("Ana"))).isEqualTo("Ana");
    }

    @Test
    void whoIsSignedInGetsTheirNameAndTheGuestsNodeIsTold() throws IOException {
        a.claim("u-ana", List.of("Ana"));
        long before = a.standing().lostNames();
        assertThat(b.claim(Set.of(new User("s-ana", "ana")))).isEmpty();
        assertThat(a.standing().lostNames()).isNotEqualTo(before);
        assertThat(a.lost(List.of(ANA, BUDI))).contains("u-ana");
        assertThat(a.claim("u-ana", List.of("Ana", "Ana 2"))).isEqualTo("Ana 2");
        long after = a.standing().lostNames();
        assertThat(b.claim(Set.of(new User("s-ana", "ana")))).isEmpty(); // once more
        assertThat(a.standing().lostNames()).isEqualTo(after);
    }

    @Test
    void manyNamesAreClaimedAtOnce() throws IOException {
        a.claim("u-ana", List.of("Ana"));
        assertThat(b.claim(Set.of(new User("u-x", "ANA"), BUDI))).containsExactly("u-x");
        assertThat(a.user("u-budi")).isEqualTo(BUDI);
        assertThat(b.lost(List.of(BUDI))).isEmpty();
    }

    @Test
    void usersWithNamesAreFound() throws IOException {
        a.claim(Set.of(ANA, new User("u-jose", "José")));
        b.claim(Set.of(new User("u-anton", "Anton"), BUDI));
        assertThat(b.startingWith("an", 9)).extracting(User::name).containsExactly("Ana", "Anton");
        assertThat(b.startingWith("jose", 9)).extracting(User::name).containsExactly("José");
        assertThat(b.startingWith("an", 1)).containsExactly(ANA);
        assertThat(b.startingWith("a%", 9)).isEmpty();
        assertThat(a.user("u-nobody")).isNull();
    }

    /** All say and claim again what they have. */
    @Test
    void afterACrashEverybodyNoticesThatTheLeaseHasEnded() throws IOException {
        a.publish(1, Map.of("lobby", "one"));
        a.claim("u-ana", List.of("Ana"));
        loseEverything();
        a.publish(2, Map.of());
        assertThat(b.standing().others()).isEmpty();
        assertThat(a.claim("u-other", List.of("Ana"))).isEqualTo("Ana"); // which extends the lease
        assertThat(a.renew()).isFalse();
        assertThat(a.renew()).isTrue();
    }

    /** Of all who want the same names at once, each gets another one. */
    @Test
    void manyWantTheSameNameAtOnce() {
        List<String> names =
                Stream.iterate(1, n -> n + 1).limit(9).map(n -> "Ana " + n).toList();
        List<String> got = Collections.nCopies(8, names).parallelStream()
                .map(choices -> {
                    try {
                        Leases node = newNode();
                        return node.claim("u-" + node.node(), choices);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
        assertThat(got).doesNotContainNull().doesNotHaveDuplicates();
    }
}
