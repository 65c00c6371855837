package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.kit.ManualExecutor;
import id.warung.logging.LogContext;
import id.warung.protocol.CloseCode;
import id.warung.room.Frame;
import id.warung.session.ScriptedTransport.Behaviour;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SenderTest {
    private static final long TIMEOUT = 500;

    private final ScriptedTransport transport = new ScriptedTransport();
    private final ManualExecutor executor = new ManualExecutor();
    private final ArrayDeque<Frame> entries = new ArrayDeque<>();
    private final List<CloseCode> ended = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final Owner owner = new Owner();
    private final Sender sender = new Sender(transport, owner, () -> {}, executor);

    private class Owner implements Sender.Owner {
        private Runnable beforeEntries = () -> {};
        private boolean resting;

        @Override
        public boolean isPaused() {
            return resting;
        }

        @Override
        public Frame nextEntries() {
            beforeEntries.run();
            return entries.poll();
        }

        @Override
        public void beforeSend(Frame frame) {
            story.add("handing " + frame.text());
        }

        @Override
        public void drained() {
            story.add("drained");
        }

        @Override
        public void ended(CloseCode code) {
            ended.add(code);
        }

        @Override
        public LogContext context() {
            return new LogContext("k3f9x2", null, null, null);
        }
    }

    @AfterEach
    void neverTwoAtOnce() {
        assertThat(transport.mostInFlight()).as("sends in flight").isLessThanOrEqualTo(1);
    }

    private void entries(int count) {
        for (int n = 1; n <= count; n++) {
            entries.add(Frame.ofReplies(("[" + n + "]").getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void reply(String event) {
        sender.reply(event.getBytes(StandardCharsets.UTF_8));
    }

    private void wake() {
        sender.wake();
        executor.runAll();
    }

    @Test
    void whileItsOwnerRestsNothingIsSentAndNothingIsLost() {
        owner.resting = true;
        reply("{}");
        entries(1);
        wake();
        assertThat(transport.sent()).isEmpty();

        owner.resting = false;
        wake();
        assertThat(transport.texts()).containsExactly("[{}]", "[1]");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETES_INLINE", "COMPLETES_INLINE_TWICE", "COMPLETES_AND_THROWS"})
    void aSendThatCompletesInlineIsFollowedByTheNextHoweverManyThereAre(Behaviour behaviour) {
        transport.behaves(behaviour);
        entries(10_000);
        wake();

        assertThat(transport.sent()).hasSize(10_000);
        assertThat(transport.texts()).startsWith("[1]", "[2]").endsWith("[10000]");
        assertThat(ended).isEmpty();
    }

    @Test
    void whileASendIsInFlightNothingElseIsSent() {
        transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        entries(3);
        wake();
        wake();
        sender.drive();
        reply("{}");
        sender.ping(1);
        executor.runAll();

        assertThat(transport.texts()).containsExactly("[1]");
        assertThat(transport.pings()).isEmpty();
        transport.completeAll();
        assertThat(transport.texts()).containsExactly("[1]", "[{}]", "[2]", "[3]");
        assertThat(transport.pings()).containsExactly(1L);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILS_INLINE", "THROWS", "THROWS_AN_ERROR"})
    void aSendThatFailsEndsTheSessionAndNothingMoreIsSent(Behaviour behaviour) {
        transport.behaves(behaviour);
        entries(3);
        wake();
        reply("{}");
        wake();

        assertThat(transport.sent()).hasSize(1);
        assertThat(ended).containsOnly(CloseCode.TOO_SLOW);
    }

    @Test
    void aSendThatFailsLaterEndsTheSession() {
        transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        entries(3);
        wake();
        transport.complete(new IllegalStateException("scripted"));
        wake();

        assertThat(transport.sent()).hasSize(1);
        assertThat(ended).containsOnly(CloseCode.TOO_SLOW);
    }

    @Test
    void aCompletionThatComesTwiceLetsNothingOvertakeTheNextSend() {
        transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        entries(3);
        wake();
        Transport.Completion first = transport.outstanding();
        transport.complete(null);
        first.done(null);
        first.done(new IllegalStateException("scripted"));
        executor.runAll();

        assertThat(transport.texts()).containsExactly("[1]", "[2]");
        assertThat(ended).isEmpty();
    }

    @Test
    void aSendThatNeverCompletesEndsTheSessionWhenItsTimeIsUpAndNotBefore() {
        transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        entries(2);
        wake();
        sender.tick(10_000, TIMEOUT);
        sender.tick(10_499, TIMEOUT);
        assertThat(ended).isEmpty();

        sender.tick(10_500, TIMEOUT);
        assertThat(ended).containsOnly(CloseCode.TOO_SLOW);
    }

    @Test
    void aCompletionThatComesAfterTheEndHarmsNothing() {
        transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        entries(2);
        wake();
        sender.tick(0, TIMEOUT);
        sender.tick(TIMEOUT, TIMEOUT);
        reply("{}");
        transport.complete(null);
        wake();

        assertThat(transport.texts()).containsExactly("[1]");
    }

    @Test
    void theWatchdogWatchesEachSendForItself() {
        transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        entries(20);
        wake();
        for (int i = 0; i < 19; i++) {
            sender.tick(i * 499L, TIMEOUT);
            transport.complete(null);
        }
        assertThat(transport.sent()).hasSize(20);
        assertThat(ended).isEmpty();
    }

    @Test
    void theWatchdogDoesNotMindASessionThatHasNothingToSend() {
        sender.tick(0, TIMEOUT);
        sender.tick(10 * TIMEOUT, TIMEOUT);

        assertThat(ended).isEmpty();
    }

    @Test
    void repliesAreJoinedAndGoBeforeEntries() {
        transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        entries(2);
        reply("{\"a\":1}");
        reply("{\"b\":2}");
        wake();
        reply("{\"c\":3}");
        transport.completeAll();

        assertThat(transport.texts()).containsExactly("[{\"a\":1},{\"b\":2}]", "[{\"c\":3}]", "[1]", "[2]");
    }

    @Test
    void aWaitingSessionIsToldWhenTheRepliesAreTaken() {
        reply("{}");
        assertThat(sender.room()).isEqualTo(ReplyQueue.MAX_REPLIES - 1);
        wake();

        assertThat(story).containsExactly("drained", "handing [{}]");
        assertThat(sender.room()).isEqualTo(ReplyQueue.MAX_REPLIES);
    }

    @Test
    void moreRepliesThanMayWaitEndTheSession() {
        for (int n = 0; n < ReplyQueue.MAX_REPLIES; n++) {
            reply("{}");
        }
        assertThat(sender.room()).isZero();
        assertThat(ended).isEmpty();

        reply("{}");
        assertThat(ended).containsOnly(CloseCode.TOO_SLOW);
        wake();
        assertThat(transport.sent()).isEmpty();
    }

    @Test
    void moreBytesThanMayWaitEndTheSession() {
        reply("x".repeat(ReplyQueue.MAX_BYTES));
        assertThat(ended).isEmpty();

        reply("y");
        assertThat(ended).containsOnly(CloseCode.TOO_SLOW);
    }

    @Test
    void anEndLetsTheRepliesOutAndNoMoreEntries() {
        transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        entries(5);
        wake();
        reply("{\"bye\":1}");
        sender.end(CloseCode.RESTARTING);
        executor.runAll();
        assertThat(ended).isEmpty();

        transport.complete(null);
        assertThat(ended).as("the reply is on its way").isEmpty();
        transport.complete(null);
        assertThat(transport.texts()).containsExactly("[1]", "[{\"bye\":1}]");
        assertThat(ended).containsExactly(CloseCode.RESTARTING);
    }

    @Test
    void anEndWithNothingToSayIsAtOnce() {
        entries(1);
        sender.end(CloseCode.TOO_BIG);
        executor.runAll();

        assertThat(transport.sent()).isEmpty();
        assertThat(ended).containsExactly(CloseCode.TOO_BIG);
    }

    @Test
    void aSenderThatWasStoppedSendsNothing() {
        entries(1);
        reply("{}");
        sender.stop();
        wake();

        assertThat(transport.sent()).isEmpty();
        assertThat(ended).isEmpty();
    }

    @Test
    void aPingThatIsAskedForWhileAnotherGoesOutGoesOutAsWell() {
        transport.beforePing(() -> {
            if (transport.pings().isEmpty()) {
                sender.ping(2);
            }
        });
        sender.ping(1);
        executor.runAll();

        assertThat(transport.pings()).containsExactly(1L, 2L);
    }

    @Test
    void ofTwoPingsThatAreDueTheLaterGoesOutInWhateverOrderTheyWereAskedFor() {
        sender.ping(6);
        sender.ping(5);
        executor.runAll();

        assertThat(transport.pings()).containsExactly(6L);
    }

    @Test
    void aBugInWhatItReadsEndsTheSessionAndIsLoggedOnce() {
        try (Logged logged = Logged.by(Sender.class)) {
            owner.beforeEntries = () -> {
                throw new IllegalStateException("scripted");
            };
            wake();
            wake();

            assertThat(ended).containsExactly(CloseCode.INTERNAL);
            assertThat(logged.thrown()).hasSize(1);
            assertThat(logged.lines()).containsExactly("A session was ended by a bug [session=k3f9x2]");
        }
    }

    @Test
    void aReplyThatIsQueuedWhileEntriesAreTakenGoesNext() {
        entries(2);
        owner.beforeEntries = () -> {
            if (entries.size() == 2) {
                reply("{}");
            }
        };
        wake();

        assertThat(transport.texts()).containsExactly("[1]", "[{}]", "[2]");
    }

    /** A client joins on another thread while the sender has found no replies and is about to look for entries. */
    @Test
    void nothingOvertakesTheReplyThatAnnouncesIt() throws InterruptedException {
        Thread joining = new Thread(() -> sender.announce(() -> {
            reply("{\"joined\":1}");
            entries(1);
        }));
        owner.beforeEntries = () -> {
            if (joining.getState() == Thread.State.NEW) {
                joining.start();
                while (joining.isAlive() && joining.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
            }
        };
        wake();
        joining.join();
        wake();

        assertThat(transport.texts()).containsExactly("[{\"joined\":1}]", "[1]");
    }
}
