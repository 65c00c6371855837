package id.warung.cluster;

import id.warung.log.Posted;
import id.warung.room.Frame;
import id.warung.room.Reader;
import id.warung.room.Room;
import id.warung.room.Subscription;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Somebody who reads a room from its beginning, and when each entry came. Thread-safe. */
final class Listening implements Reader {
    private final List<Long> seqs = new ArrayList<>();
    private final Map<String, Long> atNanos = new ConcurrentHashMap<>(); // by text
    private volatile Subscription subscription;

    Listening(Room room) {
        this.subscription = room.subscribe(this, 0, () -> Posted.anybody(Posted.user("budi")), false);
        drive();
    }

    @Override
    public void drive() {
        wake();
    }

    @Override
    public synchronized void wake() {
        for (Frame frame = next(); frame != null; frame = next()) {
            long now = System.nanoTime();
            for (JsonValue value :
                    Json.createReader(new StringReader(frame.text())).readArray()) {
                JsonObject event = value.asJsonObject();
                if (event.containsKey("seq")) {
                    seqs.add(event.getJsonNumber("seq").longValue());
                    atNanos.put(event.getString("text"), now);
                }
            }
        }
    }

    private Frame next() {
        return subscription == null ? null : subscription.next(); // null while it subscribes
    }

    @Override
    public void restart() {
        throw new IllegalStateException("the epoch stays");
    }

    synchronized List<Long> seqs() {
        return List.copyOf(seqs);
    }

    /** When the message with this text came, in nanoseconds; null when it has not come. */
    Long atNanos(String text) {
        return atNanos.get(text);
    }
}
