package id.warung.log.command;

import id.warung.log.AppendResult;
import id.warung.log.Entry;
import id.warung.log.RoomState;
import id.warung.log.command.Needs.InRoom;
import id.warung.log.command.Needs.Mentions;
import id.warung.log.command.Needs.Place;
import id.warung.protocol.EndSignIns;
import id.warung.protocol.React;
import id.warung.protocol.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The known facts about the log while a group is decided: what was read, and what the group has changed since. A fact
 * that no handler has declared is unknown, and asking for it is a bug. For one thread.
 */
final class Facts implements LogWriter {
    private final Map<String, RoomState> rooms = new HashMap<>();
    private final Map<String, RoomState> roomsBefore = new HashMap<>(); // as they were read
    private final Map<RequestKey, RequestKey.Executed> executed = new HashMap<>();
    private final Map<Place, StoredEntry> entries = new HashMap<>();
    private final Map<Place, StoredEntry> firsts = new HashMap<>();
    private final Map<Place, List<EditAt>> edits = new HashMap<>();
    private final Set<Place> cut = new HashSet<>(); // with edits that are not all known
    private final ReactionFacts reactions = new ReactionFacts();
    private final Map<String, User> users = new HashMap<>();
    private final Set<String> named = new HashSet<>(); // users named by the group
    private final Map<InRoom, AppendResult.ReadMarked> marks = new HashMap<>();
    private final Map<String, Set<String>> stars = new HashMap<>(); // by user
    private final Map<Mentions, Integer> mentions = new HashMap<>();
    private final boolean keepsInboxes;

    /** Nothing is known yet but whether the log keeps inboxes. */
    Facts(boolean keepsInboxes) {
        this.keepsInboxes = keepsInboxes;
    }

    boolean keepsInboxes() {
        return keepsInboxes;
    }

    /** The group names this user, who is known from then on. */
    void names(String userId) {
        named.add(userId);
    }

    /** Whether the log knows this user or the group names them. */
    boolean isKnown(String userId) {
        return named.contains(userId) || user(userId) != null;
    }

    /** Reads the needed facts that are not known yet. */
    void read(Needs needs, LogReader log) {
        log.prepare(needs);
        for (String room : needs.rooms) {
            if (!rooms.containsKey(room)) {
                RoomState state = log.room(room);
                rooms.put(room, state);
                roomsBefore.put(room, state);
            }
        }
        for (RequestKey requestKey : needs.requestKeys) {
            if (!executed.containsKey(requestKey)) {
                executed.put(requestKey, log.findByRequest(requestKey));
            }
        }
        for (RequestKey requestKey : needs.tombstones) {
            RequestKey.Executed its = log.findTombstone(requestKey);
            if (its != null) {
                executed.put(requestKey, its);
            }
        }
        for (Place place : needs.entries) {
            if (!entries.containsKey(place)) {
                entries.put(place, log.entry(place.room(), place.seq()));
            }
        }
        for (Place place : needs.firsts) {
            if (!firsts.containsKey(place)) {
                firsts.put(place, log.firstFrom(place.room(), place.seq()));
            }
        }
        needs.edits.forEach((place, most) -> {
            if (!edits.containsKey(place)) {
                List<EditAt> known = log.edits(place.room(), place.seq(), most);
                edits.put(place, new ArrayList<>(known));
                if (known.size() == most) {
                    cut.add(place);
                }
            }
        });
        reactions.read(needs, log);
        for (String user : needs.users) {
            if (!users.containsKey(user)) {
                users.put(user, log.user(user));
            }
        }
        for (InRoom mark : needs.marks) {
            if (!marks.containsKey(mark)) {
                marks.put(mark, log.mark(mark.room(), mark.userId()));
            }
        }
        for (String user : needs.stars) {
            if (!stars.containsKey(user)) {
                stars.put(user, new HashSet<>(log.stars(user)));
            }
        }
        needs.mentions.forEach((asked, most) ->
                mentions.computeIfAbsent(asked, its -> log.mentions(its.room(), its.userId(), its.upTo(), most)));
    }

    /** The room's state, including the group's changes. */
    RoomState room(String name) {
        return known(rooms, name);
    }

    /** Whether the room's state was read. */
    boolean knowsRoom(String name) {
        return rooms.containsKey(name);
    }

    /** The room's state before the group. */
    RoomState roomBefore(String name) {
        return known(roomsBefore, name);
    }

    /** The earlier execution of the request; null when there is none, or when the storage is to notice it. */
    RequestKey.Executed findByRequest(RequestKey requestKey) {
        return executed.get(requestKey);
    }

    /** Whether the facts say if the request was executed before. */
    boolean isAsked(RequestKey requestKey) {
        return executed.containsKey(requestKey);
    }

    /** The entry; null when it is not kept. */
    StoredEntry entry(String room, long seq) {
        return known(entries, new Place(room, seq));
    }

    /** The first kept entry from this seq on; null when there is none. */
    StoredEntry firstFrom(String room, long seq) {
        Place place = new Place(room, seq);
        StoredEntry there = entries.get(place);
        return there != null ? there : known(firsts, place);
    }

