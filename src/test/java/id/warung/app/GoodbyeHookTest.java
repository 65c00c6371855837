package id.warung.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.ClientAddress;
import id.warung.room.Frame;
import id.warung.session.ChatSession;
import id.warung.session.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that never stops its applications, as one whose listeners are closed first, when its process is asked to end. */
class GoodbyeHookTest {
    private static final String CLOSED = "closed with ";

    @TempDir
    Path folder;

    @Test
    void clientsAreToldAlsoWhenTheServerDoesNotStopTheApplicationFirst() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            assertThat(out.lines().anyMatch(line -> line.contains("\"welcome\"")))
                    .isTrue();

            process.toHandle().destroy(); // unlike its own, it leaves the output open

            assertThat(out.lines()
                            .filter(line -> line.contains("\"bye\"") || line.startsWith(CLOSED))
                            .limit(2))
                    .satisfiesExactly(bye -> assertThat(bye).contains("\"bye\"", "4000"), close -> assertThat(close)
                            .isEqualTo(CLOSED + 4000));
        } finally {
            process.destroyForcibly();
        }
    }

    /** A process with one client that prints what it receives; it does not end by itself. */
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) throws InterruptedException {
            Warung warung = new Warung();
            warung.start(ScriptedContext.with(Path.of(arguments[0])));
            warung.sessions().open(new Printer(), ChatSession.Mode.TEXT, "lobby", ClientAddress.UNKNOWN, null);
            new CountDownLatch(1).await(); // all other threads are daemons
        }
    }

    private static final class Printer implements Transport {
        @Override
        public void send(Frame frame, Completion completion) {
            System.out.println(frame.text());
            completion.done(null);
        }

        @Override
        public void ping(long n) {
            // the process ends before
        }

        @Override
        public void close(int code, String reason) {
            System.out.println(CLOSED + code);
        }

        @Override
        public String sessionId() {
            return "client";
        }

        @Override
        public boolean confirmsDelivery() {
            return true;
        }
    }
}
