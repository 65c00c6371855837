package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.protocol.Command;
import id.warung.protocol.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/**
 * Any requests in any order, compared with a plain list: nothing is lost, each author's requests keep their order,
 * between two turns of one every other of the same kind who has waited for as long has had one, and guests and known users alternate.
 */
class FairQueuePropertiesTest {
    /** {@code requests} of an author come from a source, or, when that is null, from the author alone; then {@code taken} are taken. */
    record Happening(String source, String author, int requests, int taken) {}

    @Provide
    Arbitrary<Happening> happenings() {
        return Combinators.combine(
                        Arbitraries.of("host", "phone", "proxy").injectNull(0.2),
                        Arbitraries.of("ana", "budi", "citra", "dewi", "eka", "flood"),
                        Arbitraries.frequencyOf(
                                Tuple.of(9, Arbitraries.integers().between(0, 3)),
                                Tuple.of(1, Arbitraries.integers().between(20, 40))),
                        Arbitraries.integers().between(0, 6))
                .as(Happening::new);
    }

    /** The competitors for turns, sources or authors, and when each had the last turn. */
    private static final class Turns {
        private final Map<String, Long> waitingSince = new HashMap<>();
        private final Map<String, Long> lastTurn = new HashMap<>();

        void waits(String who, long now) {
            waitingSince.putIfAbsent(who, now);
        }

        /** It is this competitor's turn; {@code others} compete for it too. */
        void takes(String who, List<String> others, long now) {
            Long before = lastTurn.put(who, now);
            for (String other : others) {
                if (before != null && !other.equals(who) && waitingSince.get(other) < before) {
                    assertThat(lastTurn.getOrDefault(other, 0L))
                            .as("%s has had no turn between two of %s", other, who)
                            .isGreaterThan(before);
                }
            }
        }

        void isDone(String who) {
            waitingSince.remove(who);
        }
    }

    private final List<AppendRequest> waiting = new ArrayList<>();
    private final Map<String, String> sourceOf = new HashMap<>(); // of waiting authors
    private final Turns sources = new Turns();
    private final Turns authors = new Turns();
    private boolean guestsAreNext;
    private long now;

    @Property(tries = 500)
    void everybodyHasTheirTurn(@ForAll @Size(max = 60) List<@From("happenings") Happening> happenings) {
        FairQueue queue = new FairQueue();
        guestsAreNext = false;
        for (Happening happening : happenings) {
            for (int n = 0; n < happening.requests(); n++) {
                queue.add(waits(happening));
            }
            for (int n = 0; n < happening.taken(); n++) {
                take(queue);
            }
        }
        while (!waiting.isEmpty()) {
            take(queue);
        }
        assertThat(queue.poll(1)).isNull();
    }

    /** Two are known. */
    private static User user(String name) {
        return name.equals("dewi") || name.equals("eka") ? new User("s-" + name, name) : Posted.user(name);
    }

    private AppendRequest waits(Happening happening) {
        now++;
        AppendRequest request = new AppendRequest(
                new Command.Post("lobby", null, "text " + now),
                new Principal(user(happening.author()), Set.of()),
                List.of(),
                happening.source(),
                null,
                Posted.saying("lobby", ""));
        waiting.add(request);
        String author = request.author().id();
        String kind = request.author().isGuest() ? "guests at " : "known at ";
        sourceOf.putIfAbsent(author, kind + (request.source() == null ? author : request.source()));
        sources.waits(sourceOf.get(author), now);
        authors.waits(author, now);
        return request;
    }

    private void take(FairQueue queue) {
        now++;
        AppendRequest taken = queue.poll(Integer.MAX_VALUE);
        if (waiting.isEmpty()) {
            assertThat(taken).isNull();
            return;
        }
        String author = taken.author().id();
        boolean guest = taken.author().isGuest();
        if (waiting.stream().anyMatch(other -> other.author().isGuest() != guest)) {
            assertThat(guest).as("guests and known users alternate").isEqualTo(guestsAreNext);
        }
        guestsAreNext = !guest;
        String source = sourceOf.get(author);
        assertThat(taken).as("the author's first").isSameAs(of(author).get(0));
        String kind = source.substring(0, 5);
        sources.takes(
                source,
                sourceOf.values().stream()
                        .filter(other -> other.startsWith(kind))
                        .toList(),
                now);
        authors.takes(
                author,
                sourceOf.keySet().stream()
                        .filter(other -> sourceOf.get(other).equals(source))
                        .toList(),
                now);
        waiting.remove(taken);
        if (of(author).isEmpty()) {
            sourceOf.remove(author);
            authors.isDone(author);
        }
        if (!sourceOf.containsValue(source)) {
            sources.isDone(source);
        }
    }

    private List<AppendRequest> of(String author) {
        return waiting.stream()
                .filter(request -> request.author().id().equals(author))
                .toList();
    }
}
