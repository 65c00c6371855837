package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.Guests;
import id.warung.identity.NamesInUse.Claim;
import id.warung.identity.WarungTokens;
import id.warung.kit.ManualClock;
import id.warung.log.Accounts;
import id.warung.log.Leases;
import id.warung.log.MemoryLeases;
import id.warung.protocol.LookAlikes;
import id.warung.protocol.User;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of guests on several nodes. */
class NameClaimsTest {
    private final ManualClock clock = new ManualClock();
    private final MemoryLeases all = new MemoryLeases(clock);
    private final Set<String> signedIn = new HashSet<>(); // keys of the names of all who have ever signed in
    private final List<Node> nodes = new ArrayList<>();

    private final class Node implements Accounts {
        private final Leases leases = all.node("node-" + nodes.size());
        private final Guests guests = new Guests(new WarungTokens(new byte[32], Clock.systemUTC()), List.of());
        private final NameClaims names = new NameClaims(guests, leases, this, clock);
        private final List<Claim> here = new ArrayList<>();
        private final List<String> renamed = new ArrayList<>();

        Node() {
            nodes.add(this);
        }

        @Override
        public Account account(String id) {
            return null;
        }

        /** As they are stored, on whatever node that was done. */
        void finds(User... stored) {
            Map<String, Account> accounts = new HashMap<>();
            for (User user : stored) {
                accounts.put(user.id(), new Account(user, 0, Set.of()));
            }
            names.follow(accounts);
        }

        @Override
        public Set<String> takenKeys(Collection<String> keys) {
            Set<String> taken = new HashSet<>(keys);
            taken.retainAll(signedIn);
            return taken;
        }

        Claim guest(String name) {
            String id = names.newGuest();
            Set<String> taken =
                    names.claim(id, Guests.choices(name, null), takenKeys(Guests.keysOfChoices(name, null)));
            return here(guests.signInNew(id, name, taken, Instant.now(), () -> renamed.add(id))
                    .claim());
        }

        Claim comesBack(User guest) {
            Set<String> taken =
                    names.claim(guest.id(), Guests.choices(null, guest), takenKeys(Guests.keysOfChoices(null, guest)));
            return here(guests.signIn(guest, null, guest, taken, Instant.now(), () -> renamed.add(guest.id()))
                    .claim());
        }

        Claim person(User person) {
            names.claim(person);
            signedIn.addAll(LookAlikes.keys(person.name()));
            return here(guests.signInVouched(person, null, () -> {}).claim());
        }

        private Claim here(Claim claim) {
            here.add(claim);
            return claim;
        }

        void leaves(Claim claim) {
            here.remove(claim);
            claim.release();
        }

        void turn() {
            try {
                boolean held = leases.renew();
                names.takeTurn(leases.standing(), held);
            } catch (IOException away) {
                return; // tries again
            }
        }
    }

    private void pass(int seconds) {
        for (int n = 0; n < seconds; n++) {
            clock.moveMs(1_000);
            nodes.forEach(Node::turn);
        }
    }

    /** No two different users, of whom one is a guest, have names that look alike. */
    private void assertDifferent() {
        Map<String, User> byKey = new HashMap<>();
        for (Node node : nodes) {
            for (Claim claim : node.here) {
                for (String key : LookAlikes.keys(claim.user().name())) {
                    User other = byKey.put(key, claim.user());
                    if (other != null && (other.isGuest() || claim.user().isGuest())) {
                        assertThat(claim.user().id()).as(key).isEqualTo(other.id());
                    }
                }
            }
        }
    }

    @Test
    void guestsOnTwoNodesGetDifferentNamesBeforeTheyAreToldThem() {
        Node a = new Node();
        Node b = new Node();
        assertThat(a.guest("Ana").user().name()).isEqualTo("Ana");
        assertThat(b.guest("Аna").user().name()).isEqualTo("Аna 2"); // a Cyrillic letter
        assertThat(b.guest("ana").user().name()).isEqualTo("ana 3");
        pass(20);
        assertDifferent();
        assertThat(a.renamed).isEmpty();
        assertThat(b.renamed).isEmpty();
    }

