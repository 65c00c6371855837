package id.warung.room;

import id.warung.kit.ManualExecutor;
import id.warung.log.Posted;
import id.warung.log.Principal;
import id.warung.protocol.User;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/** A reader of a room: takes every frame when notified, or one at a time when slow. */
final class Cursor implements Reader {
    private static final Map<Frame, List<String>> READ = Collections.synchronizedMap(new WeakHashMap<>());

    private static final User READER = new User("u-reader", "Reader");

    private final ManualExecutor executor;
    private final boolean slow;
    private final List<Frame> frames = new ArrayList<>();
    private Subscription subscription;
    private int told;
    private boolean restarted;

    private Cursor(ManualExecutor executor, boolean slow) {
        this.executor = executor;
        this.slow = slow;
    }

    static Cursor in(RoomNode node, Room room, long after) {
        return subscribed(new Cursor(node.fanOut, false), room, after, READER, false);
    }

    /** The same for this user. */
    static Cursor of(User user, RoomNode node, Room room, long after) {
        return subscribed(new Cursor(node.fanOut, false), room, after, user, false);
    }

    /** A reader that takes frames only by {@link #take}. */
    static Cursor slowIn(RoomNode node, Room room, long after) {
        return slowIn(node, room, after, READER);
    }

    static Cursor slowIn(RoomNode node, Room room, long after, User user) {
        return subscribed(new Cursor(node.fanOut, true), room, after, user, false);
    }

    /** A reader of the bare texts of all but this user. */
    static Cursor plainIn(RoomNode node, Room room, long after, String userId) {
        return subscribed(new Cursor(node.fanOut, false), room, after, new User(userId, "plain"), true);
    }

    /** The same for somebody with the rights that they have at the time. */
    static Cursor as(Supplier<Principal> who, RoomNode node, Room room, long after) {
        return subscribed(new Cursor(node.fanOut, false), room, after, who, false);
    }

    private static Cursor subscribed(Cursor cursor, Room room, long after, User user, boolean plain) {
        return subscribed(cursor, room, after, () -> Posted.anybody(user), plain);
    }

    private static Cursor subscribed(Cursor cursor, Room room, long after, Supplier<Principal> who, boolean plain) {
        cursor.subscription = room.subscribe(cursor, after, who, plain);
        cursor.wake();
        return cursor;
    }

    @Override
    public void drive() {
        told++;
        while (!slow && take() != null) {
            // everything there is
        }
    }

    @Override
    public void wake() {
        executor.execute(this::drive);
    }

    @Override
    public void restart() {
        restarted = true;
    }

    /** Whether it was asked to come back. */
    boolean isRestarted() {
        return restarted;
    }

    /** The next frame, or null. */
    Frame take() {
        Frame frame = subscription.next();
        if (frame != null) {
            frames.add(frame);
        }
        return frame;
    }

    void end() {
        subscription.end();
    }

    int told() {
        return told;
    }

    List<Frame> frames() {
        return frames;
    }

    List<String> texts() {
        return frames.stream().map(Frame::text).toList();
    }

    /** Everything received, in short form: an entry is its seq, a gap {@code 1-9}, other events their type. */
    List<String> events() {
        List<String> events = new ArrayList<>();
        frames.forEach(frame -> events.addAll(events(frame)));
        return events;
    }

    /** Frames are shared by many: each is parsed once. */
    static List<String> events(Frame frame) {
        return READ.computeIfAbsent(frame, Cursor::read);
    }

    private static List<String> read(Frame frame) {
        return Json.createReader(new StringReader(frame.text())).readArray().stream()
                .map(JsonValue::asJsonObject)
                .map(Cursor::event)
                .toList();
    }

    private static String event(JsonObject event) {
        if (event.containsKey("seq")) {
            return Integer.toString(event.getInt("seq"));
        }
        String type = event.getString("type");
        return type.equals("gap") ? event.getInt("from") + "-" + event.getInt("to") : type;
    }
}
