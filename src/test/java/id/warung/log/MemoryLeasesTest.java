package id.warung.log;

import id.warung.kit.ManualClock;
import java.util.concurrent.atomic.AtomicInteger;

/** The one of the tests keeps the contract too. */
class MemoryLeasesTest extends LeasesContract {
    private final ManualClock clock = new ManualClock();
    private final MemoryLeases all = new MemoryLeases(clock);
    private final AtomicInteger nodes = new AtomicInteger();

    @Override
    protected Leases newNode() {
        return all.node("node-" + nodes.incrementAndGet());
    }

    @Override
    protected void pass(int seconds) {
        clock.moveMs(1_000L * seconds);
    }

    @Override
    protected void loseEverything() {
        all.clear();
    }
}
