package id.warung.endpoint;

import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.Position;
import id.warung.log.RoomState;
import id.warung.protocol.Codec;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Refused;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import id.warung.room.RoomRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Pages of a room's log as JSON: the same entries that go over WebSockets, for whoever may read them. Thread-safe; blocks. */
public final class History {
    /** A page's body, and a tag that changes when what is in it does; null when it has none. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Body(String etag, byte[] json) {}

    private final RoomRegistry rooms;
    private final Codec codec;

    public History(RoomRegistry rooms, Codec codec) {
        this.rooms = rooms;
        this.codec = codec;
    }

    /** Entries after a seq; what was trimmed between is said. */
    Body after(User caller, String room, long after, int limit) throws IOException, Refused {
        MessageLog.Page page = rooms.log(room).read(room, after, limit);
        check(caller, room, page.head());
        boolean trimmed = page.first() > after + 1 && page.head().seq() > after;
        return body(page, trimmed ? new Reply.Gap(room, after + 1, page.first() - 1) : null);
    }

    /** Entries before a seq, the latest of them, in order. */
    Body before(User caller, String room, long before, int limit) throws IOException, Refused {
        MessageLog.Page page = rooms.log(room).readBefore(room, before, limit);
        check(caller, room, page.head());
        return body(page, null);
    }

    /** Messages before a seq that have all words of a query, the newest first. */
    Body search(User caller, String room, String query, long before, int limit) throws IOException, Refused {
        MessageLog.Hits hits = rooms.log(room).search(room, query, before, limit);
        check(caller, room, hits.head());
        Json json = new Json().head(hits.head().epoch(), hits.head().seq()).text(",\"hits\":[");
        String separator = "";
        for (MessageLog.Hit hit : hits.hits()) {
            json.text(separator + "{\"entry\":").bytes(hit.entry().json()).text(",\"around\":");
            json.entries(hit.around()).text("}");
            separator = ",";
        }
        json.text("],\"amends\":").entries(hits.amends());
        return new Body(
                null,
                json.text(hits.incomplete() ? ",\"incomplete\":true}\n" : "}\n").toBytes());
    }

    /**
     * Asked after the page was read: what was said after somebody's removal is in none that he gets. Not asked of a room in which nothing
     * was: an ephemeral one would come to be.
     */
    private void check(User caller, String room, Position head) throws IOException, Refused {
        RoomState state = head.seq() == 0
                ? RoomState.unborn(room, head.epoch())
                : rooms.log(room).state(room);
        if (!state.admits(caller == null ? "" : caller.id())) {
            throw new Refused(ErrorCode.NOT_A_MEMBER, "This room is for its members.");
        }
    }

    private Body body(MessageLog.Page page, Reply.Gap gap) {
        List<Entry> entries = page.entries();
        Json json = new Json().head(page.head().epoch(), page.head().seq());
        if (gap != null) {
            json.text(",\"gap\":").bytes(codec.encode(gap));
        }
        json.text(",\"entries\":").entries(entries);
        json.text(",\"amends\":").entries(page.amends()).text("}\n");
        return new Body(etag(page), json.toBytes());
    }

    private static String etag(MessageLog.Page page) {
        List<Entry> entries = page.entries();
        String range = entries.isEmpty()
                ? "none." + page.head().seq()
                : entries.get(0).seq() + "." + entries.get(entries.size() - 1).seq();
        CRC32 content = new CRC32(); // of an edit in the page that is erased nothing else tells
        Stream.concat(entries.stream(), page.amends().stream()).forEach(entry -> content.update(entry.json()));
        return "W/\"" + page.head().epoch() + "." + range + "." + Long.toHexString(content.getValue()) + "\"";
    }

    /** JSON in the making: entries are written as they are stored. */
    private static final class Json {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);

        Json head(String epoch, long seq) {
            return text("{\"epoch\":\"" + epoch + "\",\"head\":" + seq);
        }

        Json entries(List<Entry> entries) {
            String separator = "[";
            for (Entry entry : entries) {
                text(separator).bytes(entry.json());
                separator = ",";
            }
            return text(entries.isEmpty() ? "[]" : "]");
        }

        Json text(String text) {
            return bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        Json bytes(byte[] json) {
            bytes.writeBytes(json);
            return this;
        }

        byte[] toBytes() {
            return bytes.toByteArray();
        }
    }
}
