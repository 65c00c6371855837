package id.warung.drill;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** One connection that speaks {@code warung.v1}. For one thread; what it hears, it tells on others. */
final class Link implements WebSocket.Listener {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 30;

    private final BiConsumer<Link, List<JsonObject>> ear;
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    private Link(BiConsumer<Link, List<JsonObject>> ear) {
        this.ear = ear;
    }

    /** Connects, or returns null. The ear hears the events of each frame, and null when the connection is gone. */
    static Link open(URI chat, BiConsumer<Link, List<JsonObject>> ear) {
        Link link = new Link(ear);
        try {
            link.socket = CLIENT.newWebSocketBuilder()
                    .subprotocols("warung.v1")
                    .buildAsync(chat, link)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return link;
        } catch (ExecutionException | TimeoutException nobodyThere) {
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says something; false when the connection is gone. */
    boolean say(String json) {
        try {
            socket.sendText(json, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException gone) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it without a word. */
    void cut() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            try (JsonReader reader = Json.createReader(new StringReader(text.toString()))) {
                ear.accept(this, reader.readArray().getValuesAs(JsonValue::asJsonObject));
            }
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        ear.accept(this, null);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        ear.accept(this, null);
    }
}
