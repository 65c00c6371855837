package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.logging.LogContext;
import java.io.EOFException;
import org.junit.jupiter.api.Test;

class GoneClientTest {
    @Test
    void aCutConnectionIsALineAndAnythingElseHasItsTrace() {
        LogContext about = LogContext.NONE.withUser("u-1");
        IllegalStateException bug = new IllegalStateException("a bug");
        try (Logged logged = Logged.allBy(GoneClientTest.class)) {
            System.Logger log = System.getLogger(GoneClientTest.class.getName());
            GoneClient.log(log, about, "It failed", new EOFException());
            GoneClient.log(log, about, "It failed", bug);

            assertThat(logged.lines())
                    .containsExactly("It failed: java.io.EOFException [user=u-1]", "It failed [user=u-1]");
            assertThat(logged.thrown()).containsExactly(null, bug);
        }
    }
}
