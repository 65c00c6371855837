package id.warung.client;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Somebody who speaks {@code warung.v1} by hand: what is said goes out as it is, and every event is looked at. */
public final class Person implements AutoCloseable {
    public static final String V1 = "warung.v1";
    public static final String V1_BIN = "warung.v1.bin";

    private final Wire wire;
    private final boolean binary;
    private final ArrayDeque<JsonObject> events = new ArrayDeque<>();
    private final JsonObject welcome;

    private Person(Wire wire) {
        this.wire = wire;
        this.binary = V1_BIN.equals(wire.subprotocol());
        this.welcome = next("welcome");
    }

    /** Connects, and has been welcomed when this returns. */
    public static Person connect(Library library, URI chat, String... subprotocols) {
        return new Person(library.connect(chat, subprotocols));
    }

    public static Person connect(URI chat) {
        return connect(Library.JDK, chat, V1);
    }

    /** Somebody with a name of his own who reads a room from its end. */
    public static Person in(String room, URI chat) {
        Person person = connect(chat);
        person.hello(anyName());
        person.join(room, "\"last\":0");
        return person;
    }

    /** A room of a test's own. */
    public static String anyRoom() {
        return "r-" + UUID.randomUUID();
    }

    public static String anyName() {
        return "N" + UUID.randomUUID().toString().substring(0, 13);
    }

    public Wire wire() {
        return wire;
    }

    public JsonObject welcome() {
        return welcome;
    }

    public void say(String json) {
        wire.text(json);
    }

    /** Answers {@code signed-in}. */
    public JsonObject hello(String name) {
        say("{\"type\":\"hello\",\"name\":\"" + name + "\"}");
        return next("signed-in");
    }

    public JsonObject helloAgain(String token) {
        say("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
        return next("signed-in");
    }

    /** Answers {@code joined}. */
    public JsonObject join(String room, String... fields) {
        say("{\"type\":\"join\",\"room\":\"" + room + "\"" + more(fields) + "}");
        return next("joined");
    }

    /** Says something and waits until the room has it, as far as he himself can see. */
    public JsonObject post(String room, String text, String... fields) {
        say(postFrame(room, text, fields));
        return next("message");
    }

    public static String postFrame(String room, String text, String... fields) {
        return "{\"type\":\"post\",\"room\":\"" + room + "\",\"text\":\"" + text + "\"" + more(fields) + "}";
    }

    private static String more(String... fields) {
        return fields.length == 0 ? "" : "," + String.join(",", fields);
    }

    /** The next event, which must be of this type; answers pings on the way. */
    public JsonObject next(String type) {
        JsonObject event = next();
        assertThat(event).as("a %s", type).containsEntry("type", Json.createValue(type));
        return event;
    }

    /** The next events, which are of these types in whatever order, given back in the order of the types. */
    public List<JsonObject> nextInAnyOrder(String... types) {
        List<JsonObject> came = new ArrayList<>();
        List<JsonObject> ordered = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            came.add(next());
        }
        for (String type : types) {
            JsonObject event = came.stream()
                    .filter(e -> e.getString("type").equals(type))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + type + " in " + came));
            came.remove(event);
            ordered.add(event);
        }
        return ordered;
    }

    /** The next refusal, which must have this code. */
    public JsonObject nextError(String code) {
        JsonObject error = next("error");
        assertThat(error.getString("code")).as("%s", error).isEqualTo(code);
        assertThat(error.getString("message")).endsWith(".").doesNotContain("Exception");
        return error;
    }

    private JsonObject next() {
        JsonObject event = events.poll();
        while (event == null) {
            read(wire.frame());
            event = events.poll();
        }
        return event;
    }

    private void read(Wire.Frame frame) {
        assertThat(frame.binary()).as("a binary frame: %s", frame).isEqualTo(binary);
        try (JsonReader reader = Json.createReader(new StringReader(frame.text()))) {
            List<JsonObject> batch = reader.readArray().getValuesAs(JsonValue::asJsonObject);
            assertThat(batch).as("the events of a frame").isNotEmpty();
            for (JsonObject event : batch) {
                if (event.getString("type").equals("ping")) {
                    say("{\"type\":\"pong\",\"n\":" + event.getJsonNumber("n") + "}");
                } else {
                    events.add(event);
                }
            }
        }
    }

    public int closeCode() {
        return wire.closeCode();
    }

    @Override
    public void close() {
        wire.close();
    }
}
