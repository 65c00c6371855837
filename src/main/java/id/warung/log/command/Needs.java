package id.warung.log.command;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What has to be known of the log before a group is decided. Each is asked for once, however many need it. For one thread. */
final class Needs {
    /** A place in a room. */
    record Place(String room, long seq) {}

    /** Somebody in a room. */
    record InRoom(String room, String userId) {}

    /** What mentions somebody in a room up to a seq. */
    record Mentions(String room, String userId, long upTo) {}

    final Set<String> rooms = new LinkedHashSet<>();
    final Set<Request> requests = new LinkedHashSet<>();
    final Set<Request> buried = new LinkedHashSet<>();
    final Set<Place> entries = new LinkedHashSet<>();
    final Set<Place> firsts = new LinkedHashSet<>();
    final Map<Place, Integer> edits = new LinkedHashMap<>();
    final Set<String> users = new LinkedHashSet<>();
    final Set<InRoom> marks = new LinkedHashSet<>();
    final Map<Mentions, Integer> mentions = new HashMap<>();

    /** How a room stands. */
    void room(String name) {
        rooms.add(name);
    }

    /** Whether a request was met, and by what. */
    void request(Request request) {
        requests.add(request);
    }

    /** Whether a request was met by what is not kept any more: for the rest the storage notices it. */
    void buried(Request request) {
        buried.add(request);
    }

    /** An entry. */
    void entry(String room, long seq) {
        entries.add(new Place(room, seq));
    }

    /** The first entry, from this seq on, that is kept. */
    void firstFrom(String room, long seq) {
        firsts.add(new Place(room, seq));
    }

    /** The first entries that edit this one. */
    void edits(String room, long target, int most) {
        edits.merge(new Place(room, target), most, Math::max);
    }

    /** Who has this id. */
    void user(String id) {
        users.add(id);
    }

    /** How far somebody has read a room. */
    void mark(String room, String userId) {
        marks.add(new InRoom(room, userId));
    }

    /** How many entries, counted up to {@code most}, mention somebody in a room up to a seq. */
    void mentions(String room, String userId, long upTo, int most) {
        mentions.merge(new Mentions(room, userId, upTo), most, Math::max);
    }
}