    /** Whether the entry at this place was read. */
    boolean knowsEntry(String room, long seq) {
        return entries.containsKey(new Place(room, seq));
    }

    /** The first edits of this entry, as many as were needed. */
    List<EditAt> edits(String room, long target) {
        return known(edits, new Place(room, target));
    }

    /** Whether the entry may have more edits. */
    boolean hasMoreEdits(String room, long target) {
        return cut.contains(new Place(room, target));
    }

    /** How many users react to the message with what. */
    ReactionCounts reactions(React react) {
        return reactions.counts(react);
    }

    /** Whether the user reacts so. */
    boolean reacts(React react, String userId) {
        return reactions.reacts(react, userId);
    }

    /** The first entries that are reactions to this message, as many as were needed. */
    List<Long> reactionEntries(String room, long target) {
        return reactions.entries(new Place(room, target));
    }

    /** Whether there may be more. */
    boolean hasMoreReactionEntries(String room, long target) {
        return reactions.hasMoreEntries(new Place(room, target));
    }

    /** A stored user, or null. */
    User user(String id) {
        return known(users, id);
    }

    /** How far the user has read, or null. */
    AppendResult.ReadMarked mark(String room, String userId) {
        return known(marks, new InRoom(room, userId));
    }

    /** The rooms that the user has starred. */
    Set<String> stars(String userId) {
        return known(stars, userId);
    }

    /** How many entries mention the user in a room up to a seq, counted as far as needed. */
    int mentions(String room, String userId, long upTo) {
        return known(mentions, new Mentions(room, userId, upTo));
    }

    static <K, V> V known(Map<K, V> facts, K asked) {
        V fact = facts.get(asked);
        if (fact == null && !facts.containsKey(asked)) {
            throw new IllegalStateException("A handler read a fact without declaring that it needs it: " + asked);
        }
        return fact;
    }

    @Override
    public void append(RoomState after, Entry entry, EntryKind kind, Instant at, RequestKey requestKey, byte[] hash) {
        rooms.put(after.room(), after);
        entries.put(
                new Place(after.room(), entry.seq()),
                new StoredEntry(entry.seq(), kind, entry.authorId(), entry.json()));
        if (requestKey != null) {
            executed.put(requestKey, new RequestKey.Executed(entry.seq(), hash));
        }
    }

    @Override
    public void save(RoomState room) {
        rooms.put(room.room(), room);
    }

    @Override
    public void enter(RoomState after, String userId) {
        rooms.put(after.room(), after);
    }

    @Override
    public void leave(RoomState after, String userId) {
        rooms.put(after.room(), after);
    }

    @Override
    public void addAmendment(String room, long target, long seq) {
        List<EditAt> known = edits.get(new Place(room, target));
        if (known != null && !cut.contains(new Place(room, target))) {
            known.add(new EditAt(seq, entry(room, seq).json().length));
        }
    }

    @Override
    public void deleteEdits(String room, long target, long before) {
        List<EditAt> known = edits.get(new Place(room, target));
        if (known != null) {
            known.removeIf(edit -> edit.seq() < before);
        }
    }

    @Override
    public void react(React react, User user, long seq) {
        reactions.react(react, user, seq);
    }

    @Override
    public void deleteReactions(String room, long target, long before) {
        reactions.delete(new Place(room, target), before);
    }

    @Override
    public void erase(String room, StoredEntry entry, byte[] json) {
        StoredEntry erased = new StoredEntry(entry.seq(), entry.kind().erased(), entry.authorId(), json);
        entries.put(new Place(room, entry.seq()), erased);
        firsts.replaceAll((place, first) ->
                place.room().equals(room) && first != null && first.seq() == entry.seq() ? erased : first);
    }

    @Override
    public void endSignIns(User user, EndSignIns ended) {
        // no decision needs it
    }

    @Override
    public void upsertUser(User user) {
        users.put(user.id(), user);
    }

    @Override
    public void mention(String room, String userId, long seq) {
        mentions.replaceAll((asked, count) ->
                asked.room().equals(room) && asked.userId().equals(userId) && asked.upTo() >= seq ? count + 1 : count);
    }

    @Override
    public void callAll(String room, String authorId, long seq) {
        // no decision needs it
    }

    @Override
    public void star(String room, String userId, boolean on) {
        Set<String> known = stars.get(userId); // null where no handler asks for them
        if (known != null && on) {
            known.add(room);
        } else if (known != null) {
            known.remove(room);
        }
    }

    /**
     * Forgets mentions. A count that reached its limit, or that was asked up to another seq, stays: some of these may be gone, which
     * costs one more group.
     */
    @Override
    public void deleteMentions(String room, String userId, long upTo, int most) {
        mentions.computeIfPresent(new Mentions(room, userId, upTo), (asked, count) -> count >= most ? count : 0);
    }

    @Override
    public void mark(String room, String userId, AppendResult.ReadMarked mark) {
        marks.put(new InRoom(room, userId), mark);
    }

    @Override
    public void deleteReadMark(String room, String userId) {
        marks.put(new InRoom(room, userId), null);
    }
}
