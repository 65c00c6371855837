package id.warung.drill;

import id.warung.client.RawSocket;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
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
    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(Map.of()); // else each reader looks for a provider in all jars
    /** Frames, which are the same for many clients: each is parsed about once. */
    private static final Map<String, List<JsonObject>> PARSED = new ConcurrentHashMap<>();

    private static final int MANY = 5_000; // some clients are that far behind others

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
        List<JsonObject> known = PARSED.get(frame);
        if (known != null) {
            return known;
        }
        try (JsonReader reader = READERS.createReader(new StringReader(frame))) {
            List<JsonObject> events = reader.readArray().getValuesAs(JsonValue::asJsonObject);
            if (PARSED.size() > MANY) {
                PARSED.clear();
            }
            PARSED.put(frame, events); // nobody waits for another one's parsing, as with computeIfAbsent and clear
            return events;
        }
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
