package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Child;
import id.warung.kit.Figures;
import id.warung.kit.NodeNetwork;
import id.warung.kit.Scale;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that is cut off from the database, from its clients or from both, as by a broken switch: nothing is closed, packets are lost. It runs
 * in network namespaces of its own, in a process that is in one.
 */
class ClusterSilenceIT {
    private static final Duration LONG = Duration.ofMinutes(Scale.of(3, 15));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void aNodeWhosePacketsAreLostHoldsUpNobodyAndNothingIsLostOrDoubled() {
        Path said = folder.resolve("silence.log");
        String[] java = {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Ddrill.full=" + Scale.FULL,
            "-cp",
            System.getProperty("java.class.path"),
            Silence.class.getName(),
            folder.toString()
        };
        try (Child child = Child.of(said, NodeNetwork.inOne(java))) {
            patiently().atMost(LONG).until(() -> !child.isAlive());
            assertThat(child.exitCode()).as(child.said()).isZero();
            child.said()
                    .lines()
                    .filter(line -> line.startsWith("FIGURE "))
                    .forEach(line -> Figures.say("silence", line));
        }
    }
}
