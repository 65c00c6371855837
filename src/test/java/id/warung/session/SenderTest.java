package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.ManualExecutor;
import id.warung.protocol.CloseCode;
import id.warung.room.Frame;
import id.warung.session.ScriptedTransport.Way;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SenderTest {
    private final ScriptedTransport transport = new ScriptedTransport();
    private final ManualExecutor executor = new ManualExecutor();
    private final ArrayDeque<Frame> entries = new ArrayDeque<>();
    private final List<CloseCode> ended = new ArrayList<>();
    private final Sender sender = new Sender(transport, new Owner(), executor);

    @ParameterizedTest
    @EnumSource(names = {"INLINE", "TWICE", "COMPLETES_AND_THROWS"})
    void whatever_completes_inline_goes_on_with_the_next_frame_and_completes_once(Way way) {
        transport.way = way;
        entries(100);

        sender.wake();
        executor.runAll();

        assertThat(transport.sent).hasSize(100).startsWith("[0]").endsWith("[99]");
        assertThat(ended).isEmpty();
    }

    @Test
    void a_send_that_completes_later_lets_nothing_overtake_it() {
        transport.way = Way.LATER;
        entries(3);

        for (int i = 0; i < 3; i++) {
            sender.wake();
            sender.drive();
            executor.runAll();
            assertThat(transport.sent).hasSize(i + 1);
            transport.complete();
        }
        assertThat(transport.sent).containsExactly("[0]", "[1]", "[2]");
    }

    @ParameterizedTest
    @EnumSource(names = {"THROWS", "THROWS_ERROR", "FAILS_INLINE"})
    void a_send_that_fails_ends_the_session_and_nothing_more_is_sent(Way way) {
        transport.way = way;
        entries(3);

        sender.wake();
        executor.runAll();
        sender.wake();
        executor.runAll();

        assertThat(transport.sent).hasSize(1);
        assertThat(ended).containsExactly(CloseCode.TOO_SLOW);
    }

    @Test
    void a_send_that_never_completes_is_ended_by_the_watchdog_and_not_before_its_time() {
        transport.way = Way.NEVER;
        entries(2);
        sender.wake();
        executor.runAll();

        sender.tick(1_000, 500);
        sender.tick(1_499, 500);
        assertThat(ended).isEmpty();
        sender.tick(1_500, 500);
        assertThat(ended).containsExactly(CloseCode.TOO_SLOW);

        transport.complete(); // after all: nobody cares any more
        executor.runAll();
        assertThat(transport.sent).hasSize(1);
    }

    @Test
    void the_watchdog_leaves_alone_who_is_slow_but_moves() {
        transport.way = Way.LATER;
        entries(20);
        sender.wake();
        executor.runAll();

        for (int i = 0; i < 19; i++) {
            sender.tick(i * 400L, 500);
            transport.complete();
            executor.runAll();
        }

        assertThat(ended).isEmpty();
        assertThat(transport.sent).hasSize(20);
    }

    @Test
    void replies_that_gathered_go_as_one_frame_before_the_next_entries() {
        transport.way = Way.LATER;
        entries(2);
        sender.wake();
        executor.runAll();
        reply("{1}");
        reply("{2}");

        transport.complete();
        transport.complete();
        executor.runAll();

        assertThat(transport.sent).containsExactly("[0]", "[{1},{2}]", "[1]");
    }

    @Test
    void more_replies_than_it_may_hold_end_the_session() {
        transport.way = Way.NEVER;
        reply("{0}");
        sender.wake();
        executor.runAll();
        for (int i = 0; i < Replies.MAX_REPLIES; i++) {
            reply("{}");
        }
        assertThat(ended).isEmpty();
        assertThat(sender.room()).isZero();

        reply("{}");

        assertThat(ended).containsExactly(CloseCode.TOO_SLOW);
    }

    @Test
    void more_bytes_of_replies_than_it_may_hold_end_the_session() {
        reply("x".repeat(Replies.MAX_BYTES));
        assertThat(ended).isEmpty();

        reply("y");

        assertThat(ended).containsExactly(CloseCode.TOO_SLOW);
    }

    @Test
    void an_end_lets_the_replies_out_first_and_no_more_entries() {
        transport.way = Way.LATER;
        entries(5);
        sender.wake();
        executor.runAll();
        reply("{bye}");
        sender.end(CloseCode.RESTARTING);
        assertThat(ended).isEmpty();

        transport.complete();
        transport.complete();
        executor.runAll();

        assertThat(transport.sent).containsExactly("[0]", "[{bye}]");
        assertThat(ended).containsExactly(CloseCode.RESTARTING);
    }

    @Test
    void a_ping_waits_until_no_send_is_in_flight() {
        transport.way = Way.LATER;
        entries(1);
        sender.wake();
        executor.runAll();
        sender.ping(7);
        executor.runAll();
        assertThat(transport.pings).isEmpty();

        transport.complete();

        assertThat(transport.pings).containsExactly(7L);
    }

    private void entries(int count) {
        for (int i = 0; i < count; i++) {
            entries.add(Frame.ofReplies(("[" + i + "]").getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void reply(String event) {
        sender.reply(event.getBytes(StandardCharsets.UTF_8));
    }

    private final class Owner implements Sender.Owner {
        @Override
        public Frame nextEntries() {
            return entries.poll();
        }

        @Override
        public void handing(Frame frame) {
            // of interest to the heartbeat only
        }

        @Override
        public void drained() {
            // of interest to the conversation only
        }

        @Override
        public void ended(CloseCode code) {
            ended.add(code);
        }
    }
}
