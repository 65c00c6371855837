package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.ScriptedLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/**
 * Whatever happens in whatever order (posts, cuts of the tail, trims of the log, new, slow and waiting readers): each
 * reader gets exactly the log from its start, and what is missing is reported as a gap.
 */
class ReadingPropertiesTest {
    private enum Kind {
        FAST,
        SLOW,
        PLAIN
    }

    /** One event of the schedule. */
    record Happening(int what, int amount, int who) {}

    /** The limits: of the tail, of the log, and of a reader's lag. */
    record Keeping(int tailBytes, int logEntries, int lagEntries) {
        boolean everything() {
            return logEntries == 100_000 && lagEntries == 100_000;
        }
    }

    private record Reading(Cursor cursor, Kind kind, long after, String name) {}

    @Provide
    Arbitrary<Happening> happenings() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(1, 90),
                        Arbitraries.integers().between(0, 2))
                .as(Happening::new);
    }

    @Provide
    Arbitrary<Keeping> keepings() {
        return Combinators.combine(
                        Arbitraries.of(0, 20_000, 1_000_000_000),
                        Arbitraries.of(40, 150, 100_000),
                        Arbitraries.of(130, 100_000))
                .as(Keeping::new);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void everyCursorReadsExactlyTheLog(
            @ForAll("keepings") Keeping keeping,
            @ForAll @Size(max = 60) List<@From("happenings") Happening> happenings) {
        World world = new World(keeping);
        happenings.forEach(world::happens);
        world.comesToRest();
        world.readings.forEach(world::check);
        world.checkWhoComesNow();
    }

    private static final class World {
        private final Keeping keeping;
        private final RoomNode node;
        private final Room room;
        private final List<String> said =
                new ArrayList<>(); // "author: number", in order of seq, which is that of their turns
        private int posted;
        private final List<Reading> readings = new ArrayList<>();

        World(Keeping keeping) {
            this.keeping = keeping;
            node = new RoomNode(new ScriptedLog(keeping.logEntries()), keeping.tailBytes(), keeping.lagEntries());
            node.log.beforeAppend(
                    group -> group.forEach(request -> said.add(request.command().body())));
            room = node.open("lobby");
        }

        void happens(Happening happening) {
            int amount = happening.amount();
            String name = List.of("ana", "budi", "citra").get(happening.who());
            switch (happening.what()) {
                case 0, 1, 2 -> say(name, amount);
                case 3 -> readings.add(fast(amount, name));
                case 4 -> readings.add(slow(amount, name));
                case 5 -> readings.add(plain(amount, name));
                case 6 ->
                    readings.stream()
                            .filter(reading -> reading.kind() == Kind.SLOW)
                            .skip(happening.who())
                            .findFirst()
                            .ifPresent(reading -> reading.cursor().take());
                case 7 -> run(node.writing::runNext, node.writing::waiting, amount);
                case 8 -> run(node.fanOut::runNext, node.fanOut::waiting, amount);
                default -> run(node.reading::runNext, node.reading::waiting, amount);
            }
        }

        private static void run(Runnable next, IntSupplier waiting, int most) {
            for (int i = 0; i < most && waiting.getAsInt() > 0; i++) {
                next.run();
            }
        }

        private void say(String name, int count) {
            for (int i = 0; i < count; i++) {
                posted++;
                node.post(room, name, null, name + ": " + posted + " " + "x".repeat((posted - 1) % 7 * 50));
            }
        }

        private Reading fast(int percent, String name) {
            long after = room.head() * percent / 90;
            return new Reading(Cursor.in(node, room, after), Kind.FAST, after, name);
        }

        private Reading slow(int percent, String name) {
            long after = room.head() * percent / 90;
            return new Reading(Cursor.slowIn(node, room, after), Kind.SLOW, after, name);
        }

        private Reading plain(int percent, String name) {
            long after = room.head() * percent / 90;
            return new Reading(Cursor.plainIn(node, room, after, "u-" + name), Kind.PLAIN, after, name);
        }

        /** Everybody reads to the end. */
        void comesToRest() {
            node.settle();
            assertThat(room.head()).isEqualTo(said.size()).isEqualTo(posted);
            for (boolean more = true; more; ) {
                more = false;
                for (Reading reading : readings) {
                    more |= reading.cursor().take() != null;
                }
                more |= node.fanOut.waiting() + node.reading.waiting() > 0;
                node.settle();
            }
        }

        void check(Reading reading) {
            if (reading.kind() == Kind.PLAIN) {
                checkPlain(reading);
                return;
            }
            long next = reading.after() + 1;
            for (String event : reading.cursor().events()) {
                int dash = event.indexOf('-');
                if (dash < 0) {
                    assertThat(Long.parseLong(event)).isEqualTo(next);
                    next++;
                } else {
                    assertThat(keeping.everything())
                            .as("a gap though all is kept")
                            .isFalse();
                    assertThat(Long.parseLong(event.substring(0, dash))).isEqualTo(next);
                    next = Long.parseLong(event.substring(dash + 1)) + 1;
                }
            }
            assertThat(next).isEqualTo(said.size() + 1);
            String all = String.join("", reading.cursor().texts());
            assertThat(said.subList((int) reading.after(), said.size()).stream()
                            .filter(text -> all.contains("\"" + text + "\"")))
                    .hasSize((int) reading.cursor().events().stream()
                            .filter(event -> event.indexOf('-') < 0)
                            .count());
        }

        /** A new reader gets what the log has, and nothing that was trimmed, even if somebody read it a moment ago. */
        void checkWhoComesNow() {
            Cursor now = Cursor.in(node, room, 0);
            node.settle();
            List<String> kept = node.log.seqs("lobby");
            List<String> got = now.events().stream()
                    .filter(event -> event.indexOf('-') < 0)
                    .toList();
            if (keeping.lagEntries() == 100_000) {
                assertThat(got).isEqualTo(kept);
            } else {
                assertThat(kept).endsWith(got.toArray(new String[0]));
            }
        }

        private void checkPlain(Reading reading) {
            List<String> others = othersSince(reading, reading.after());
            List<String> got = reading.cursor().texts();
            if (keeping.everything()) {
                assertThat(got).isEqualTo(others);
            } else {
                List<String> inOrder =
                        others.stream().filter(new HashSet<>(got)::contains).toList();
                assertThat(got).isEqualTo(inOrder);
                long kept = Math.max(reading.after(), said.size() - 40); // this many are never trimmed
                assertThat(got.containsAll(othersSince(reading, kept))).isTrue();
            }
        }

        private List<String> othersSince(Reading reading, long after) {
            return said.subList((int) after, said.size()).stream()
                    .filter(text -> !text.startsWith(reading.name() + ": "))
                    .toList();
        }
    }
}
