package id.warung.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.ManualClock;
import id.warung.kit.ManualExecutor;
import id.warung.log.HintNetwork;
import id.warung.log.Hints;
import id.warung.log.Leases;
import id.warung.log.MemoryLeases;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes say and hear about people. */
class ExchangeTest {
    private final ManualClock clock = new ManualClock();
    private final MemoryLeases leases = new MemoryLeases(clock);
    private final HintNetwork network = new HintNetwork();
    private final List<Node> nodes = new ArrayList<>();

    private final class Node {
        private final ManualExecutor executor = new ManualExecutor();
        private final String name = "node-" + nodes.size();
        private final Map<String, Collection<String>> heard = new TreeMap<>();
        private final Map<String, String> says = new TreeMap<>();
        private final List<Boolean> held = new ArrayList<>();
        private final Exchange exchange;
        private boolean stopped; // as by SIGSTOP

        Node() {
            Hints hints = network.join();
            Leases its = leases.node(name);
            exchange = new Exchange(
                    its,
                    hints,
                    (key, texts) -> heard.put(key, new TreeSet<>(texts)),
                    (standing, isHeld) -> held.add(isHeld),
                    executor,
                    clock);
            hints.start(new Hints.Listener() {
                @Override
                public void news(Collection<String> rooms) {
                    assertThat(rooms).containsExactly(Exchange.HINT);
                    exchange.hint();
                }

                @Override
                public void newsAnywhere() {
                    exchange.hint();
                }
            });
            nodes.add(this);
        }

        void say(String key, String text) {
            exchange.say(key, text);
            says.put(key, text);
        }

        Collection<String> hears(String key) {
            return heard.getOrDefault(key, List.of());
        }
    }

    /** Half a second at a time; hints arrive or are lost. */
    private void pass(int halfSeconds, boolean hinted) {
        for (int n = 0; n < halfSeconds; n++) {
            clock.moveMs(500);
            for (Node node : nodes) {
                if (!node.stopped) {
                    node.exchange.tick();
                    node.executor.runAll();
                }
            }
            while (network.waiting() > 0) {
                if (hinted) {
                    network.deliver(0);
                } else {
                    network.lose(0);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatOneSaysTheOthersHearWithinSeconds(boolean hinted) {
        Node a = new Node();
        Node b = new Node();
        a.say("lobby", "Ana");
        pass(10, hinted);
        b.say("lobby", "Budi");
        pass(5, hinted);
        assertThat(a.hears("lobby")).containsExactly("Budi");
        assertThat(b.hears("lobby")).containsExactly("Ana");
        a.say("lobby", "Ana, Citra");
        pass(5, hinted);
        assertThat(b.hears("lobby")).containsExactly("Ana, Citra");
        a.say("lobby", "");
        pass(5, hinted);
        assertThat(b.hears("lobby")).isEmpty();
    }

    @Test
    void whereNobodyIsNothingIsAskedOrWritten() {
        Node a = new Node();
        pass(100, true);
        assertThat(leases.writes()).isZero();
        a.say("lobby", "Ana");
        pass(10, true);
        a.say("lobby", "");
        pass(10, true);
        int before = leases.writes();
        leases.setAway(true);
        pass(100, true);
        assertThat(leases.writes()).isEqualTo(before);
        leases.setAway(false);
        assertThat(a.held).startsWith(false, true);
    }

    @Test
    void whileNothingChangesOnlyTheLeaseIsWritten() {
        Node a = new Node();
        Node b = new Node();
        a.say("lobby", "Ana");
        b.say("lobby", "Budi");
        pass(10, true);
        int before = leases.writes();
        a.say("lobby", "Ana"); // as before
        pass(80, true);
        assertThat(leases.writes() - before).isBetween(18, 20); // two nodes, forty seconds
    }

    /** Killed or stopped: it makes no difference to the others. */
    @Test
    void whatADeadNodeSaidIsGoneWithinFifteenSecondsAndComesBackWithIt() {
        Node a = new Node();
        Node b = new Node();
        a.say("lobby", "Ana");
        b.say("lobby", "Budi");
        pass(10, true);
        a.stopped = true;
        int halfSeconds = 0;
        while (!b.hears("lobby").isEmpty()) {
            pass(1, true);
            halfSeconds++;
        }
        assertThat(halfSeconds).isBetween(16, 28);
        pass(200, true);
        int before = a.held.size();
        a.stopped = false;
        pass(8, true);
        assertThat(a.held.subList(before, a.held.size())).startsWith(false).endsWith(true); // it claims its names again
        assertThat(b.hears("lobby")).containsExactly("Ana");
        assertThat(a.hears("lobby")).containsExactly("Budi");
    }

    /** Nobody is shown as leaving for it. */
    @Test
    void whileTheStorageIsAwayNobodyIsForgotten() {
        Node a = new Node();
        Node b = new Node();
        a.say("lobby", "Ana");
        b.say("lobby", "Budi");
        pass(10, true);
        leases.setAway(true);
        pass(60, true);
        a.say("lobby", "Ana, Citra");
        leases.clear();
        leases.setAway(false);
        for (int n = 0; n < 20; n++) {
            pass(1, true);
            assertThat(a.hears("lobby")).isNotEmpty();
            assertThat(b.hears("lobby")).isNotEmpty();
        }
        assertThat(b.hears("lobby")).containsExactly("Ana, Citra");
        assertThat(a.hears("lobby")).containsExactly("Budi");
    }

    /** Nodes say things, stop, go on and lose everything in any order; then all hear what the others say. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void whateverHappenedAllHearTheSame(int seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 3; n++) {
            new Node();
        }
        for (int n = 0; n < 300; n++) {
            Node node = nodes.get(random.nextInt(3));
            switch (random.nextInt(20)) {
                case 0 -> node.stopped = !node.stopped;
                case 1 -> leases.setAway(random.nextBoolean());
                case 2 -> pass(random.nextInt(150), random.nextBoolean());
                case 3 -> {
                    if (random.nextInt(5) == 0) {
                        leases.clear();
                    }
                }
                default ->
                    node.say("room-" + random.nextInt(4), random.nextInt(3) == 0 ? "" : node.name + " says " + n);
            }
            pass(random.nextInt(4), random.nextBoolean());
        }
        leases.setAway(false);
        nodes.forEach(node -> node.stopped = false);
        pass(60, random.nextBoolean());
        for (Node node : nodes) {
            for (Map.Entry<String, String> mine : node.says.entrySet()) {
                Map<String, String> others = new HashMap<>();
                nodes.stream().filter(other -> other != node).forEach(other -> {
                    String text = other.says.getOrDefault(mine.getKey(), "");
                    if (!text.isEmpty()) {
                        others.put(other.name, text);
                    }
                });
                if (!mine.getValue().isEmpty()) {
                    assertThat(node.hears(mine.getKey()))
                            .as(node.name + " about " + mine.getKey())
                            .containsExactlyInAnyOrderElementsOf(others.values());
                }
            }
        }
    }
}
