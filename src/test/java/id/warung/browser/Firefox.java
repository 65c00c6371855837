package id.warung.browser;

import id.warung.kit.Child;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Debian's Firefox, driven by WebDriver BiDi, which is one WebSocket of JSON. Playwright drives only a Firefox of its own. For one
 * thread; everything that is asked of the browser waits until it is there, at most {@value #PATIENCE_SECONDS} s.
 */
final class Firefox implements AutoCloseable {
    private static final String PROGRAM = "firefox-esr";
    private static final Pattern LISTENS = Pattern.compile("WebDriver BiDi listening on (ws://[^\\s]+)");
    private static final int PATIENCE_SECONDS = 60;

    private final Child process;
    private final WebSocket socket;
    private final Answers answers = new Answers();
    private final AtomicInteger asked = new AtomicInteger();

    /** Starts a browser with a new profile in this folder. */
    Firefox(Path folder) throws IOException {
        Path said = folder.resolve("firefox.log");
        Path profile = Files.createDirectories(folder.resolve("profile"));
        process = Child.of(
                said,
                PROGRAM,
                "--headless",
                "--no-remote",
                "--remote-debugging-port",
                "0",
                "--profile",
                profile.toString());
        String[] address = new String[1];
        Awaitility.await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(() -> {
            Matcher listens = LISTENS.matcher(process.said());
            return listens.find() && (address[0] = listens.group(1)) != null;
        });
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address[0] + "/session"), answers)
                .join();
        ask("session.new", "{\"capabilities\":{}}");
    }

    /** A browser of its own for one user: nothing is shared with the others. */
    Person person() {
        String context = ask("browser.createUserContext", "{}").getString("userContext");
        String tab = "{\"type\":\"window\",\"userContext\":" + Json.createValue(context) + "}";
        return new Person(ask("browsingContext.create", tab).getString("context"));
    }

    private JsonObject ask(String method, String parameters) {
        int id = asked.incrementAndGet();
        CompletableFuture<JsonObject> answer = answers.expect(id);
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .join();
        JsonObject its = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        if (!"success".equals(its.getString("type"))) {
            throw new AssertionError(method + ": " + its);
        }
        return its.getJsonObject("result");
    }

    @Override
    public void close() {
        socket.abort();
        process.close();
    }

    /** One user's tab. */
    final class Person {
        private final String tab;

        private Person(String context) {
            tab = "\"context\":" + Json.createValue(context);
        }

        void goesTo(URI address) {
            ask(
                    "browsingContext.navigate",
                    "{" + tab + ",\"url\":" + Json.createValue(address.toString()) + ",\"wait\":\"complete\"}");
        }

        void reloads() {
            ask("browsingContext.reload", "{" + tab + ",\"wait\":\"complete\"}");
        }

        /** Waits until an expression is true in the page. */
        void sees(String expression) {
            String waiting = "new Promise((seen) => { const look = () => (" + expression
                    + ") ? seen(true) : setTimeout(look, 20); look(); })";
            JsonObject its = ask(
                    "script.evaluate",
                    "{\"expression\":" + Json.createValue(waiting) + ",\"target\":{" + tab
                            + "},\"awaitPromise\":true}");
            if (!"success".equals(its.getString("type"))) {
                throw new AssertionError(expression + ": " + its);
            }
        }

        /** Types with the keyboard; {@code \uE007} is Enter, {@code \uE00C} Escape. */
        void types(String text) {
            StringBuilder keys = new StringBuilder();
            text.codePoints()
                    .mapToObj(Character::toString)
                    .map(Json::createValue)
                    .forEach(key -> keys.append(keys.length() == 0 ? "" : ",")
                            .append("{\"type\":\"keyDown\",\"value\":" + key + "},{\"type\":\"keyUp\",\"value\":" + key
                                    + "}"));
            ask(
                    "input.performActions",
                    "{" + tab + ",\"actions\":[{\"type\":\"key\",\"id\":\"keys\",\"actions\":[" + keys + "]}]}");
        }

        /** Clicks in the middle of the first element of a CSS selector, when it is there. */
        void clicks(String selector) {
            sees("document.querySelector(" + Json.createValue(selector) + ")");
            String element = "{\"type\":\"element\",\"element\":" + reference(selector) + "}";
            ask(
                    "input.performActions",
                    "{" + tab + ",\"actions\":[{\"type\":\"pointer\",\"id\":\"mouse\",\"actions\":["
                            + "{\"type\":\"pointerMove\",\"x\":0,\"y\":0,\"origin\":" + element + "},"
                            + "{\"type\":\"pointerDown\",\"button\":0},{\"type\":\"pointerUp\",\"button\":0}]}]}");
        }

        private JsonValue reference(String selector) {
            JsonObject found = ask(
                    "script.evaluate",
                    "{\"expression\":" + Json.createValue("document.querySelector(" + Json.createValue(selector) + ")")
                            + ",\"target\":{" + tab + "},\"awaitPromise\":false}");
            return Json.createObjectBuilder()
                    .add("sharedId", found.getJsonObject("result").getString("sharedId"))
                    .build();
        }
    }

    /** What the browser says. */
    private static final class Answers implements WebSocket.Listener {
        private final Map<Integer, CompletableFuture<JsonObject>> expected = new ConcurrentHashMap<>();
        private final StringBuilder part = new StringBuilder();

        CompletableFuture<JsonObject> expect(int id) {
            CompletableFuture<JsonObject> answer = new CompletableFuture<>();
            expected.put(id, answer);
            return answer;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                JsonObject said =
                        Json.createReader(new StringReader(part.toString())).readObject();
                part.setLength(0);
                if (said.containsKey("id") && !said.isNull("id")) {
                    expected.remove(said.getInt("id")).complete(said);
                }
            }
            from.request(1);
            return null;
        }
    }
}
