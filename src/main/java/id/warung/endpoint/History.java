package id.warung.endpoint;

import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.Permissions;
import id.warung.log.Principal;
import id.warung.log.RoomState;
import id.warung.protocol.Codec;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.JsonArray;
import id.warung.protocol.Reactions;
import id.warung.protocol.Reply;
import id.warung.room.RoomRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Serves pages of a room's log as JSON: the same entries as over WebSocket, for callers who may read them. Thread-safe; blocks. */
public final class History {
    /** A page's body, in pieces that must not be modified, and a tag that changes with its content; null when it has none. */
    record Body(String etag, List<byte[]> json) {}

    private static final int MAX_PAGE_BYTES = 512 * 1024; // of entries, and as much of their edits

    private final EntryCodec notices = new EntryCodec();
    private final RoomRegistry rooms;
    private final Codec codec;
    private final int maxBytes;

    /**
     * Limits a page to about half a MiB of entries; two entries of the largest size that a frame of {@code maxFrameBytes} can create
     * always fit.
     */
    public History(RoomRegistry rooms, Codec codec, int maxFrameBytes) {
        this.rooms = rooms;
        this.codec = codec;
        this.maxBytes = (int) Math.min(Integer.MAX_VALUE, Math.max(MAX_PAGE_BYTES, 4L * maxFrameBytes));
    }

    /** Entries after a seq; if some were trimmed in between, the page says so. */
    Body after(Principal caller, String room, long after, int limit) throws IOException, CommandRejectedException {
        MessageLog.Page page = permitted(
                caller, room, log -> log.readAfter(asked(caller, room, limit), after), MessageLog.Page::state);
        boolean trimmed = page.first() > after + 1 && page.head().seq() > after;
        return body(caller, page, trimmed ? new Reply.Gap(room, after + 1, page.first() - 1) : null);
    }

    /** The latest entries before a seq, in order. */
    Body before(Principal caller, String room, long before, int limit) throws IOException, CommandRejectedException {
        MessageLog.Page page = permitted(
                caller, room, log -> log.readBefore(asked(caller, room, limit), before), MessageLog.Page::state);
        return body(caller, page, null);
    }

    /** Messages before a seq that contain all words of a query, newest first. */
    Body search(Principal caller, String room, String query, long before, int limit)
            throws IOException, CommandRejectedException {
        MessageLog.Hits hits = permitted(
                caller, room, log -> log.search(asked(caller, room, limit), query, before), MessageLog.Hits::state);
        Json json = new Json().head(hits.head().epoch(), hits.head().seq()).text(",\"hits\":");
        json.array(hits.hits(), hit -> json.text("{\"entry\":")
                .bytes(hit.entry().json())
                .text(",\"around\":")
                .entries(hit.around())
                .text("}"));
        json.text(",\"amends\":")
                .amends(hits.amendments(), hits.reactions())
                .text(",\"more\":" + hits.more() + (hits.incomplete() ? ",\"incomplete\":true}\n" : "}\n"));
        return new Body(null, json.pieces());
    }

    private MessageLog.PageRequest asked(Principal caller, String room, int limit) {
        return new MessageLog.PageRequest(room, caller.id(), limit, maxBytes);
    }

    private interface Reading<P> {
        P of(MessageLog log) throws IOException;
    }

    /**
     * Checks permission twice: before reading, so that nobody makes the log work on a room that they may not read; and afterwards, with
     * the room's state at the time of reading: no page contains entries after the caller's removal, or of an ephemeral room that was
     * created again for others.
     */
    private <P> P permitted(Principal caller, String room, Reading<P> reading, Function<P, RoomState> state)
            throws IOException, CommandRejectedException {
        MessageLog log = rooms.log(room);
        check(caller, log.peek(room));
        P page = reading.of(log);
        check(caller, state.apply(page));
        return page;
    }

    private static void check(Principal caller, RoomState state) throws CommandRejectedException {
        Permissions.check(caller, Permissions.Action.READ, state);
    }

    /** The state of a room, which the caller may read. */
    RoomState state(Principal caller, String room) throws IOException, CommandRejectedException {
        return permitted(caller, room, log -> log.peek(room), state -> state);
    }

    private Body body(Principal caller, MessageLog.Page page, Reply.Gap gap) {
        List<Entry> entries = entries(caller, page);
        Json json = new Json().head(page.head().epoch(), page.head().seq());
        if (gap != null) {
            json.text(",\"gap\":").bytes(codec.encode(gap));
        }
        json.text(",\"entries\":").entries(entries);
        json.text(",\"amends\":").amends(page.amendments(), page.reactions()).text("}\n");
        return new Body(etag(page, entries), json.pieces());
    }

    /** The entries of the page, as the caller may see them. */
    private List<Entry> entries(Principal caller, MessageLog.Page page) {
        return caller.seesPartOf(page.state().room())
                ? page.entries().stream()
                        .map(its -> new Entry(its.seq(), its.authorId(), notices.notice(its.json(), caller::covers)))
                        .toList()
                : page.entries();
    }

    private static String etag(MessageLog.Page page, List<Entry> entries) {
        String range = entries.isEmpty()
                ? "none." + page.head().seq()
                : entries.get(0).seq() + "." + entries.get(entries.size() - 1).seq();
        CRC32 content = new CRC32(); // the erasure of an edit in the page changes nothing else
        Stream.concat(entries.stream(), page.amendments().stream()).forEach(entry -> content.update(entry.json()));
        page.reactions().forEach(its -> content.update(its.toJson()));
        return "W/\"" + page.head().epoch() + "." + range + "." + Long.toHexString(content.getValue()) + "\"";
    }

    /** JSON under construction: entries are taken as they are stored, not copied. */
    private static final class Json {
        private final List<byte[]> pieces = new ArrayList<>();

        Json head(String epoch, long seq) {
            return text("{\"epoch\":\"" + epoch + "\",\"head\":" + seq);
        }

        Json entries(List<Entry> entries) {
            return array(entries, entry -> bytes(entry.json()));
        }

        Json amends(List<Entry> amendments, List<Reactions> reactions) {
            return array(
                    Stream.concat(
                                    amendments.stream().map(Entry::json),
                                    reactions.stream().map(Reactions::toJson))
                            .toList(),
                    this::bytes);
        }

        <T> Json array(List<T> values, Consumer<T> value) {
            JsonArray.write(values, pieces::add, value);
            return this;
        }

        Json text(String text) {
            return bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        Json bytes(byte[] json) {
            pieces.add(json);
            return this;
        }

        List<byte[]> pieces() {
            return pieces;
        }
    }
}
