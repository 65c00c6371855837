package id.warung.client;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A client's copy of one room: it processes events as docs/protocol.md says, and fails when a promise of that page is
 * broken. Not thread-safe.
 */
public final class RoomCopy {
    /** A join that waits for its answer: from after a seq, or anew with this many latest entries. */
    private record Asked(int after, int last) {}

    /** The change of a message by the entry {@code seq}; no text: it was deleted. */
    private record Amend(int seq, String text) {}

    private static final String DELETED = "(deleted)";

    private final String room;
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();
    private final TreeMap<Integer, String> messages = new TreeMap<>();
    private final TreeMap<Integer, Amend> amends = new TreeMap<>(); // by what they amend
    private final Set<Integer> edited = new HashSet<>(); // messages whose edits were received
    private final TreeMap<Integer, Integer> numbers = new TreeMap<>(); // n by seq
    private final TreeMap<Integer, NavigableSet<String>> reactions =
            new TreeMap<>(); // character and user, by the message's seq
    private final Set<Integer> reacted = new HashSet<>(); // the seqs of reactions, which pages leave out
    private String title = "";
    private int described; // the seq at which it was called so
    private String epoch;
    private int first = 1;
    private int position;
    private int highest;
    private boolean in;

    public RoomCopy(String room) {
        this.room = room;
    }

    /** A join that continues where this copy ends, or begins one. */
    public String join(int last) {
        boolean goesOn = epoch != null;
        asked.add(new Asked(goesOn ? position : -1, last));
        String from = goesOn ? "\"epoch\":\"" + epoch + "\",\"after\":" + position : "\"last\":" + last;
        return "{\"type\":\"join\",\"room\":\"" + room + "\"," + from + "}";
    }

    /** A join that discards this copy and begins a new one. */
    public String joinAnew(int last) {
        asked.add(new Asked(-1, last));
        return "{\"type\":\"join\",\"room\":\"" + room + "\",\"last\":" + last + "}";
    }

    /** A join that reads everything. */
    public String joinFromTheBeginning(String itsEpoch) {
        epoch = itsEpoch;
        return join(0);
    }

    /** The connection is lost, with all unanswered joins. */
    public void cutOff() {
        asked.clear();
        in = false;
    }

    /** Processes an event; events about other things have no effect. */
    public void take(JsonObject event) {
        if (!event.getString("room", "").equals(room)) {
            return;
        }
        switch (event.getString("type")) {
            case "joined" -> joined(event);
            case "left" -> {
                assertThat(in).as("%s of who is in", event).isTrue();
                in = false;
            }
            case "error" -> {
                if (event.getString("command").equals("join")) {
                    asked.remove();
                }
            }
            case "reset", "gap" -> throw new AssertionError("all is kept, and there is one epoch: " + event);
            case "ack", "roster", "typing" -> {
                // not an entry
            }
            default -> {
                assertThat(in).as("%s to who is in", event).isTrue();
                assertThat(event.getInt("seq")).as("the next seq, in %s", event).isEqualTo(position + 1);
                position++;
                entry(event);
            }
        }
    }

    private void joined(JsonObject event) {
        Asked join = asked.remove();
        assertThat(event.getString("epoch")).isEqualTo(epoch == null ? event.getString("epoch") : epoch);
        epoch = event.getString("epoch");
        in = true;
        int after = join.after() >= 0 ? join.after() : Math.max(0, event.getInt("head") - join.last());
        if (join.after() < 0 || position < after) { // otherwise it has everything before
            first = after + 1;
            forget();
        }
        first = Math.min(first, after + 1); // it may have asked for more before it began anew
        position = after;
        title = event.getString("title", "");
        described = event.getInt("head");
    }

    private void forget() {
        messages.clear();
        amends.clear();
        edited.clear();
        numbers.clear();
        reactions.clear();
        reacted.clear();
    }

    /** Processes a page of the log over HTTP, which is consistent by itself: pages may come in any order. */
    public void page(List<JsonObject> entries, List<JsonObject> beyond) {
        entries.forEach(this::entry);
        for (JsonObject item : beyond) {
            if (item.getString("type").equals("reactions")) {
                reactions(item);
            } else {
                entry(item);
            }
        }
    }

