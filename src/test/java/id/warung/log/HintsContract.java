package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What any hints between nodes do. */
public abstract class HintsContract {
    private final List<Hints> all = new ArrayList<>();

    /** The hints of one more node. */
    protected abstract Hints join() throws Exception;

    /** Delivers what is under way, if that does not happen by itself. */
    protected abstract void deliver();

    /** A node that has heard something: rooms by name, and how often anything may have been new. */
    public static final class Heard implements Hints.Listener {
        private final List<String> rooms = new CopyOnWriteArrayList<>();
        private final List<String> anywhere = new CopyOnWriteArrayList<>();

        @Override
        public void news(Collection<String> some) {
            rooms.addAll(some);
        }

        @Override
        public void newsAnywhere() {
            anywhere.add("anywhere");
        }

        public List<String> rooms() {
            return rooms;
        }

        public int anywhere() {
            return anywhere.size();
        }
    }

    /** A node that listens already. */
    protected Hints started(Heard heard) throws Exception {
        Hints hints = join();
        all.add(hints);
        hints.start(heard);
        return hints;
    }

    @AfterEach
    void closes() {
        all.forEach(Hints::close);
    }

    /** Sends a hint again until the listener has it, because a node that has just started may not listen yet. */
    protected void connected(Hints from, Heard to) {
        await().until(() -> {
            from.send(List.of("probe"));
            deliver();
            return to.rooms().contains("probe");
        });
    }

    @Test
    void aHintReachesAllOtherNodesAndNotItsOwn() throws Exception {
        Heard first = new Heard();
        Heard second = new Heard();
        Heard third = new Heard();
        Hints sender = started(first);
        started(second);
        started(third);
        connected(sender, second);
        connected(sender, third);
        sender.send(List.of("lobby", "inbox.u-1"));
        deliver();

        await().untilAsserted(() -> assertThat(second.rooms()).contains("lobby", "inbox.u-1"));
        await().untilAsserted(() -> assertThat(third.rooms()).contains("lobby", "inbox.u-1"));
        assertThat(first.rooms()).isEmpty();
    }

    @Test
    void noRoomIsForgottenHoweverManyHintsAreSentAtOnce() throws Exception {
        Heard heard = new Heard();
        Hints sender = started(new Heard());
        started(heard);
        connected(sender, heard);
        Set<String> rooms = new LinkedHashSet<>(
                IntStream.range(0, 300).mapToObj(n -> "room-" + n).toList());
        rooms.forEach(room -> sender.send(List.of(room)));
        deliver();

        await().untilAsserted(() -> assertThat(heard.rooms()).containsAll(rooms));
    }

    @Test
    void bothWaysWork() throws Exception {
        Heard first = new Heard();
        Heard second = new Heard();
        Hints one = started(first);
        Hints other = started(second);
        connected(one, second);
        connected(other, first);
        assertThat(one.trouble()).isNull();
        assertThat(other.trouble()).isNull();
    }

    @Test
    void aClosedNodeHearsNothingMore() throws Exception {
        Heard heard = new Heard();
        Heard other = new Heard();
        Hints sender = started(new Heard());
        Hints closed = started(heard);
        started(other);
        connected(sender, heard);
        connected(sender, other);
        closed.close();
        sender.send(List.of("late"));
        deliver();

        await().until(() -> other.rooms().contains("late"));
        assertThat(heard.rooms()).doesNotContain("late");
    }
}
