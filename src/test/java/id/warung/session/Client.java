package id.warung.session;

import id.warung.identity.ClientAddress;
import id.warung.room.Frame;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** A client at the other end of a connection, which sends commands and reads events. */
final class Client {
    final ScriptedTransport transport = new ScriptedTransport();
    final ChatSession session;
    private int forgotten;

    Client(SessionNode node, ChatSession.Mode mode, String plainRoom) {
        this(node, mode, plainRoom, SessionNode.ANYWHERE);
    }

    Client(SessionNode node, ChatSession.Mode mode, String plainRoom, ClientAddress address) {
        session = node.registry.open(transport, mode, plainRoom, address, null);
    }

    void hello(String name) {
        says("{\"type\":\"hello\",\"name\":\"" + name + "\"}");
    }

    void helloAgain(String token) {
        says("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
    }

    void join(String room) {
        says("{\"type\":\"join\",\"room\":\"" + room + "\"}");
    }

    void joinAfter(String room, String epoch, long after) {
        says("{\"type\":\"join\",\"room\":\"" + room + "\",\"epoch\":\"" + epoch + "\",\"after\":" + after + "}");
    }

    void joinLast(String room, int last) {
        says("{\"type\":\"join\",\"room\":\"" + room + "\",\"last\":" + last + "}");
    }

    void leave(String room) {
        says("{\"type\":\"leave\",\"room\":\"" + room + "\"}");
    }

    /** Sends a command about a room, with an id if there is one; {@code fields} as in JSON. */
    void does(String type, String room, String id, String fields) {
        says("{\"type\":\"" + type + "\",\"room\":\"" + room + "\"" + (id == null ? "" : ",\"id\":\"" + id + "\"")
                + (fields.isEmpty() ? "" : "," + fields) + "}");
    }

    String userId() {
        return session.user().id();
    }

    void posts(String text) {
        says("{\"type\":\"post\",\"room\":\"lobby\",\"text\":\"" + text + "\"}");
    }

    void posts(String id, String text) {
        says("{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"" + id + "\",\"text\":\"" + text + "\"}");
    }

    void says(String frame) {
        session.text(frame);
    }

    /** How many frames it has received. */
    int frames() {
        return transport.sent().size();
    }

    /** All events since the last {@link #forget}. */
    List<JsonObject> events() {
        List<JsonObject> events = new ArrayList<>();
        for (Frame frame : transport.sent().subList(forgotten, transport.sent().size())) {
            Json.createReader(new StringReader(frame.text())).readArray().stream()
                    .map(JsonValue::asJsonObject)
                    .forEach(events::add);
        }
        return events;
    }

    List<JsonObject> events(String type) {
        return events().stream()
                .filter(event -> event.getString("type").equals(type))
                .toList();
    }

    /** The events in short form: {@code message 7}, {@code ack c-1 7}, {@code error busy c-1}, {@code joined lobby 7}. */
    List<String> heard() {
        return events().stream().map(Client::inShort).toList();
    }

    void forget() {
        forgotten = transport.sent().size();
    }

    String token() {
        return events("signed-in").get(0).getString("token");
    }

    private static String inShort(JsonObject event) {
        String type = event.getString("type");
        return switch (type) {
            case "message",
                    "edited",
                    "deleted",
                    "erased",
                    "created",
                    "changed",
                    "added",
                    "removed",
                    "appointed",
                    "dismissed" -> type + " " + event.getInt("seq");
            case "ack" -> "ack " + event.getString("id") + " " + event.getInt("seq");
            case "error" ->
                "error " + event.getString("code") + (event.containsKey("id") ? " " + event.getString("id") : "");
            case "joined", "reset" -> type + " " + event.getString("room") + " " + event.getInt("head");
            case "left" -> "left " + event.getString("room") + (event.containsKey("reason") ? " removed" : "");
            case "signed-in" -> "signed-in " + event.getJsonObject("user").getString("name");
            case "ping" -> "ping " + event.getInt("n");
            case "bye" -> "bye " + event.getInt("code");
            default -> type;
        };
    }
}
