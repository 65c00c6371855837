package id.warung.log.command;

import id.warung.protocol.React;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The facts about the log that a group needs. Each is read once, however many handlers need it. For one thread. */
public final class Needs {
    /** A place in a room. */
    public record Place(String room, long seq) {}

    /** A user in a room. */
    public record InRoom(String room, String userId) {}

    /** A user and the character with which they may react to a message. */
    public record Reaction(String room, long target, String emoji, String userId) {}

    /** The mentions of a user in a room up to a seq. */
    public record Mentions(String room, String userId, long upTo) {}

    final Set<String> rooms = new LinkedHashSet<>();
    final Set<String> glances = new LinkedHashSet<>(); // of the rooms: those that are not written
    final Set<String> named = new LinkedHashSet<>();
    final Set<RequestKey> requestKeys = new LinkedHashSet<>();
    final Set<RequestKey> tombstones = new LinkedHashSet<>();
    final Set<Place> entries = new LinkedHashSet<>();
    final Set<Place> firsts = new LinkedHashSet<>();
    final Set<Place> authors = new LinkedHashSet<>();
    final Map<Place, Integer> edits = new LinkedHashMap<>();
    final Set<Place> reactions = new LinkedHashSet<>();
    final Set<Reaction> reacting = new LinkedHashSet<>();
    final Map<Place, Integer> reactionEntries = new LinkedHashMap<>();
    final Set<String> users = new LinkedHashSet<>();
    final Set<InRoom> marks = new LinkedHashSet<>();
    final Set<String> stars = new LinkedHashSet<>();
    final Map<Mentions, Integer> mentions = new HashMap<>();

    /** Needs the state of a room, to write it. */
    void room(String name) {
        rooms.add(name);
        glances.remove(name);
    }

    /** Needs the state of a room, which stays as it is. */
    void glance(String name) {
        if (rooms.add(name)) {
            glances.add(name);
        }
    }

    /** The rooms to write. */
    public Set<String> written() {
        Set<String> written = new LinkedHashSet<>(rooms);
        written.removeAll(glances);
        return written;
    }

    /** The rooms that stay as they are. */
    public Set<String> glances() {
        return Collections.unmodifiableSet(glances);
    }

    /** The group names this user, who is known from then on, and whose name it may store. */
    void named(String userId) {
        named.add(userId);
    }

    /** The users whom the group names. */
    public Set<String> named() {
        return Collections.unmodifiableSet(named);
    }

    public Set<RequestKey> requestKeys() {
        return Collections.unmodifiableSet(requestKeys);
    }

    public Set<Place> entries() {
        return Collections.unmodifiableSet(entries);
    }

    /** The places from which on the first kept entry is needed. */
    public Set<Place> firsts() {
        return Collections.unmodifiableSet(firsts);
    }

    /** The messages whose authors' inboxes may be written. */
    public Set<Place> authors() {
        return Collections.unmodifiableSet(authors);
    }

    /** How many edits of each of these entries are needed. */
    public Map<Place, Integer> edits() {
        return Collections.unmodifiableMap(edits);
    }

    /** The messages of which the reactions are to be counted. */
    public Set<Place> reactions() {
        return Collections.unmodifiableSet(reactions);
    }

    public Set<Reaction> reacting() {
        return Collections.unmodifiableSet(reacting);
    }

    /** How many entries that are reactions to each of these messages are needed. */
    public Map<Place, Integer> reactionEntries() {
        return Collections.unmodifiableMap(reactionEntries);
    }

    public Set<String> users() {
        return Collections.unmodifiableSet(users);
    }

    public Set<InRoom> marks() {
        return Collections.unmodifiableSet(marks);
    }

    /** The users whose starred rooms are needed. */
    public Set<String> stars() {
        return Collections.unmodifiableSet(stars);
    }

    /** Up to how many of these mentions are to be counted. */
    public Map<Mentions, Integer> mentions() {
        return Collections.unmodifiableMap(mentions);
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

    /**
     * May need the inbox of the author of this message, to write it, which is needed as any other room once the author is known. A storage
     * that locks rooms has to know it before: so it locks all of them in one order.
     */
    void authorsInbox(String room, long seq) {
        authors.add(new Place(room, seq));
    }

    /** Needs the first edits of this entry. */
    void edits(String room, long target, int most) {
        edits.merge(new Place(room, target), most, Math::max);
    }

    /** Needs to know how many users react to a message with what. */
    void reactions(String room, long target) {
        reactions.add(new Place(room, target));
    }

    /** Needs to know whether the user reacts so already. */
    void reaction(React react, String userId) {
        reacting.add(new Reaction(react.room(), react.seq(), react.emoji(), userId));
    }

    /** Needs the first entries that are reactions to this message. */
    void reactionEntries(String room, long target, int most) {
        reactionEntries.merge(new Place(room, target), most, Math::max);
    }

    /** Needs the user with this id. */
    void user(String id) {
        users.add(id);
    }

    /** Needs how far the user has read a room. */
    void mark(String room, String userId) {
        marks.add(new InRoom(room, userId));
    }

    /** Needs the rooms that the user has starred. */
    void stars(String userId) {
        stars.add(userId);
    }

    /** Needs how many entries, counted up to {@code most}, mention the user in a room up to a seq. */
    void mentions(String room, String userId, long upTo, int most) {
        mentions.merge(new Mentions(room, userId, upTo), most, Math::max);
    }
}