    /** How it is at the head of the page. */
    private void reactions(JsonObject item) {
        NavigableSet<String> its = new TreeSet<>();
        for (JsonObject kind : item.getJsonArray("of").getValuesAs(JsonObject.class)) {
            List<JsonObject> users = kind.getJsonArray("users").getValuesAs(JsonObject.class);
            assertThat(kind.getInt("count")).isEqualTo(users.size());
            users.forEach(user -> its.add(kind.getString("emoji") + user.getString("id")));
        }
        reactions.put(item.getInt("seq"), its);
    }

    private void entry(JsonObject entry) {
        int seq = entry.getInt("seq");
        boolean again = seq <= highest;
        highest = Math.max(highest, seq);
        numbers.put(seq, entry.getInt("n"));
        switch (entry.getString("type")) {
            case "message" -> messages.put(seq, from(entry) + entry.getString("text"));
            case "erased" -> {
                messages.remove(seq);
                if (entry.getString("was", "").equals("reacted")) {
                    reacted.add(seq);
                }
            }
            case "edited" -> {
                edited.add(entry.getInt("target"));
                amend(entry, new Amend(seq, from(entry) + entry.getString("text")));
            }
            case "deleted" -> amend(entry, new Amend(seq, null));
            case "reacted" -> {
                reacted.add(seq);
                if (seq <= position) { // in a page: what it says is in its reactions
                    react(entry, again);
                }
            }
            case "changed" -> {
                if (seq > described) {
                    title = entry.getString("title", title);
                }
            }
            default -> {
                // about the room
            }
        }
    }

    private void react(JsonObject entry, boolean again) {
        NavigableSet<String> its = reactions.computeIfAbsent(entry.getInt("target"), target -> new TreeSet<>());
        String one = entry.getString("emoji") + entry.getJsonObject("from").getString("id");
        boolean news = entry.getBoolean("on") ? its.add(one) : its.remove(one);
        assertThat(news || again || entry.getInt("target") < first)
                .as("%s changes something", entry)
                .isTrue();
    }

    private void amend(JsonObject entry, Amend amend) {
        amends.merge(entry.getInt("target"), amend, (one, other) -> one.seq() > other.seq() ? one : other);
    }

    private static String from(JsonObject entry) {
        return entry.getJsonObject("from").getString("name") + ": ";
    }

    /** What is shown, by seq: the current text of each message, and where one was deleted. */
    public SortedMap<Integer, String> shown() {
        SortedMap<Integer, String> shown = new TreeMap<>(messages);
        amends.tailMap(first).forEach((target, amend) -> {
            if (amend.text() == null) {
                shown.put(target, DELETED);
            } else if (shown.containsKey(target)) {
                shown.put(target, amend.text());
            }
        });
        return shown;
    }

    /** Fails unless it shows the same as the other, as far back as it goes. */
    public void assertShowsAsMuchAs(RoomCopy whole) {
        assertThat(shown()).isEqualTo(whole.shown().tailMap(first));
        assertThat(shownReactions()).isEqualTo(whole.shownReactions().tailMap(first));
        SortedMap<Integer, Integer> all = new TreeMap<>(whole.numbers.tailMap(first));
        all.keySet().removeAll(whole.reacted);
        SortedMap<Integer, Integer> its = new TreeMap<>(numbers);
        its.keySet().removeAll(reacted);
        assertThat(its).isEqualTo(all);
    }

    /** Who reacts with what, by the seq of the message that is shown: {@code 🍵u-ana}. */
    public SortedMap<Integer, NavigableSet<String>> shownReactions() {
        SortedMap<Integer, NavigableSet<String>> shown = new TreeMap<>(reactions.tailMap(first));
        shown.keySet().retainAll(living().keySet());
        shown.values().removeIf(NavigableSet::isEmpty);
        return shown;
    }

    /** What the room is called. */
    public String title() {
        return title;
    }

    /** Fails if it received a text that had been deleted before: later readers must find it erased. */
    public void assertWasGivenNothingDeleted() {
        amends.forEach((target, amend) -> {
            if (amend.text() == null) {
                assertThat(messages).as("what entry %s deletes", amend.seq()).doesNotContainKey(target);
                assertThat(edited).as("what entry %s deletes", amend.seq()).doesNotContain(target);
            }
        });
    }

    /** The messages that have not been deleted, by seq. */
    public Map<Integer, String> living() {
        Map<Integer, String> living = new HashMap<>(shown());
        living.values().removeIf(DELETED::equals);
        return living;
    }

    /** The highest seq that it has received. */
    public int highest() {
        return highest;
    }

    public int position() {
        return position;
    }

    public boolean isIn() {
        return in;
    }
}
