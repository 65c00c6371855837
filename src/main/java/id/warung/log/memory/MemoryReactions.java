package id.warung.log.memory;

import id.warung.log.command.ReactionCounts;
import id.warung.protocol.Limits;
import id.warung.protocol.React;
import id.warung.protocol.Reactions;
import id.warung.protocol.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The reactions to the messages of one ephemeral room. Not thread-safe: its room holds the lock. */
final class MemoryReactions {
    private record Reacting(User user, long seq) {}

    /** The reactions to one message: by character the users, in the order in which they came; and the entries of all, also of earlier ones. */
    private record ToMessage(Map<String, Map<String, Reacting>> kinds, List<Long> entries) {
        long firstOf(String emoji) {
            return kinds.get(emoji).values().iterator().next().seq();
        }
    }

    private static final ToMessage NONE = new ToMessage(Map.of(), List.of());

    private final TreeMap<Long, ToMessage> all = new TreeMap<>(); // by message

    MemoryReactions react(React react, User user, long seq) {
        ToMessage its = all.computeIfAbsent(react.seq(), any -> new ToMessage(new HashMap<>(), new ArrayList<>()));
        its.entries().add(seq);
        if (react.on()) {
            its.kinds()
                    .computeIfAbsent(react.emoji(), any -> new LinkedHashMap<>())
                    .put(user.id(), new Reacting(user, seq));
        } else {
            its.kinds().computeIfPresent(react.emoji(), (any, users) -> {
                users.remove(user.id());
                return users.isEmpty() ? null : users;
            });
        }
        return this;
    }

    ReactionCounts counts(long target) {
        Map<String, Integer> counts = new HashMap<>();
        at(target).kinds().forEach((emoji, users) -> counts.put(emoji, users.size()));
        return new ReactionCounts(counts);
    }

    boolean reacts(long target, String emoji, String userId) {
        return at(target).kinds().getOrDefault(emoji, Map.of()).containsKey(userId);
    }

    List<Long> entries(long target, int most) {
        return at(target).entries().stream().limit(most).toList();
    }

    /** Forgets reactions whose entries are before a seq. */
    MemoryReactions delete(long target, long before) {
        ToMessage its = all.get(target);
        if (its != null) {
            its.entries().removeIf(seq -> seq < before);
            its.kinds().values().forEach(users -> users.values().removeIf(reacting -> reacting.seq() < before));
            its.kinds().values().removeIf(Map::isEmpty);
            if (its.entries().isEmpty()) {
                all.remove(target);
            }
        }
        return this;
    }

    /** Forgets the reactions to messages before a seq. */
    void trim(long first) {
        all.headMap(first).clear();
    }

    /** The reactions to the messages of a room from {@code from} to {@code to}; {@code userId} is the caller's, or null. */
    List<Reactions> of(String room, long from, long to, String userId) {
        List<Reactions> some = new ArrayList<>();
        all.subMap(from, true, to, true).forEach((target, its) -> {
            if (!its.kinds().isEmpty()) {
                some.add(new Reactions(room, target, kinds(its, userId)));
            }
        });
        return some;
    }

    private static List<Reactions.Kind> kinds(ToMessage its, String userId) {
        return its.kinds().keySet().stream()
                .sorted(Comparator.comparingLong(its::firstOf))
                .map(emoji -> {
                    Map<String, Reacting> users = its.kinds().get(emoji);
                    List<Reacting> first = users.values().stream()
                            .limit(Limits.MAX_REACTING_USERS)
                            .toList();
                    return new Reactions.Kind(
                            emoji,
                            users.size(),
                            first.stream().map(Reacting::user).toList(),
                            first.stream().map(Reacting::seq).toList(),
                            userId != null && users.containsKey(userId));
                })
                .toList();
    }

    private ToMessage at(long target) {
        return all.getOrDefault(target, NONE);
    }
}
