package id.warung.endpoint;

import id.warung.log.Directory;
import id.warung.log.RoomListPlace;
import id.warung.protocol.Folding;
import id.warung.protocol.User;
import id.warung.room.RoomPart;
import id.warung.room.RoomRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads who is in rooms now, on all nodes. Where another node has more users in a room than it names, those whom it names. Thread-safe;
 * blocks.
 */
final class RosterReader {
    private static final Comparator<Place> ORDER = Comparator.comparing(Place::folded)
            .thenComparing(place -> place.user().id());

    private final RoomRegistry rooms;
    private final Listings.Elsewhere elsewhere;

    /** A user in the order of names. */
    private record Place(String folded, User user) {
        static Place of(User user) {
            return new Place(Folding.of(user.name()), user);
        }

        /** As the place after which a list goes on. */
        String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((user.id() + " " + folded).getBytes(StandardCharsets.UTF_8));
        }

        static Place of(String text) {
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
                return new Place(parts[1], new User(parts[0], ""));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new BadQueryException(RoomListPlace.noSuchPlace().getMessage());
            }
        }
    }

    RosterReader(RoomRegistry rooms, Listings.Elsewhere elsewhere) {
        this.rooms = rooms;
        this.elsewhere = elsewhere;
    }

    /** How many users are in these rooms, by room. */
    Map<String, Integer> counts(Collection<String> names) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        List<String> unknown = new ArrayList<>(); // nobody of them is here
        for (String name : names) {
            int count = rooms.count(name);
            if (count == 0) {
                unknown.add(name);
            } else {
                counts.put(name, count);
            }
        }
        if (!unknown.isEmpty()) {
            elsewhere
                    .parts(unknown)
                    .forEach((name, parts) ->
                            counts.put(name, RoomPart.together(parts).count()));
        }
        return counts;
    }

    /** The users in a room whose names, in folded form, start with this, by name. */
    Directory.Page<User> people(String name, String prefix, String after, int limit) throws IOException {
        Place from = after == null ? null : Place.of(after);
        List<Place> people = everybody(name).users().stream()
                .map(Place::of)
                .filter(place -> place.folded().startsWith(prefix))
                .filter(place -> from == null || ORDER.compare(place, from) > 0)
                .sorted(ORDER)
                .limit(limit + 1L)
                .toList();
        String next = people.size() <= limit ? null : people.get(limit - 1).text();
        return new Directory.Page<>(
                people.stream().limit(limit).map(Place::user).toList(), next);
    }

    private RoomPart everybody(String name) throws IOException {
        RoomPart here = rooms.everybody(name);
        return here.count() > 0
                ? here
                : RoomPart.together(elsewhere.parts(List.of(name)).getOrDefault(name, List.of()));
    }
}
