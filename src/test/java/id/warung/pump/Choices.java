package id.warung.pump;

import java.util.ArrayList;
import java.util.List;

/**
 * Walks a tree of decisions to its last leaf: the same code runs again and again, and where it asks, it gets the next
 * combination that was not tried.
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

    /** Goes to the next combination; false when all have been played. */
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
