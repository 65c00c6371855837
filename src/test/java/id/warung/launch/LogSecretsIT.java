package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.RawHttp;
import id.warung.client.RawSocket;
import id.warung.kit.Jwts;
import id.warung.kit.WarungProcess;
import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log at its most talkative, after each way of signing in and much that is wrong: no token, no text, no name, and a line is a line. */
class LogSecretsIT {
    private static final String KEY = "k3y-of-the-build-server";
    private static final String FORGED = "2026-01-01 00:00:00.000 INFO forged: a line";
    private static final Pattern LINE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d [\\d:.]{12} (ERROR|SEVERE|WARNING|INFO|FINE|DEBUG) [\\w.$]+: .*");
    private static final Pattern OF_A_STACK =
            Pattern.compile("|\\tat .*|\\t\\.\\.\\. \\d+ more|(Caused by: )?[\\w.$]+(Exception|Error)(: .*)?");

    @TempDir
    private Path folder;

    private final List<String> secrets = new ArrayList<>(List.of(KEY, Jwts.SECRET));
    private WarungProcess warung;

    @Test
    void nobodyLearnsFromItWhatOthersShowAndSay() throws Exception {
        warung = Jwts.on(new WarungProcess(folder))
                .with("WARUNG_AUTH", "guest,token,header,container")
                .with("WARUNG_TRUSTED_PROXIES", "127.0.0.1")
                .with("WARUNG_API_KEYS", "Builds=" + KEY)
                .with("WARUNG_LOG", "debug")
                .with("LC_ALL", "C.UTF-8") // otherwise the JVM writes ? for what it should not
                .start();
        try (WarungProcess running = warung) {
            for (String token : goodTokens()) {
                try (Person person = Person.connect(running.chat())) {
                    person.helloAgain(token);
                    String room = Person.anyRoom();
                    person.join(room);
                    String text = secret("a text");
                    int seq = person.post(room, text).getInt("seq");
                    person.edit(room, seq, secret("another text"));
                    person.delete(room, seq);
                }
                overHttp(token);
                wrongOverSocket(changed(token));
                overHttp(changed(token));
            }
            wrongOverSocket(Jwts.of("x", "X", Instant.now().minusSeconds(7_200), Duration.ofMinutes(1), Map.of()));
            wrongOverSocket(secret("no-token-at-all"));
            wrongOverSocket("w2." + secret("no") + "." + secret("token"));
            overHttp(secret("no-token"));
            hostile();
            running.stop();
            assertThat(running.err()).contains("Signed in", "Command refused: bad-token");
            for (String secret : secrets) {
                assertThat(running.err()).doesNotContain(secret);
            }
            assertThat(running.err().split("\n"))
                    .allMatch(line -> LINE.matcher(line).matches()
                            || OF_A_STACK.matcher(line).matches());
            assertThat(running.err().codePoints().filter(c -> Character.isISOControl(c) && c != '\n' && c != '\t'))
                    .isEmpty();
        }
    }

    private List<String> goodTokens() throws IOException {
        List<String> tokens = new ArrayList<>(List.of(KEY));
        try (Person guest = Person.connect(warung.chat())) {
            guest.hello(secret("Gina"));
            tokens.add(guest.token());
        }
        tokens.add(Jwts.of(secret("jana"), secret("Jana")));
        tokens.add(bought(secret("hanna")));
        secrets.addAll(tokens);
        tokens.stream()
                .filter(token -> token.contains("."))
                .forEach(token -> secrets.addAll(List.of(token.split("\\."))));
        secrets.removeIf(part -> part.length() < 6); // the version of a token
        return tokens;
    }

    private String bought(String name) throws IOException {
        RawHttp.Response response = buy("X-Forwarded-User: " + name, "Origin: " + origin());
        assertThat(response.status()).isEqualTo(200);
        return Json.createReader(new StringReader(response.body())).readObject().getString("token");
    }

    private RawHttp.Response buy(String... headers) throws IOException {
        String head = "POST /signin/ HTTP/1.1|Content-Length: 0|" + String.join("|", headers);
        return RawHttp.ask(warung.address(), head, "");
    }

