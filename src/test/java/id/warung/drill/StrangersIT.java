package id.warung.drill;

import static id.warung.client.Strangers.bodyToCome;
import static id.warung.client.Strangers.chunksToCome;
import static id.warung.client.Strangers.reading;
import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.Strangers;
import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Hostile HTTP clients that want others to wait: bodies that never arrive, or byte by byte, and responses that nobody reads. */
class StrangersIT {
    private static final int STRANGERS = Scale.of(200, 1_000);
    private static final int PROBES = Scale.of(8, 40); // during each kind of attack
    private static final int LONG_MESSAGES = 200;
    private static final String ALONE = "nobody else";
    private static final Duration AT_MOST =
            Duration.ofSeconds(Scale.of(5, 1)); // beyond the time on an otherwise idle machine
    private static final String MESSAGES = "/api/rooms/long/messages";
    private static final String ROOM = "lobby";

    private final HttpClient http = HttpClient.newHttpClient();
    private Duration healthAlone = Duration.ZERO;
    private Duration chatAlone = Duration.ZERO;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private Map<String, String> kinds(String token) {
        String[] signedIn = {"Authorization: Bearer " + token, "Content-Type: application/json"};
        String[] upgrade = {
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw=="
        };
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("a body for a page", bodyToCome("POST", "/index.html"));
        kinds.put("a message to come", bodyToCome("POST", MESSAGES, signedIn));
        kinds.put("one by nobody", bodyToCome("POST", MESSAGES));
        kinds.put("one in chunks", chunksToCome("POST", MESSAGES, signedIn));
        kinds.put(
                "one that asks first", bodyToCome("POST", MESSAGES, "Expect: 100-continue", signedIn[0], signedIn[1]));
        kinds.put(
                "a form for the chat", bodyToCome("POST", "/chat", "Content-Type: application/x-www-form-urlencoded"));
        kinds.put("an upgrade with a body", bodyToCome("GET", "/chat", upgrade));
        kinds.put("to where nothing is", chunksToCome("PUT", "/nothing/here"));
        kinds.put("with a bad address", bodyToCome("POST", "/%00"));
        kinds.put("about the server", bodyToCome("OPTIONS", "*"));
        kinds.put("unread history", reading(MESSAGES + "?limit=500", 8));
        kinds.put("unread health", reading("/health/live", 90));
        kinds.put("unread pages", reading("/", 90));
        return kinds;
    }

    @Test
    void howeverStrangersHoldOnHealthAndChatAnswer() throws Exception {
        try (WarungProcess warung = new WarungProcess(folder)
                        .with("JDK_JAVA_OPTIONS", "-Xmx160m")
                        .start();
                Person ana = Person.in(ROOM, warung.chat());
                Strangers dripping = new Strangers(warung.http("/"))) {
            ana.join("long");
            for (int n = 0; n < LONG_MESSAGES; n++) {
                ana.post("long", "語".repeat(4_000));
            }
            probe(warung, ana, ALONE);
            dripping.come(STRANGERS, bodyToCome("POST", MESSAGES, "Authorization: Bearer " + ana.token()));

            for (Map.Entry<String, String> kind : kinds(ana.token()).entrySet()) {
                dripping.drip();
                try (Strangers strangers = new Strangers(warung.http("/"))) {
                    strangers.come(STRANGERS, kind.getValue());
                    probe(warung, ana, kind.getKey());
                }
            }
            patiently().until(() -> {
                dripping.drip();
                return dripping.gone() == STRANGERS;
            });
            assertThat(new History(warung).page("long", "limit=500").entries())
                    .as("fewer than there are: about half a MiB")
                    .hasSizeBetween(20, 60);
            assertThat(warung.err()).doesNotContain("OutOfMemory");
        }
    }

    /** The health check, and a new client's first message in the room. */
    private void probe(WarungProcess warung, Person ana, String when) throws IOException, InterruptedException {
        Duration health = Duration.ZERO;
        Duration chat = Duration.ZERO;
        for (int probe = 0; probe < PROBES; probe++) {
            long start = System.nanoTime();
            assertThat(get(warung.http("/health/live")).statusCode()).isEqualTo(200);
            long healthy = System.nanoTime();
            try (Person newcomer = Person.in(ROOM, warung.chat())) {
                newcomer.say(Person.postFrame(ROOM, when));
                assertThat(ana.next("message").getString("text")).isEqualTo(when);
            }
            health = longer(health, healthy - start);
            chat = longer(chat, System.nanoTime() - healthy);
        }
        System.out.printf(
                "%d strangers, %s: health %d ms, chat %d ms%n", STRANGERS, when, health.toMillis(), chat.toMillis());
        if (when.equals(ALONE)) {
            healthAlone = health;
            chatAlone = chat;
        }
        assertThat(health).as(when).isLessThan(AT_MOST.plus(healthAlone));
        assertThat(chat).as(when).isLessThan(AT_MOST.plus(chatAlone));
    }

    private static Duration longer(Duration longest, long nanos) {
        return nanos > longest.toNanos() ? Duration.ofNanos(nanos) : longest;
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aMessageOverASlowLineIsPosted() throws Exception {
        try (WarungProcess warung = new WarungProcess(folder).start();
                Person ana = Person.in(ROOM, warung.chat());
                Socket line = new Socket("localhost", warung.http("/").getPort())) {
            byte[] body = "x".repeat(4_000).getBytes(StandardCharsets.UTF_8);
            OutputStream out = line.getOutputStream();
            out.write(("POST /api/rooms/" + ROOM + "/messages HTTP/1.1\r\nHost: warung\r\nContent-Type: text/plain\r\n"
                            + "Authorization: Bearer " + ana.token() + "\r\nContent-Length: " + body.length
                            + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            long start = System.nanoTime();
            for (int sent = 0; sent < body.length; sent += 100) {
                long due = start + Duration.ofMillis(sent).toNanos(); // a KB a second
                patiently().until(() -> System.nanoTime() >= due);
                out.write(body, sent, 100);
            }
            InputStream in = line.getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 201");
            assertThat(ana.next("message").getString("text")).hasSize(body.length);
        }
    }
}
