package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.endpoint.ScriptedRequest;
import id.warung.pump.FatalErrors;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpThreadsTest {
    private final Warung warung = new Warung();

    @TempDir
    Path folder;

    @AfterEach
    void nobodyListens() {
        warung.stop();
        FatalErrors.setListener(error -> {});
    }

    /** Closing connections blocks threads for a second each: whatever is completed there would wait for all of them. */
    @Test
    void requestsAreCompletedOnThreadsThatCloseNoConnections() throws IOException {
        warung.start(ScriptedContext.with(folder));
        ScriptedRequest before = ScriptedRequest.answered(warung.exchanges());
        warung.readiness().drain(); // its goodbye ends the threads that close
        ScriptedRequest after = ScriptedRequest.answered(warung.exchanges());
        warung.stop();

        assertThat(before.completedOn()).hasSize(1).allMatch(thread -> thread.startsWith("warung-http-"));
        assertThat(after.completedOn())
                .as("while the node stops")
                .hasSize(1)
                .allMatch(thread -> thread.startsWith("warung-http-"));
    }
}
