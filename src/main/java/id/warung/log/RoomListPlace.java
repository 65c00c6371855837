package id.warung.log;

import id.warung.log.Directory.Listed;
import id.warung.log.Directory.Page;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a user's list of rooms: after which room, and in which of the list's two parts. Immutable.
 *
 * @param own in the part of the rooms that they are in; otherwise in that of the public ones
 * @param atMillis when the head of the room before was written
 * @param id the storage's number of the room before
 */
public record RoomListPlace(boolean own, long atMillis, long id) {
    private static final Pattern TEXT = Pattern.compile("([op])([0-9]{1,18})\\.([0-9]{1,18})");

    /** A room as listed, and its place. */
    public record Row(Listed room, RoomListPlace place) {}

    /** Reads the next so many rooms of a part of the list, in order. */
    @FunctionalInterface
    public interface Reader<E extends Exception> {
        List<Row> read(RoomListPlace from, int limit) throws E;
    }

    /** The rooms from this place on: those of its part, and after the user's own the public ones. */
    public <E extends Exception> Page<Row> page(int limit, Reader<E> reader) throws E {
        List<Row> rows = new ArrayList<>(reader.read(this, limit + 1));
        if (own && rows.size() <= limit) {
            rows.addAll(reader.read(first(false), limit + 1 - rows.size()));
        }
        return Page.of(rows, limit, row -> row.place().toString());
    }

    /** Where a user's list begins; {@code userId} is null for an anonymous caller, {@code text} for the beginning. */
    public static RoomListPlace of(String userId, String text) {
        return text == null ? first(userId != null) : of(text);
    }

    /** Who moderates a room that is listed: its owner, if it has one, and others. */
    public static Set<String> moderators(String owner, Collection<String> others) {
        Set<String> moderators = new LinkedHashSet<>();
        if (owner != null) {
            moderators.add(owner);
        }
        moderators.addAll(others);
        return moderators;
    }

    /** The beginning of one of the parts. */
    public static RoomListPlace first(boolean own) {
        return new RoomListPlace(own, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * The place with this text.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static RoomListPlace of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw noSuchPlace();
        }
        return new RoomListPlace(
                parts.group(1).equals("o"), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    /** What is said to a caller who asks for a place that no list has. */
    public static IllegalArgumentException noSuchPlace() {
        return new IllegalArgumentException("after must be the value of next from an earlier response.");
    }

    @Override
    public String toString() {
        return (own ? "o" : "p") + atMillis + "." + id;
    }
}
