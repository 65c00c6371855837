package id.warung.log;

import id.warung.protocol.Folding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search for rooms by the beginnings of words in their title, name and topic. Storages read rooms in order, so many at a time, and this
 * class picks those that match: a part of the list may be short, and goes on from the last room that was looked at. Immutable.
 *
 * @param words folded; none: all rooms match
 * @param byName in the order of their titles, or otherwise of their names; otherwise the latest first
 */
public record RoomSearch(List<String> words, boolean byName) {
    private static final int MAX_WORDS = 10;
    private static final int LOOKED_AT = 2_000; // of each kind, in one part
    private static final Pattern PLACE = Pattern.compile("([ln])([0-9]{1,18})\\.([0-9]{1,18})");

    /**
     * A room that may match.
     *
     * @param id the storage's number
     * @param title empty when there is none
     * @param folded the title, or otherwise the name, as it is sorted
     */
    public record Candidate(long id, String name, String title, String topic, long atMillis, String folded) {}

    /** A place in the list: after this room. */
    public record Place(long atMillis, long id) {
        /** The beginning of a list. */
        public static final Place FIRST = new Place(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * A part of the list.
     *
     * @param next null when it is the last part
     */
    public record Part(List<Candidate> rooms, String next) {}

    public RoomSearch {
        words = List.copyOf(words);
    }

    /** A search for the first {@value #MAX_WORDS} different words of these. */
    public static RoomSearch of(String query, boolean byName) {
        String folded = Folding.of(query).strip();
        List<String> words = folded.isEmpty() ? List.of() : List.of(folded.split("\\s+"));
        return new RoomSearch(words.stream().distinct().limit(MAX_WORDS).toList(), byName);
    }

    /**
     * The place with this text; null: the beginning.
     *
     * @throws IllegalArgumentException when this list has no such place
     */
    public Place place(String text) {
        if (text == null) {
            return Place.FIRST;
        }
        Matcher parts = PLACE.matcher(text);
        if (!parts.matches() || parts.group(1).equals("n") != byName) {
            throw RoomListPlace.noSuchPlace();
        }
        return new Place(Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    /** How many rooms of each kind are to be read for a part of this size. */
    public int toRead(int limit) {
        return words.isEmpty() ? limit + 1 : Math.max(LOOKED_AT, limit + 1);
    }

    /** Picks a part from lists of rooms, each of which has {@link #toRead} of them in order, unless it has all. */
    public Part pick(List<List<Candidate>> lists, int limit) {
        Comparator<Candidate> order = order();
        List<Candidate> all = new ArrayList<>();
        Candidate last = null; // beyond it, one of the lists may lack rooms
        for (List<Candidate> list : lists) {
            all.addAll(list);
            Candidate end = list.size() < toRead(limit) ? null : list.get(list.size() - 1);
            if (end != null && (last == null || order.compare(end, last) < 0)) {
                last = end;
            }
        }
        all.sort(order);
        List<Candidate> found = new ArrayList<>();
        Set<Long> ids = new HashSet<>(); // a room may be in several lists
        for (Candidate room : all) {
            if (last != null && order.compare(room, last) > 0) {
                break;
            }
            if (matches(room) && ids.add(room.id())) {
                if (found.size() == limit) {
                    return new Part(found, text(found.get(limit - 1)));
                }
                found.add(room);
            }
        }
        return new Part(found, last == null ? null : text(last));
    }

    private Comparator<Candidate> order() {
        return byName
                ? Comparator.comparing(Candidate::folded, RoomSearch::byBytes).thenComparing(Candidate::id)
                : Comparator.comparing(Candidate::atMillis)
                        .thenComparing(Candidate::id)
                        .reversed();
    }

    /** As databases compare texts: by code point. */
    private static int byBytes(String one, String other) {
        return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    }

    private String text(Candidate room) {
        return (byName ? "n" : "l") + room.atMillis() + "." + room.id();
    }

    private boolean matches(Candidate room) {
        if (words.isEmpty()) {
            return true;
        }
        String text = Folding.of(room.title() + "\n" + room.name() + "\n" + room.topic());
        return words.stream().allMatch(word -> isIn(text, word));
    }

    /** Whether a word of the text begins so; in scripts that do not separate words, whether it is anywhere. */
    private static boolean isIn(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            if (at == 0
                    || !Character.isLetterOrDigit(text.codePointBefore(at))
                    || Character.isIdeographic(word.codePointAt(0))
                    || !Character.isLetterOrDigit(word.codePointAt(0))) {
                return true;
            }
        }
        return false;
    }
}