    private void overHttp(String token) throws IOException {
        String bearer = "|Authorization: Bearer " + token;
        String body = "{\"text\":\"" + secret("over HTTP") + "\"}";
        ask("POST /api/rooms/lobby/messages HTTP/1.1|Content-Length: " + body.length() + bearer, body);
        ask("GET /api/rooms/lobby/messages?q=" + secret("searched") + " HTTP/1.1" + bearer, "");
        ask("GET /api/people?q=" + secret("searched") + "&bad=" + secret("query") + " HTTP/1.1" + bearer, "");
        ask("GET /api/sessions HTTP/1.1" + bearer + "|Cookie: a=" + secret("cookie"), "");
    }

    private void ask(String head, String body) throws IOException {
        assertThat(RawHttp.ask(warung.address(), head, body).status()).isGreaterThanOrEqualTo(200);
    }

    private void wrongOverSocket(String token) throws IOException {
        secrets.add(token);
        hears("{\"type\":\"hello\",\"token\":\"" + token + "\"}", "bad-token");
    }

    private void hears(String said, String answer, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Sec-WebSocket-Protocol: " + Person.V1);
        try (RawSocket socket = new RawSocket(warung.chat(), all.toArray(String[]::new))) {
            socket.text(said);
            String heard = "";
            while (!heard.contains(answer)) {
                heard = socket.text();
            }
        }
    }

    /** Line ends, colours and more, wherever a client can put them. */
    private void hostile() throws IOException {
        String json = "Eve\\r\\n" + FORGED + "\\u001b[31m\\u0085\\u2028";
        hears("{\"type\":\"hello\",\"name\":\"" + json + "\"}", "bad-name");
        hears("{\"type\":\"hello\",\"token\":\"" + json + "\"}", "error");
        hears("{\"type\":\"" + json + "\"}", "error");
        hears("{\"type\":\"hello\",\"name\":\"Eve\",\"" + json + "\":1}", "error");
        hears("{\"type\":\"join\",\"room\":\"" + json + "\",\"id\":\"" + json + "\"}", "error");
        String raw = "Eve\r\n" + FORGED + "\u001b[31m\u0085";
        for (String claim : List.of("name", "preferred_username", "sub", "roles", "sid")) {
            Object value = claim.equals("roles") ? List.of(raw) : raw;
            String token = Jwts.of("eve", "Eve", Instant.now(), Duration.ofHours(1), Map.of(claim, value));
            hears("{\"type\":\"hello\",\"token\":\"" + token + "\"}", "signed-in");
        }
        String bytes = "Eve\u001b[31m\u0085" + FORGED;
        for (String header :
                List.of("X-Forwarded-User", "Origin", "X-Forwarded-For", "User-Agent", "Authorization", "Host")) {
            buy("Origin: " + origin(), "X-Forwarded-User: eve", header + ": " + bytes);
            buy("Origin: " + origin(), header + ": Eve\u0085" + FORGED);
            ask("GET /chat HTTP/1.1|" + header + ": Eve\u0085" + FORGED, "");
        }
        hears("{\"type\":\"hello\",\"name\":\"Eve\"}", "signed-in", "User-Agent: Eve\u0085" + FORGED);
        ask("GET /api/rooms/%0d%0a" + FORGED.replace(' ', '+') + "/messages HTTP/1.1", "");
        ask("GET /chat?origin=%0d%0a" + FORGED.replace(' ', '+') + " HTTP/1.1", "");
    }

    private String origin() {
        URI address = warung.address();
        return "http://" + address.getHost() + ":" + address.getPort();
    }

    private String secret(String kind) {
        String secret = kind.replace(' ', '-') + "-" + Integer.toString(100_000 + secrets.size(), 36);
        secrets.add(secret);
        return secret;
    }

    private static String changed(String token) {
        char last = token.charAt(token.length() - 3);
        return token.substring(0, token.length() - 3) + (last == 'A' ? 'B' : 'A') + token.substring(token.length() - 2);
    }
}
