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
 * A client that speaks {@code warung.v1} directly: commands are sent as given, and every event is checked. Events about
 * the transient state of rooms may come at any moment, and are skipped unless a test asks for them.
 */
public final class Person implements AutoCloseable {
    public static final String V1 = "warung.v1";
    public static final String V1_BIN = "warung.v1.bin";
    private static final Set<String> HOW_THINGS_ARE_NOW = Set.of("roster", "typing", "reads", "unread");

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

    /** Connects; the welcome has arrived when this returns. */
    public static Person connect(Library library, URI chat, String... subprotocols) {
        return new Person(library.connect(chat, subprotocols));
    }

    public static Person connect(URI chat) {
        return connect(Library.JDK, chat, V1);
    }

    /** A client that has signed in under a unique name. */
    public static Person signedIn(URI chat) {
        Person person = connect(chat);
        person.hello(anyName());
        return person;
    }

    /** A client that has signed in under a unique name and reads a room from its end. */
    public static Person in(String room, URI chat) {
        Person person = signedIn(chat);
        person.join(room, "\"last\":0");
        return person;
    }

    /** The same user over another connection. */
    public Person elsewhere(URI chat) {
        Person same = connect(chat);
        same.helloAgain(token());
        return same;
    }

    /** The name of a new room. */
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

    /** Returns {@code signed-in}. */
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

    /** The user as others see them. */
    public JsonObject user() {
        return signedIn.getJsonObject("user");
    }

    /** The user as entries name them: that they are a guest, their id says. */
    public JsonObject asAuthor() {
        return asAuthor(user());
    }

    /** A user of a reply as entries name them. */
    public static JsonObject asAuthor(JsonObject user) {
        return Json.createObjectBuilder(user).remove("guest").build();
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

    /** Returns {@code joined}. */
    public JsonObject join(String room, String... fields) {
        say("{\"type\":\"join\",\"room\":\"" + room + "\"" + more(fields) + "}");
        return next("joined");
    }

    /** Posts and waits until the client has received its own message. */
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

    /** Sends a command under a new id, and returns its answer; other events stay in the queue. */
    public JsonObject ask(String type, String room, String... fields) {
        String id = "c-" + UUID.randomUUID();
        say("{\"type\":\"" + type + "\",\"room\":\"" + room + "\",\"id\":\"" + id + "\"" + more(fields) + "}");
        return answer(id);
    }

    /** Executes a command, and returns the seq of its entry. */
    public int command(String type, String room, String... fields) {
        JsonObject answer = ask(type, room, fields);
        assertThat(answer).as("%s", answer).containsEntry("type", Json.createValue("ack"));
        return answer.getInt("seq");
    }

    /** Sends a command, which must be rejected with this code. */
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

    /** Signals typing, which has no answer. */
    public void types(String room) {
        say("{\"type\":\"typing\",\"room\":\"" + room + "\"}");
    }

    /** Sets the read mark, which has no answer, but is done before the next command. */
    public void read(String room, int seq) {
        say("{\"type\":\"read\",\"room\":\"" + room + "\",\"seq\":" + seq + "}");
    }

    /** Sets the read mark and waits until the server has done that: it answers a later command. */
    public void hasRead(String room, int seq) {
        read(room, seq);
        isRefused("no-such-message", "delete", room, field("seq", Integer.MAX_VALUE));
    }

    /** The direct conversation with another user. */
    public String direct(Person other) {
        say("{\"type\":\"direct\",\"user\":\"" + other.id() + "\"}");
        JsonObject direct = next("direct");
        assertThat(direct.getJsonObject("user")).isEqualTo(other.user());
        return direct.getString("room");
    }

    /** The next event, which must be of this type; answers pings meanwhile. */
    public JsonObject next(String type) {
        JsonObject event = next(Set.of(type));
        assertThat(event).as("a %s", type).containsEntry("type", Json.createValue(type));
        return event;
    }

    /** The next event of any type; of those about transient state, only of these types. */
    public JsonObject nextWith(String... transientTypes) {
        return next(Set.of(transientTypes));
    }

    /** The next events, which must be of these types in any order; returned in the order of the types. */
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

    /** The next rejection, which must have this code. */
    public JsonObject nextError(String code) {
        return refusal(next("error"), code);
    }

    private static JsonObject refusal(JsonObject error, String code) {
        assertThat(error).as("%s", error).containsEntry("type", Json.createValue("error"));
        assertThat(error.getString("code")).as("%s", error).isEqualTo(code);
        assertThat(error.getString("message")).endsWith(".").doesNotContain("Exception");
        return error;
    }

    /** The next event of any type, except those about transient state. */
    public JsonObject next() {
        return next(Set.of());
    }

    /** All events that have arrived so far. */
    public List<JsonObject> heard() {
        for (Wire.Frame frame = wire.frameIfAny(); frame != null; frame = wire.frameIfAny()) {
            read(frame);
        }
        List<JsonObject> heard = List.copyOf(events);
        events.clear();
        return heard;
    }

    /** The next event of this type; earlier ones are dropped. */
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

    /** The ack of a command, or its rejection; entries may come before or after it. */
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
