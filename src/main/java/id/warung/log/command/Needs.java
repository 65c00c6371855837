package id.warung.log.command;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The facts about the log that a group needs. Each is read once, however many handlers need it. For one thread. */
final class Needs {
    /** A place in a room. */
    record Place(String room, long seq) {}

    /** A user in a room. */
    record InRoom(String room, String userId) {}

    /** The mentions of a user in a room up to a seq. */
    record Mentions(String room, String userId, long upTo) {}

    final Set<String> rooms = new LinkedHashSet<>();
    final Set<RequestKey> requestKeys = new LinkedHashSet<>();
    final Set<RequestKey> tombstones = new LinkedHashSet<>();
    final Set<Place> entries = new LinkedHashSet<>();
    final Set<Place> firsts = new LinkedHashSet<>();
    final Map<Place, Integer> edits = new LinkedHashMap<>();
    final Set<String> users = new LinkedHashSet<>();
    final Set<InRoom> marks = new LinkedHashSet<>();
    final Map<Mentions, Integer> mentions = new HashMap<>();

    /** Needs the state of a room. */
    void room(String name) {
        rooms.add(name);
    }

    /** Needs to know whether a request was executed before, and by which entry. */
    void requestKey(RequestKey requestKey) {
        requestKeys.add(requestKey);
    }

    /** Needs to know whether a request was executed before by an entry that is not kept any more; the storage notices the others. */
    void tombstone(RequestKey requestKey) {
        tombstones.add(requestKey);
    }

    /** Needs an entry. */
    void entry(String room, long seq) {
        entries.add(new Place(room, seq));
    }

    /** Needs the first kept entry from this seq on. */
    void firstFrom(String room, long seq) {
        firsts.add(new Place(room, seq));
    }

    /** Needs the first edits of this entry. */
    void edits(String room, long target, int most) {
        edits.merge(new Place(room, target), most, Math::max);
    }

    /** Needs the user with this id. */
    void user(String id) {
        users.add(id);
    }

    /** Needs how far the user has read a room. */
    void mark(String room, String userId) {
        marks.add(new InRoom(room, userId));
    }

    /** Needs how many entries, counted up to {@code most}, mention the user in a room up to a seq. */
    void mentions(String room, String userId, long upTo, int most) {
        mentions.merge(new Mentions(room, userId, upTo), most, Math::max);
    }
}
