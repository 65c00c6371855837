package id.warung.browser;

import id.warung.kit.Figures;
import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An ordinary day, many times: the walker comes back, reloads, changes rooms, reads and writes, in one tab or two,
 * while others write and servers die. {@code -Dwalk.seed=…} starts with that walk.
 */
class WalkIT {
    private static final int WALKS = Integer.getInteger("walk.walks", Scale.of(1, 25));
    private static final int STEPS = Integer.getInteger("walk.steps", Scale.of(120, 200));

    private static WarungProcess warung;

    @BeforeAll
    static void opens() {
        warung = WarungProcess.startedSomewhere();
    }

    @AfterAll
    static void shuts() {
        warung.close();
    }

    @Test
    void everyMessageIsOnTheScreenWhereverTheReaderComesFrom() {
        long first = Long.getLong("walk.seed", Scale.FULL ? System.currentTimeMillis() : 1);
        Figures.say("seed", String.valueOf(first));
        for (long seed = first; seed < first + WALKS; seed++) {
            try (Walk walk = new Walk(warung, seed)) {
                walk.takes(STEPS);
            }
        }
    }
}
