package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.kit.ManualExecutor;
import id.warung.log.Posted;
import id.warung.log.ScriptedLog;
import id.warung.logging.LogContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArchiveTest {
    private static final long OLD = 20L * Block.ENTRIES;

    private final RoomNode node = new RoomNode(new ScriptedLog(), 0, RoomNode.PLENTY);
    private final Room room = node.open("lobby");

    /** Rooms whose tail holds the last block only; everything before it is in the log. */
    ArchiveTest() throws IOException {
        node.log.append(IntStream.rangeClosed(1, (int) OLD)
                .mapToObj(n -> Posted.saying("old", "text " + n).request())
                .toList());
    }

    /** A room that was closed and opened again: nothing is in memory. */
    private Room old() {
        return node.open("old");
    }

    @Test
    void entriesOlderThanTheTailComeFromTheLogInTheSameFrames() {
        Cursor cursor = Cursor.in(node, old(), 10);
        node.settle();

        assertThat(cursor.events()).containsExactly(Entries.numbers(11, OLD));
        assertThat(cursor.frames()).extracting(Frame::last).startsWith(256L, 512L, 768L);
    }

    @Test
    void aBlockIsReadOnceForAllWhoWaitForIt() {
        Room old = old();
        List<Cursor> cursors = IntStream.range(0, 500)
                .mapToObj(n -> Cursor.slowIn(node, old, 256L + n % 60))
                .toList();
        cursors.forEach(cursor -> assertThat(cursor.take()).isNull());
        node.settle();

        assertThat(node.log.reads()).isEqualTo(1);
        assertThat(cursors)
                .allSatisfy(cursor -> assertThat(cursor.take().last()).isEqualTo(512));
        assertThat(node.log.reads()).isEqualTo(1);
    }

    @Test
    void keepsTheLatestBlocks() {
        Room old = old();
        Cursor first = Cursor.in(node, old, 0);
        node.settle();
        int readsOfOne = node.log.reads();
        Cursor lastFour = Cursor.in(node, old, 16 * Block.ENTRIES);
        node.settle();

        assertThat(readsOfOne).isEqualTo(20);
        assertThat(node.log.reads()).isEqualTo(20);
        assertThat(first.events()).hasSize((int) OLD);
        assertThat(lastFour.events()).hasSize(4 * Block.ENTRIES);

        Cursor.in(node, old, 15 * Block.ENTRIES);
        node.settle();
        assertThat(node.log.reads()).isGreaterThan(20);
    }

    /** Readers that wait for a block must get it before other readers replace it, or none would make progress. */
    @Test
    void readersAtMoreBlocksThanItKeepsAllArrive() {
        List<Reader> asking = new ArrayList<>();
        ManualExecutor fanOut = new ManualExecutor();
        Archive archive = new Archive("old", node.log, () -> OLD, Runnable::run); // a log that answers at once
        int[] served = new int[20];
        for (int n = 0; n < 20; n++) {
            long seq = (long) Block.ENTRIES * n + 1;
            int number = n;
            asking.add(new Reader() {
                @Override
                public void restart() {
                    throw new IllegalStateException("nothing is restored here");
                }

                @Override
                public void drive() {
                    if (served[number] == 0 && archive.part(seq, this) != null) {
                        served[number]++;
                    }
                }

                @Override
                public void wake() {
                    fanOut.execute(this::drive);
                }
            });
        }
        asking.forEach(Reader::wake);
        for (int round = 0; round < 100; round++) {
            fanOut.runRound();
        }

        assertThat(served).containsOnly(1);
    }

    @Test
    void aLogThatFailsIsAskedAgainWithTheNextWake() {
        try (Logged logged = Logged.by(Archive.class)) {
            Room old = old();
            node.log.beforeRead((name, after) -> {
                throw new IOException("away");
            });
            Cursor cursor = Cursor.in(node, old, OLD - 10);
            node.settle();
            assertThat(cursor.frames()).isEmpty();
            assertThat(logged.thrown()).hasSize(1);
            assertThat(logged.lines()).containsExactly("A room could not be read [room=old]");

            node.log.beforeRead((name, after) -> {});
            cursor.wake();
            node.settle();
            assertThat(cursor.events()).containsExactly(Entries.numbers(OLD - 9, OLD));
        }
    }

    @Test
    void aLogThatFailsBadlyIsAskedAgainToo() {
        try (Logged logged = Logged.by(Archive.class)) {
            Room old = old();
            node.log.beforeRead((name, after) -> {
                throw new LinkageError("scripted");
            });
            Cursor cursor = Cursor.in(node, old, OLD - 10);
            node.settle();
            assertThat(logged.thrown()).hasSize(1);

            node.log.beforeRead((name, after) -> {});
            cursor.wake();
            node.settle();
            assertThat(cursor.events()).containsExactly(Entries.numbers(OLD - 9, OLD));
        }
    }

    @Test
    void aReaderWhoCannotBeToldHurtsNoOther() {
        try (Logged logged = Logged.by(Archive.class)) {
            Room old = old();
            old.older(1, new Reader() {
                @Override
                public void restart() {
                    throw new IllegalStateException("nothing is restored here");
                }

                @Override
                public void drive() {
                    throw new IllegalStateException("scripted");
                }

                @Override
                public void wake() {
                    throw new IllegalStateException("scripted");
                }

                @Override
                public LogContext context() {
                    return LogContext.NONE.withUser("u-ana");
                }
            });
            Cursor cursor = Cursor.in(node, old, 0);
            node.fanOut.runAll();
            node.settle();

            assertThat(cursor.events()).containsExactly(Entries.numbers(1, OLD));
            assertThat(logged.thrown()).hasSize(1);
            assertThat(logged.lines()).containsExactly("A reader could not be notified [user=u-ana room=old]");
        }
    }

    @Test
    void aBlockThatWasReadHalfIsReadAgainWhenItsRestIsWanted() {
        node.say(room, "ana", IntStream.rangeClosed(1, 262).mapToObj(n -> "x").toArray(String[]::new));
        node.registry.closeIdle();
        Room again = node.open("lobby"); // nothing is in memory
        Cursor early = Cursor.slowIn(node, again, 256);
        assertThat(early.take()).isNull();
        node.settle();
        assertThat(early.take().last()).isEqualTo(262); // half of the block is in the archive

        node.say(
                again, "ana", IntStream.rangeClosed(263, 520).mapToObj(n -> "x").toArray(String[]::new));
        assertThat(early.take()).isNull(); // the rest was in the tail, and is no longer there
        node.settle();
        assertThat(early.take().last()).isEqualTo(512);
        assertThat(early.take().last()).isEqualTo(520);
        assertThat(early.events()).containsExactly(Entries.numbers(257, 520));
    }
}
