package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of the three transient states by itself: when it is published, under which version, and what it contains. */
class SoftStateTest {
    private static final User ANA = new User("u-ana", "Ana");
    private static final User BUDI = new User("u-budi", "Budi");
    private static final long INTERVAL = 10;

    private final Roster roster = new Roster("lobby", 0);
    private final Typing typing = new Typing("lobby", roster, 0);
    private final ReadMarks marks = new ReadMarks("~u-ana", 0);

    private static Reply.Reads.Mark mark(String room, long seq) {
        return new Reply.Reads.Mark(room, seq, seq);
    }

    private static Frame encoded(Reply reply) {
        return Frame.ofReplies(reply.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static User user(int number) {
        return new User("u-" + number, "user " + number);
    }

    private List<User> here() {
        return ((Reply.Roster) roster.present()).here();
    }

    private List<User> writing() {
        return ((Reply.Typing) typing.present()).users();
    }

    private List<String> evict(long now, long grace) {
        List<String> evicted = new ArrayList<>();
        roster.evictDeparted(now, grace, evicted::add);
        return evicted;
    }

    static Stream<SoftState> changedOnes() {
        Roster roster = new Roster("lobby", 0);
        roster.enter(ANA);
        Typing typing = new Typing("lobby", roster, 0);
        typing.start(ANA.id(), 1_000);
        ReadMarks marks = new ReadMarks("~u-ana", 0);
        marks.add(mark("lobby", 1));
        return Stream.of(roster, typing, marks);
    }

    @ParameterizedTest
    @MethodSource("changedOnes")
    void aChangeIsToldOnceAndNotBeforeItsInterval(SoftState state) {
        assertThat(state.isPending()).isTrue();
        assertThat(state.publish(INTERVAL - 1, INTERVAL, SoftStateTest::encoded))
                .isFalse();
        assertThat(state.since(0)).isNull();

        assertThat(state.publish(INTERVAL, INTERVAL, SoftStateTest::encoded)).isTrue();
        assertThat(state.publish(3 * INTERVAL, INTERVAL, SoftStateTest::encoded))
                .isFalse();

        state.change();
        state.change();
        assertThat(state.publish(2 * INTERVAL - 1, INTERVAL, SoftStateTest::encoded))
                .isFalse();
        assertThat(state.publish(2 * INTERVAL, INTERVAL, SoftStateTest::encoded))
                .isTrue();
        assertThat(state.since(0).version()).isEqualTo(2);
        assertThat(state.since(1).version()).isEqualTo(2);
        assertThat(state.since(2)).isNull();
    }

    @Test
    void nothingIsToldOfWhatHasNotChanged() {
        for (SoftState state : List.of(roster, typing, marks)) {
            assertThat(state.publish(1_000, INTERVAL, SoftStateTest::encoded)).isFalse();
            assertThat(state.version()).isZero();
            assertThat(state.isPending()).isFalse();
        }
    }

    @Test
    void aUserIsInTheRosterOnceAndUnderTheLatestName() {
        assertThat(roster.enter(ANA)).isTrue();
        assertThat(roster.enter(BUDI)).isTrue();
        User renamed = new User("u-ana", "Ana Maria");
        assertThat(roster.enter(renamed)).isFalse();
        assertThat(roster.renamed(renamed)).isFalse();
        assertThat(roster.renamed(new User("u-nobody", "Nobody"))).isFalse();
        assertThat(roster.renamed(ANA)).isTrue();
        assertThat(roster.renamed(renamed)).isTrue();

        assertThat(here()).containsExactly(renamed, BUDI);
        assertThat(roster.user("u-ana")).isEqualTo(renamed);
        assertThat(roster.user("u-nobody")).isNull();
    }

    @Test
    void aUserStaysUntilTheGraceAfterTheLastSessionIsOver() {
        roster.enter(ANA);
        roster.enter(ANA);
        roster.enter(BUDI);
        roster.leave(ANA, 100);
        assertThat(evict(1_000, 50)).isEmpty();
        roster.leave(ANA, 1_000);
        roster.leave(ANA, 1_001); // twice
        assertThat(roster.isPending()).isTrue();

        assertThat(evict(1_049, 50)).isEmpty();
        assertThat(evict(1_050, 50)).containsExactly("u-ana");
        assertThat(here()).containsExactly(BUDI);
        assertThat(evict(9_999, 50)).isEmpty();
    }

    @Test
    void aUserWhoReturnsWithinTheGraceWasNeverAway() {
        roster.enter(ANA);
        roster.publish(INTERVAL, INTERVAL, SoftStateTest::encoded);
        roster.leave(ANA, 100);
        assertThat(roster.enter(ANA)).isFalse();

        assertThat(roster.isPending()).isFalse();
        assertThat(evict(9_999, 50)).isEmpty();
    }

    @Test
    void aLargeRosterNamesTheTwentyWhoSpokeLastAndAreHere() {
        IntStream.rangeClosed(1, Roster.MAX_NAMED).forEach(n -> roster.enter(user(n)));
        roster.recordPost("u-1");
        assertThat(here()).as("all of a small one").hasSize(Roster.MAX_NAMED);
        roster.enter(ANA);
        assertThat(here()).isEmpty();
        IntStream.rangeClosed(1, 30).forEach(n -> roster.recordPost("u-" + n));
        roster.recordPost("u-12");
        roster.recordPost("u-elsewhere");

        assertThat(roster.count()).isEqualTo(201);
        assertThat(here()).hasSize(19).startsWith(user(12), user(30), user(29)).doesNotContain(user(11));
    }

    @Test
    void oneWhoIsWritingIsToldUntilTheyStopOrTheirTimePasses() {
        roster.enter(ANA);
        roster.enter(BUDI);
        typing.start("u-ana", 60);
        typing.start("u-budi", 60);
        typing.start("u-elsewhere", 60);
        typing.start("u-budi", 70);
        assertThat(writing()).containsExactly(ANA, BUDI);

        typing.stop("u-elsewhere");
        typing.expire(60);
        assertThat(writing()).containsExactly(BUDI);
        typing.expire(69);
        assertThat(typing.isEmpty()).isFalse();
        typing.expire(70);
        assertThat(typing.isEmpty()).isTrue();
        assertThat(writing()).isEmpty();
    }

    @Test
    void aUserWhoGoesOnTypingIsNotPublishedAgain() {
        typing.start("u-ana", 60);
        typing.publish(INTERVAL, INTERVAL, SoftStateTest::encoded);
        typing.start("u-ana", 90);
        typing.stop("u-budi");
        typing.renamed("u-budi");

        assertThat(typing.publish(100, INTERVAL, SoftStateTest::encoded)).isFalse();
        typing.renamed("u-ana");
        assertThat(typing.publish(100, INTERVAL, SoftStateTest::encoded)).isTrue();
    }

    @Test
    void fiveWritersAreNamedAtMost() {
        for (int n = 1; n <= 7; n++) {
            roster.enter(user(n));
            typing.start("u-" + n, 60);
        }

        assertThat(writing()).containsExactly(user(1), user(2), user(3), user(4), user(5));
    }

    @Test
    void theTwoHundredRoomsThatWereReadLastAreKeptEachOnce() {
        for (int n = 1; n <= 250; n++) {
            marks.add(mark("room-" + n, n));
        }
        marks.add(mark("room-60", 500));
        List<Reply.Reads.Mark> told = ((Reply.Reads) marks.present()).rooms();

        assertThat(told).hasSize(200).startsWith(mark("room-51", 51)).endsWith(mark("room-60", 500));
        assertThat(told).extracting(Reply.Reads.Mark::room).doesNotHaveDuplicates();
    }
}
