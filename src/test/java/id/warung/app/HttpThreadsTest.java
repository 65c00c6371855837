package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.endpoint.ScriptedRequest;
import id.warung.pump.FatalErrors;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpThreadsTest {
    private final Warung warung = new Warung();

    @TempDir
    Path folder;

    /** The context of a node whose only setting is its data folder. */
    private ServletContext context() {
        return (ServletContext) Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInitParameter" -> "warung.data".equals(arguments[0]) ? folder.toString() : null;
                    case "getInitParameterNames" -> Collections.emptyEnumeration();
                    case "getContextPath" -> "";
                    default -> null;
                });
    }

    @AfterEach
    void nobodyListens() {
        warung.stop();
        FatalErrors.setListener(error -> {});
    }

    /** Closing connections blocks threads for a second each: whatever is completed there would wait for all of them. */
    @Test
    void requestsAreCompletedOnThreadsThatCloseNoConnections() throws IOException {
        warung.start(context());
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
