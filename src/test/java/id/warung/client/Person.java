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
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody who speaks {@code warung.v1} by hand: what is said goes out as it is, and every event is looked at. What tells how things are now
 * may come at any moment, and is passed over by who does not ask for it.
 */
public final class Person implements AutoCloseable {
    public static final String V1 = "warung.v1";
    public static final String V1_BIN = "warung.v1.bin";
    private static final Set<String> HOW_THINGS_ARE_NOW = Set.of("roster", "typing", "reads");

    private final Wire wire;
    private final boolean binary;
    private final ArrayDeque<JsonObject> events = new ArrayDeque<>();
    private final JsonObject welcome;
    private JsonObject signedIn;

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

    /** Somebody with a name of his own. */
    public static Person signedIn(URI chat) {
        Person person = connect(chat);
        person.hello(anyName());
        return person;
    }

    /** Somebody with a name of his own who reads a room from its end. */
    public static Person in(String room, URI chat) {
        Person person = signedIn(chat);
        person.join(room, "\"last\":0");
        return person;
    }

    /** The same user once more, over a connection of its own. */
    public Person elsewhere(URI chat) {
        Person same = connect(chat);
        same.helloAgain(token());
        return same;
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
        signedIn = next("signed-in");
        return signedIn;
    }

    public JsonObject helloAgain(String token) {
        say("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
        signedIn = next("signed-in");
        return signedIn;
    }

    /** Who he is, as others see him. */
    public JsonObject user() {
        return signedIn.getJsonObject("user");
    }

    public String id() {
        return user().getString("id");
    }

    public String name() {
        return user().getString("name");
    }

    public String token() {
        return signedIn.getString("token");
    }

    public String inbox() {
        return signedIn.getString("inbox");
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

    /** A field of a command. */
    public static String field(String key, String text) {
        return "\"" + key + "\":\"" + text + "\"";
    }

    public static String field(String key, int number) {
        return "\"" + key + "\":" + number;
    }

    /** Says a command under an id of its own, and gives what it is answered; the rest that has come stays to be looked at. */
    public JsonObject ask(String type, String room, String... fields) {
        String id = "c-" + UUID.randomUUID();
        say("{\"type\":\"" + type + "\",\"room\":\"" + room + "\",\"id\":\"" + id + "\"" + more(fields) + "}");
        return answer(id);
    }

    /** Has a command done, and gives the seq of its entry. */
    public int command(String type, String room, String... fields) {
        JsonObject answer = ask(type, room, fields);
        assertThat(answer).as("%s", answer).containsEntry("type", Json.createValue("ack"));
        return answer.getInt("seq");
    }

    /** Says a command, which must be refused with this code. */
    public void isRefused(String code, String type, String room, String... fields) {
        refusal(ask(type, room, fields), code);
    }

    public int create(String room, String... fields) {
        return command("create", room, fields);
    }

    public int add(String room, Person who) {
        return command("add", room, field("user", who.id()));
    }

    public int remove(String room, Person who) {
        return command("remove", room, field("user", who.id()));
    }

    public int edit(String room, int seq, String text) {
        return command("edit", room, field("seq", seq), field("text", text));
    }

    public int delete(String room, int seq) {
        return command("delete", room, field("seq", seq));
    }

    /** Says that he is writing. That is not answered. */
    public void types(String room) {
        say("{\"type\":\"typing\",\"room\":\"" + room + "\"}");
    }

    /** Says how far he has read. That is not answered, but done before what he says next. */
    public void read(String room, int seq) {
        say("{\"type\":\"read\",\"room\":\"" + room + "\",\"seq\":" + seq + "}");
    }

    /** Has read as far as this, and the server knows it: so it does when it has answered what he asks for next. */
    public void hasRead(String room, int seq) {
        read(room, seq);
        isRefused("no-such-message", "delete", room, field("seq", Integer.MAX_VALUE));
    }

    /** The room that he has with somebody. */
    public String direct(Person other) {
        say("{\"type\":\"direct\",\"user\":\"" + other.id() + "\"}");
        JsonObject direct = next("direct");
        assertThat(direct.getJsonObject("user")).isEqualTo(other.user());
        return direct.getString("room");
    }

    /** The next event, which must be of this type; answers pings on the way. */
    public JsonObject next(String type) {
        JsonObject event = next(Set.of(type));
        assertThat(event).as("a %s", type).containsEntry("type", Json.createValue(type));
        return event;
    }

    /** The next events, which are of these types in whatever order, given back in the order of the types. */
    public List<JsonObject> nextInAnyOrder(String... types) {
        List<JsonObject> came = new ArrayList<>();
        List<JsonObject> ordered = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            came.add(next(List.of(types)));
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
        return refusal(next("error"), code);
    }

    private static JsonObject refusal(JsonObject error, String code) {
        assertThat(error).as("%s", error).containsEntry("type", Json.createValue("error"));
        assertThat(error.getString("code")).as("%s", error).isEqualTo(code);
        assertThat(error.getString("message")).endsWith(".").doesNotContain("Exception");
        return error;
    }

    /** The next event, whichever; none of those that only tell how things are now. */
    public JsonObject next() {
        return next(Set.of());
    }

    /** All that has come by now. */
    public List<JsonObject> heard() {
        for (Wire.Frame frame = wire.frameIfAny(); frame != null; frame = wire.frameIfAny()) {
            read(frame);
        }
        List<JsonObject> heard = List.copyOf(events);
        events.clear();
        return heard;
    }

    /** The next event of this type; what comes before it is of no matter. */
    public JsonObject skipTo(String type) {
        JsonObject event = next(Set.of(type));
        while (!event.getString("type").equals(type)) {
            event = next(Set.of(type));
        }
        return event;
    }

    private JsonObject next(Collection<String> wanted) {
        while (true) {
            while (events.isEmpty()) {
                read(wire.frame());
            }
            JsonObject event = events.poll();
            String type = event.getString("type");
            if (!HOW_THINGS_ARE_NOW.contains(type) || wanted.contains(type)) {
                return event;
            }
        }
    }

    /** The ack of a command, or its refusal; entries may come before it or after. */
    private JsonObject answer(String id) {
        while (true) {
            for (Iterator<JsonObject> came = events.iterator(); came.hasNext(); ) {
                JsonObject event = came.next();
                if (Set.of("ack", "error").contains(event.getString("type"))
                        && event.getString("id", "").equals(id)) {
                    came.remove();
                    return event;
                }
            }
            read(wire.frame());
        }
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