    @Test
    void aNameIsFreeSoonAfterItsUserHasLeftOrTheirNodeIsDead() {
        Node a = new Node();
        Node b = new Node();
        Claim ana = a.guest("Ana");
        pass(10);
        a.leaves(ana);
        pass(1);
        assertThat(b.guest("Ana").user().name()).isEqualTo("Ana");
        nodes.remove(b); // it is dead
        pass(Leases.LEASE_SECONDS);
        assertThat(a.guest("Ana").user().name()).isEqualTo("Ana");
    }

    @Test
    void aGuestWhoGoesToAnotherNodeKeepsTheirName() {
        Node a = new Node();
        Node b = new Node();
        Claim ana = a.guest("Ana");
        pass(1);
        Claim there = b.comesBack(ana.user());
        assertThat(there.user()).isEqualTo(ana.user());
        a.leaves(ana);
        pass(20);
        assertThat(a.guest("Ana").user().name()).isEqualTo("Ana 2");
    }

    /** As on one node. */
    @Test
    void aGuestIsRenamedWhenSomebodySignsInOnAnotherNodeWithTheirName() {
        Node a = new Node();
        Node b = new Node();
        Claim guest = a.guest("Ana");
        pass(1);
        Claim person = b.person(new User("s-ana", "ana"));
        assertThat(person.user().name()).isEqualTo("ana");
        pass(1);
        assertThat(guest.user().name()).isEqualTo("Ana 2");
        assertThat(a.renamed).containsExactly(guest.user().id());
        assertDifferent();
        pass(20);
        assertThat(a.renamed).hasSize(1);
    }

    /** They keep their names, and who came in meanwhile under the same one is renamed when the storage works again. */
    /** Each of a user's sessions has the name that they took last, wherever that was; a node that has a newer one keeps it. */
    @Test
    void aNameThatIsChangedOnAnotherNodeIsChangedHere() {
        Node node = new Node();
        Claim guest = node.guest("Ana");
        Claim person = node.here(node.guests
                .signInVouched(new User("s-budi", "Budi"), null, () -> node.renamed.add("s-budi"))
                .claim());
        User before = guest.user();
        node.finds(new User(before.id(), "Old name"), new User("s-budi", "Budi"));
        assertThat(guest.user()).isEqualTo(before);
        node.finds(new User(before.id(), "Old name"), new User("s-budi", "Budi"), new User("s-nobody", "x"));
        assertThat(node.renamed).isEmpty();

        node.finds(new User(before.id(), "Anna"), new User("s-budi", "Budi S."));
        assertThat(guest.user().name()).isEqualTo("Anna");
        assertThat(person.user().name()).isEqualTo("Budi S.");
        assertThat(node.renamed).containsExactlyInAnyOrder(before.id(), "s-budi");
        node.finds(new User(before.id(), "Anna"), new User("s-budi", "Budi S."));
        assertThat(node.renamed).hasSize(2);
    }

    @Test
    void whileTheStorageIsAwayGuestsComeInAndNamesAreSettledAfterwards() {
        Node a = new Node();
        Node b = new Node();
        Claim ana = a.guest("Ana");
        pass(2);
        all.setAway(true);
        Claim other = b.guest("Ana");
        assertThat(other.user().name()).isEqualTo("Ana");
        pass(60);
        all.setAway(false);
        pass(2);
        assertDifferent();
        assertThat(List.of(ana.user().name(), other.user().name())).containsExactlyInAnyOrder("Ana", "Ana 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverHappensNoGuestHasTheNameOfSomebodyElse(int seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 3; n++) {
            new Node();
        }
        String[] names = {"Ana", "ana", "Аna", "Ana 2", "Il1", "lI1", "Budi"};
        for (int n = 0; n < 250; n++) {
            Node node = nodes.get(random.nextInt(3));
            String name = names[random.nextInt(names.length)];
            Claim some = node.here.isEmpty() ? null : node.here.get(random.nextInt(node.here.size()));
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> node.guest(name);
                case 4, 5, 6 -> {
                    if (some != null) {
                        node.leaves(some);
                    }
                }
                case 7 -> {
                    if (some != null && some.user().isGuest()) {
                        nodes.get(random.nextInt(3)).comesBack(some.user());
                    }
                }
                case 8 -> {
                    node.person(new User("s-" + random.nextInt(3), name));
                    pass(2); // until the guests on other nodes have heard it
                }
                case 9 -> {
                    all.clear();
                    pass(2); // until all is claimed again
                }
                default -> pass(random.nextInt(8));
            }
            assertDifferent();
        }
    }
}
