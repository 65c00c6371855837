package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final User ANA = new User("u-ana", "Ana");
    private static final User BUDI = new User("u-budi", "Budi");

    private long now = 1_000;
    private final Presence presence = new Presence("lobby", new Presence.Times(50, 10, 60, () -> now));
    private final List<Reply> told = new ArrayList<>();

    /** Moves the clock in small steps; returns what is published meanwhile. */
    private List<Reply> pass(long nanos) {
        told.clear();
        for (long end = now + nanos; now < end; ) {
            now++;
            presence.tick(now, reply -> {
                told.add(reply);
                return Frame.ofReplies(reply.toString().getBytes(StandardCharsets.UTF_8));
            });
        }
        return List.copyOf(told);
    }

    /** What the reader has not seen yet, as it would receive it. */
    private List<Reply> events(Presence.Cursor reader) {
        List<Reply> events = new ArrayList<>();
        for (Frame frame = next(reader); frame != null; frame = next(reader)) {
            String text = frame.text();
            events.add(told.stream()
                    .filter(reply -> reply.toString().equals(text))
                    .findFirst()
                    .orElseThrow());
        }
        return events;
    }

    private static Frame next(Presence.Cursor reader) {
        return reader.next(null, reply -> {
            throw new AssertionError("no reader is alone");
        });
    }

    private List<String> names() {
        Reply.Roster roster = (Reply.Roster) told.get(told.size() - 1);
        return roster.here().stream().map(User::name).toList();
    }

    private static User user(int number) {
        return new User("u-" + number, "user " + number);
    }

    @Test
    void usersWhoEnterAreInTheRoster() {
        presence.enter(ANA);
        presence.enter(BUDI);
        pass(1);

        assertThat(names()).containsExactly("Ana", "Budi");
    }

    @Test
    void nothingIsToldWhenNothingHasChanged() {
        presence.enter(ANA);
        pass(1);

        assertThat(pass(500)).isEmpty();
        presence.enter(ANA); // in a second tab
        assertThat(pass(500)).isEmpty();
        assertThat(presence.hasPendingChanges()).isFalse();
    }

    @Test
    void aUserWhoReloadsWasNeverAway() {
        presence.enter(ANA);
        presence.enter(BUDI);
        pass(1);
        presence.leave(BUDI);
        pass(49);
        presence.enter(BUDI);

        assertThat(pass(500)).isEmpty();
    }

    @Test
    void aUserWhoStaysAwayIsGoneWhenTheGraceIsOver() {
        presence.enter(ANA);
        presence.enter(BUDI);
        pass(1);
        presence.leave(BUDI);

        assertThat(pass(49)).isEmpty();
        assertThat(presence.hasPendingChanges()).isTrue();
        assertThat(pass(2)).hasSize(1);
        assertThat(names()).containsExactly("Ana");
        assertThat(presence.hasPendingChanges()).isFalse();
    }

    @Test
    void aUserWithTwoSessionsIsHereUntilBothAreGone() {
        presence.enter(ANA);
        presence.enter(ANA);
        pass(1);
        presence.leave(ANA);

        assertThat(pass(500)).isEmpty();
        presence.leave(ANA);
        pass(60);
        assertThat(names()).isEmpty();
    }

    @Test
    void aThousandWhoComeAreToldInFewRosters() {
        for (int n = 0; n < 100; n++) {
            presence.enter(user(n));
            pass(1);
        }
        pass(100);
        presence.enter(ANA);

        assertThat(pass(1)).hasSize(1);
        int rosters = 0;
        for (int n = 200; n < 1_200; n++) {
            presence.enter(user(n));
            rosters += pass(1).size();
        }
        assertThat(rosters).as("a room that is larger is told less often").isLessThan(60);
        assertThat(pass(100)).hasSize(1);
    }

    /** It hears nothing of the others while nobody is here. */
    @Test
    void usersAreCountedOverAllNodesWhereSomebodyIsHere() {
        List<User> named = List.of(BUDI, user(1));
        presence.setOthers(List.of(new RoomPart(2, named, List.of()), new RoomPart(500, List.of(BUDI), List.of())));
        assertThat(presence.count()).isZero();
        presence.enter(BUDI);
        presence.enter(ANA);

        assertThat(presence.count()).isEqualTo(3 + 499);
        assertThat(presence.everybody().count()).isEqualTo(3 + 499);
        presence.leave(BUDI);
        presence.leave(ANA);
        pass(100);
        assertThat(presence.count()).isZero();
    }

    @Test
    void ofALargeRoomThoseAreNamedWhoSpokeLast() {
        for (int n = 0; n < 300; n++) {
            presence.enter(user(n));
        }
        pass(100);
        presence.recordPost("u-7");
        presence.recordPost("u-9");
        presence.recordPost("u-7");
        presence.recordPost("u-of-yore"); // not here
        pass(100);

        assertThat(((Reply.Roster) told.get(0)).count()).isEqualTo(300);
        assertThat(names()).containsExactly("user 7", "user 9");
    }

    @Test
    void aTypingUserIsListedUntilTheyPostOrStop() {
        presence.enter(ANA);
        presence.enter(BUDI);
        pass(20);
        presence.markTyping(ANA);
        presence.markTyping(BUDI);
        assertThat(pass(10)).containsExactly(new Reply.Typing("lobby", List.of(ANA, BUDI)));

        presence.recordPost("u-ana");
        assertThat(pass(10)).containsExactly(new Reply.Typing("lobby", List.of(BUDI)));
        presence.markTyping(BUDI); // still
        assertThat(pass(55)).isEmpty();
        assertThat(pass(10)).containsExactly(new Reply.Typing("lobby", List.of()));
    }

    @Test
    void aTypingUserIsListedAgainOnlyIfTheirNameChanges() {
        presence.enter(ANA);
        presence.markTyping(ANA);
        pass(20);
        presence.renamed(ANA);
        assertThat(pass(20)).isEmpty();

        User renamed = new User("u-ana", "Ana Maria");
        presence.renamed(renamed);
        assertThat(pass(5))
                .containsExactly(
                        new Reply.Roster("lobby", 1, List.of(renamed)), new Reply.Typing("lobby", List.of(renamed)));
    }

    @Test
    void aUserWhoWentAwayIsNotTyping() {
        presence.enter(ANA);
        presence.enter(BUDI);
        pass(20);
        presence.markTyping(BUDI);
        presence.leave(BUDI);

        assertThat(pass(200)).last().isEqualTo(new Reply.Typing("lobby", List.of()));
    }

    @Test
    void howFarOneHasReadIsToldAsItIsNow() {
        presence.hasRead(new Reply.Reads.Mark("lobby", 1, 1));
        presence.hasRead(new Reply.Reads.Mark("kitchen", 5, 3));
        presence.hasRead(new Reply.Reads.Mark("lobby", 2, 2));

        assertThat(pass(20))
                .containsExactly(new Reply.Reads(
                        "lobby", List.of(new Reply.Reads.Mark("kitchen", 5, 3), new Reply.Reads.Mark("lobby", 2, 2))));
    }

    @Test
    void aLowerMarkCountsOnlyIfItWasTakenBack() {
        presence.hasRead(new Reply.Reads.Mark("lobby", 5, 5));
        presence.hasRead(new Reply.Reads.Mark("lobby", 2, 2));
        presence.hasRead(new Reply.Reads.Mark("kitchen", 5, 5));
        Reply.Reads.Mark back = new Reply.Reads.Mark("kitchen", 3, 3, true);
        presence.hasRead(back);

        assertThat(pass(20))
                .containsExactly(new Reply.Reads("lobby", List.of(new Reply.Reads.Mark("lobby", 5, 5), back)));
    }

    @Test
    void aReaderGetsEachKindOnceAndOfSeveralVersionsTheLatest() {
        Presence.Cursor reader = presence.cursor(true);
        assertThat(next(reader)).isNull();
        presence.enter(ANA);
        pass(1);
        presence.enter(BUDI);
        presence.markTyping(ANA);
        presence.hasRead(new Reply.Reads.Mark("lobby", 1, 1));
        pass(20);

        List<Reply> events = events(reader);
        assertThat(events).containsExactlyInAnyOrderElementsOf(told);
        assertThat(events)
                .extracting(Object::getClass)
                .containsExactly(Reply.Roster.class, Reply.Typing.class, Reply.Reads.class);
        assertThat(events(reader)).isEmpty();
    }

    @Test
    void aNewcomerWaitsForTheRosterWithThemselvesButASecondTabDoesNot() {
        presence.enter(ANA);
        pass(1);

        assertThat(next(presence.cursor(true))).isNull();
        assertThat(next(presence.cursor(false))).isNotNull();
    }

    @Test
    void inALargeRoomANewcomerGetsTheRosterThatThereIs() {
        for (int n = 0; n < 300; n++) {
            presence.enter(user(n));
        }
        pass(100);

        assertThat(next(presence.cursor(true))).isNotNull();
    }

    /** There may be very many rooms, and in most of them nobody types or reads. */
    @Test
    void aRoomInWhichNothingHappensTakesFewBytes() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Presence.Times times = new Presence.Times(50, 10, 60, () -> now);
        Presence[] rooms = new Presence[10_000];
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int n = 0; n < rooms.length; n++) {
            rooms[n] = new Presence("lobby", times);
        }
        long bytes = thread.getCurrentThreadAllocatedBytes() - before;

        assertThat(rooms).doesNotContainNull();
        assertThat(bytes / rooms.length).isBetween(1L, 224L);
    }
}
