package id.warung.log.command;

import id.warung.log.command.Needs.Place;
import id.warung.log.command.Needs.Reaction;
import id.warung.protocol.React;
import id.warung.protocol.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The part of the {@link Facts} that is about reactions. For one thread. */
final class ReactionFacts {
    private final Map<Place, ReactionCounts> counts = new HashMap<>();
    private final Map<Reaction, Boolean> reacting = new HashMap<>();
    private final Map<Place, List<Long>> entries = new HashMap<>();
    private final Set<Place> cut = new HashSet<>(); // with entries that are not all known

    void read(Needs needs, LogReader log) {
        for (Place place : needs.reactions) {
            if (!counts.containsKey(place)) {
                counts.put(place, log.reactions(place.room(), place.seq()));
            }
        }
        for (Reaction its : needs.reacting) {
            if (!reacting.containsKey(its)) {
                reacting.put(its, log.reacts(its.room(), its.target(), its.emoji(), its.userId()));
            }
        }
        needs.reactionEntries.forEach((place, most) -> {
            if (!entries.containsKey(place)) {
                List<Long> known = log.reactionEntries(place.room(), place.seq(), most);
                entries.put(place, new ArrayList<>(known));
                if (known.size() == most) {
                    cut.add(place);
                }
            }
        });
    }

    ReactionCounts counts(React react) {
        return Facts.known(counts, new Place(react.room(), react.seq()));
    }

    boolean reacts(React react, String userId) {
        return Facts.known(reacting, new Reaction(react.room(), react.seq(), react.emoji(), userId));
    }

    List<Long> entries(Place message) {
        return Facts.known(entries, message);
    }

    /** Whether there may be more entries than are known. */
    boolean hasMoreEntries(Place message) {
        return cut.contains(message);
    }

    void react(React react, User user, long seq) {
        Place message = new Place(react.room(), react.seq());
        counts(react).add(react.emoji(), react.on());
        reacting.put(new Reaction(react.room(), react.seq(), react.emoji(), user.id()), react.on());
        if (entries.containsKey(message) && !cut.contains(message)) {
            entries.get(message).add(seq);
        }
    }

    /** What is counted stays: the message is about to be erased. */
    void delete(Place message, long before) {
        List<Long> known = entries.get(message);
        if (known != null) {
            known.removeIf(seq -> seq < before);
        }
    }
}
