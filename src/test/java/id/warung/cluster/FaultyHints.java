package id.warung.cluster;

import id.warung.log.Hints;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/** Hints of which some are lost, some arrive twice, and some later than the next ones; or all are lost. Thread-safe. */
final class FaultyHints implements Hints {
    private final Hints hints;
    private final Random random = new Random(18);
    private final List<Collection<String>> late = new ArrayList<>();
    private volatile boolean off;

    FaultyHints(Hints hints) {
        this.hints = hints;
    }

    /** All hints are lost from now on. */
    void turnOff() {
        off = true;
    }

    @Override
    public void start(Listener listener) {
        hints.start(listener);
    }

    @Override
    public synchronized void send(Collection<String> rooms) {
        if (off) {
            return;
        }
        switch (random.nextInt(5)) {
            case 0 -> {
                // lost
            }
            case 1 -> late.add(rooms);
            case 2 -> {
                hints.send(rooms);
                hints.send(rooms);
            }
            default -> hints.send(rooms);
        }
        if (late.size() == 3) {
            late.forEach(hints::send);
            late.clear();
        }
    }

    @Override
    public String trouble() {
        return hints.trouble();
    }

    @Override
    public void close() {
        hints.close();
    }
}
