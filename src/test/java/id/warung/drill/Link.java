package id.warung.drill;

import id.warung.client.RawSocket;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * One connection that speaks {@code warung.v1}. For one thread; events are reported on another. It uses a socket and a thread: the JDK's
 * client sometimes neither reports that a server was killed nor continues to read, when the machine is busy.
 */
final class Link {
    private static final int SWITCHING_PROTOCOLS = 101;
    /** Frames, which are the same for many clients: each is parsed about once. */
    private static final Map<String, List<JsonObject>> PARSED = new ConcurrentHashMap<>();

    private static final int MANY = 500;

    private final RawSocket socket;
    private final BiConsumer<Link, List<JsonObject>> ear;

    private Link(RawSocket socket, BiConsumer<Link, List<JsonObject>> ear) {
        this.socket = socket;
        this.ear = ear;
    }

    /** Connects, or returns null. The callback receives the events of each frame, and null when the connection is lost. */
    static Link open(URI chat, BiConsumer<Link, List<JsonObject>> ear) {
        try {
            RawSocket socket = new RawSocket(chat, "Sec-WebSocket-Protocol: warung.v1");
            Link link = new Link(socket, ear);
            if (socket.status() != SWITCHING_PROTOCOLS) {
                link.cut();
                return null;
            }
            Thread reading = new Thread(link::read, "link");
            reading.setDaemon(true);
            reading.start();
            return link;
        } catch (IOException nobodyThere) {
            return null;
        }
    }

    /** Sends a command; false when the connection is lost. */
    boolean say(String json) {
        try {
            socket.text(json);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Closes the connection without a goodbye. */
    void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            // also an end
        }
    }

    private static List<JsonObject> eventsOf(String frame) {
        if (PARSED.size() > MANY) {
            PARSED.clear();
        }
        return PARSED.computeIfAbsent(frame, text -> {
            try (JsonReader reader = Json.createReader(new StringReader(text))) {
                return reader.readArray().getValuesAs(JsonValue::asJsonObject);
            }
        });
    }

    private void read() {
        try {
            for (String frame = socket.textOrNull(); frame != null; frame = socket.textOrNull()) {
                ear.accept(this, eventsOf(frame));
            }
        } catch (IOException gone) {
            // as if the server had closed
        }
        ear.accept(this, null);
    }
}
