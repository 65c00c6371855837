package id.warung.pump;

import java.util.ArrayList;
import java.util.List;

/**
 * Walks through a tree of decisions: the same code runs again and again, and each decision gets the next combination
 * that was not tried.
 */
final class Choices {
    private static final class Fork {
        private final int options;
        private int chosen;

        private Fork(int options) {
            this.options = options;
        }
    }

    private final List<Fork> path = new ArrayList<>();
    private int asked;

    /** One of 0 … options − 1. */
    int next(int options) {
        if (asked == path.size()) {
            path.add(new Fork(options));
        }
        Fork fork = path.get(asked++);
        if (fork.options != options) {
            throw new AssertionError("The code decides by something else than the choices.");
        }
        return fork.chosen;
    }

    /** Moves to the next combination; false when all were tried. */
    boolean advance() {
        while (!path.isEmpty() && path.get(path.size() - 1).chosen == path.get(path.size() - 1).options - 1) {
            path.remove(path.size() - 1);
        }
        if (path.isEmpty()) {
            return false;
        }
        path.get(path.size() - 1).chosen++;
        asked = 0;
        return true;
    }

    @Override
    public String toString() {
        return path.stream()
                .map(fork -> fork.chosen + "/" + fork.options)
                .toList()
                .toString();
    }
}
