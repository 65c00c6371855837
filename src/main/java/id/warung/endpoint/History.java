package id.warung.endpoint;

import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.protocol.Codec;
import id.warung.protocol.Reply;
import id.warung.room.RoomRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pages of a room's log as JSON: the same entries that go over WebSockets. Thread-safe; blocks. */
public final class History {
    /** A page's body, and a tag that changes when its entries do. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Body(String etag, byte[] json) {}

    private final RoomRegistry rooms;
    private final Codec codec;

    public History(RoomRegistry rooms, Codec codec) {
        this.rooms = rooms;
        this.codec = codec;
    }

    /** Entries after a seq; what was trimmed between is said. */
    Body after(String room, long after, int limit) throws IOException {
        MessageLog.Page page = rooms.history(room, after, limit);
        boolean trimmed = page.first() > after + 1 && page.head().seq() > after;
        return body(page, trimmed ? new Reply.Gap(room, after + 1, page.first() - 1) : null);
    }

    /** Entries before a seq, the latest of them, in order. */
    Body before(String room, long before, int limit) throws IOException {
        return body(rooms.historyBefore(room, before, limit), null);
    }

    private Body body(MessageLog.Page page, Reply.Gap gap) {
        List<Entry> entries = page.entries();
        ByteArrayOutputStream json = new ByteArrayOutputStream(256 + 256 * entries.size());
        write(
                json,
                "{\"epoch\":\"" + page.head().epoch() + "\",\"head\":"
                        + page.head().seq());
        if (gap != null) {
            write(json, ",\"gap\":");
            json.writeBytes(codec.encode(gap));
        }
        write(json, ",\"entries\":[");
        for (int i = 0; i < entries.size(); i++) {
            if (i > 0) {
                json.write(',');
            }
            json.writeBytes(entries.get(i).json());
        }
        write(json, "],\"amends\":[]}\n");
        String range = entries.isEmpty()
                ? "none." + page.head().seq()
                : entries.get(0).seq() + "." + entries.get(entries.size() - 1).seq();
        return new Body("W/\"" + page.head().epoch() + "." + range + "\"", json.toByteArray());
    }

    private static void write(ByteArrayOutputStream json, String text) {
        json.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
