package id.warung.log;

/** The hints with which tests connect nodes of one JVM. */
class HintNetworkTest extends HintsContract {
    private final HintNetwork network = new HintNetwork();

    @Override
    protected Hints join() {
        return network.join();
    }

    @Override
    protected void deliver() {
        while (network.waiting() > 0) {
            network.deliver(0);
        }
    }
}
