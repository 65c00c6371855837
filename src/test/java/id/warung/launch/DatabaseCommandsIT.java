package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.Cluster;
import id.warung.kit.Postgres;
import id.warung.kit.WarungProcess;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The commands about a database as processes: what they say, and what a node finds there afterwards. */
class DatabaseCommandsIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final Postgres.Database database = Postgres.database();

    /** Runs a command of the executable WAR, and returns its one line. */
    private String command(int exitCode, String... arguments) {
        try (WarungProcess command = new WarungProcess(folder.resolve("command"))) {
            command.launch(arguments);
            assertThat(command.exitCode())
                    .as("%s%s", command.out(), command.err())
                    .isEqualTo(exitCode);
            String said = command.out() + command.err();
            assertThat(said.lines()).hasSize(1);
            return said;
        }
    }

    @Test
    void aFolderGoesOnInADatabaseUntilANewEpochIsBegunThere() {
        String token;
        JsonObject before;
        try (WarungProcess warung = new WarungProcess(folder).start()) {
            try (Person ana = Person.signedIn(warung.chat())) {
                before = ana.join("lobby");
                ana.post("lobby", "soto ayam");
                token = ana.token();
            }
            assertThat(command(1, "migrate", "--from", warung.data().toString(), "--to", database.address()))
                    .contains(warung.data().toString());
            warung.stop();
        }
        String from = folder.resolve("data").toString();
        assertThat(command(0, "migrate", "--from", from, "--to", database.address()))
                .startsWith("Entries moved: 1. ");
        assertThat(command(1, "migrate", "--from", from, "--to", database.address()))
                .contains("has data");

        try (WarungProcess node =
                new WarungProcess(folder).with("WARUNG_DB", database.address()).start()) {
            JsonObject moved = joined(node, token);
            assertThat(moved.getInt("head")).isEqualTo(1);
            assertThat(moved.getString("epoch")).isEqualTo(before.getString("epoch"));
            assertThat(command(0, "new-epoch", "--db", database.address())).startsWith("The new epoch is ");
            node.stop();
            node.start();
            JsonObject anew = joined(node, token);
            assertThat(anew.getInt("head")).isEqualTo(1);
            assertThat(anew.getString("epoch")).isNotEqualTo(before.getString("epoch"));
        }
    }

    /** Joins with the token of the time before the move, which is still good. */
    private static JsonObject joined(WarungProcess node, String token) {
        WarungProcess.patiently() // it answers before it has reached its database
                .until(() -> Cluster.status(node.http("health/ready")) == 200);
        try (Person ana = Person.connect(node.chat())) {
            ana.helloAgain(token);
            return ana.join("lobby");
        }
    }
}
