package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.Figures;
import id.warung.kit.Slowdown;
import id.warung.kit.WarungProcess;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What people on one node notice while its database does not answer: somebody who posts is refused, soon, and may try again; somebody who
 * reads what is in memory notices nothing. For one thread.
 */
final class Outage implements AutoCloseable {
    private static final int KEPT = 20; // messages of the room, which are in memory
    private static final long KNOWN_MS =
            8_000; // until the node knows, and has given up a commit that was on its way; see docs/deploy.md
    private static final long AT_ONCE_MS = 250;

    private final String room = Person.anyRoom();
    private final History history;
    private final Person poster;
    private final Person reader;
    private final List<String> refused = new ArrayList<>(); // ids
    private final List<Long> refusedMs = new ArrayList<>();
    private final List<Long> readMs = new ArrayList<>();
    private final List<Long> pageMs = new ArrayList<>();

    /** Call it while the database is there. */
    Outage(WarungProcess node) {
        history = new History(node);
        poster = Person.in(room, node.chat());
        reader = Person.in(room, node.chat());
        for (int n = 0; n < KEPT; n++) {
            poster.post(room, "before " + n);
        }
    }

    /** Posts and reads, one after another, until this moment of the monotonic clock. */
    void until(long nanos) {
        while (System.nanoTime() < nanos) {
            String id = UUID.randomUUID().toString();
            refusedMs.add(millis(() -> isRefused(id)));
            refused.add(id);
            readMs.add(millis(this::readsFromMemory));
            pageMs.add(millis(this::asksForAPage));
        }
    }

    private void isRefused(String id) {
        poster.say(Person.postFrame(room, "meanwhile", Person.field("id", id)));
        JsonObject error = poster.skipTo("error");
        assertThat(error.getString("id")).isEqualTo(id);
        assertThat(error.getString("code")).isEqualTo("unavailable");
        assertThat(error.getInt("retryAfterMs")).isPositive();
    }

    /** Joins anew, which is answered from memory. */
    private void readsFromMemory() {
        reader.say("{\"type\":\"leave\",\"room\":\"" + room + "\"}");
        reader.skipTo("left");
        reader.join(room, Person.field("last", KEPT / 2));
        for (int n = KEPT / 2; n < KEPT; n++) {
            assertThat(reader.next("message").getString("text")).isEqualTo("before " + n);
        }
    }

    /** A page over HTTP comes from the database; who asks for one does not wait for it. */
    private void asksForAPage() {
        assertThat(history.get(room, "limit=" + KEPT / 2, null).statusCode()).isEqualTo(503);
    }

    private static long millis(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1_000_000;
    }

    /** Call it when the database is there again: refusals and reads did not take long, and refused posts are there once, if at all. */
    void verify() {
        WarungProcess.patiently().until(() -> !history.health().containsKey("degraded"));
        refusedMs.sort(null);
        readMs.sort(null);
        pageMs.sort(null);
        Figures.say("refused without a database, ms", line(refusedMs));
        Figures.say("read from memory without a database, ms", line(readMs));
        Figures.say("told over HTTP that there is no database, ms", line(pageMs));
        assertThat(last(refusedMs)).as("until it is known").isLessThan(Slowdown.millis(KNOWN_MS));
        assertThat(median(refusedMs)).as("when it is known").isLessThan(Slowdown.millis(AT_ONCE_MS));
        assertThat(last(pageMs)).as("over HTTP").isLessThan(Slowdown.millis(KNOWN_MS));
        assertThat(last(readMs)).as("reads from memory").isLessThan(Slowdown.millis(4 * AT_ONCE_MS));
        assertThat(poster.command("post", room, Person.field("text", "afterwards")))
                .isGreaterThan(KEPT);
        Set<String> once = new HashSet<>(refused);
        for (Seen entry : history.read(room)
                .entries()
                .subList(KEPT, (int) history.read(room).head() - 1)) {
            assertThat(once.remove(entry.id())).as("%s, once", entry).isTrue();
        }
    }

    private static String line(List<Long> sorted) {
        return sorted.size() + " times, p50 " + median(sorted) + ", most " + last(sorted);
    }

    private static long median(List<Long> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static long last(List<Long> sorted) {
        return sorted.get(sorted.size() - 1);
    }

    @Override
    public void close() {
        poster.close();
        reader.close();
    }
}
