package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.kit.ManualExecutor;
import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.CommittedEntry;
import id.warung.log.Committer;
import id.warung.log.HintNetwork;
import id.warung.log.Permissions;
import id.warung.log.Posted;
import id.warung.log.ScriptedLog;
import id.warung.log.SharedInMemory;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.React;
import id.warung.protocol.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Several nodes over one log. Whatever happens in whatever order (posts, edits, deletions, reactions, titles, removals, commits that seem to fail, hints that
 * are lost, doubled or late, readers who come in between): every reader gets exactly the log, in order; nobody gets what follows their
 * removal; and no frame has what was erased by a deletion that its node knows.
 */
class NodesPropertiesTest {
    private static final User ANA = Posted.user("ana");
    private static final User BUDI = Posted.user("budi");

    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
    void everyReaderOnEveryNodeReadsExactlyTheLog(@ForAll long seed) throws IOException {
        everyReaderReadsTheLog(new Random(seed), false);
    }

    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
    void nobodyReadsWhatFollowsTheirRemoval(@ForAll long seed) throws IOException {
        everyReaderReadsTheLog(new Random(seed), true);
    }

    private static void everyReaderReadsTheLog(Random random, boolean removes) throws IOException {
        try (Logged logged = Logged.by(Committer.class)) {
            World world = new World(random, removes);
            world.happens(200);
            world.comesToRest();
            world.check();
            assertThat(logged.lines())
                    .allMatch(line -> line.startsWith("Messages can")); // the commits that seem to fail
        }
    }

    /** A log that knows what was said and what was erased, and reports some commits as failed. */
    private static final class Recording extends ScriptedLog {
        private final Random random;
        private final EntryCodec codec = new EntryCodec();
        private final Map<Long, List<String>> texts = new HashMap<>(); // of a message and its edits, by its seq
        private final Map<Long, Long> deletions = new HashMap<>(); // the seq of the deletion, by that of the message
        private long removal = Long.MAX_VALUE; // of Budi

        Recording(Random random) {
            this.random = random;
        }

        @Override
        public List<AppendResult> append(List<AppendRequest> requests) throws IOException {
            List<AppendResult> results = super.append(requests);
            for (AppendResult result : results) {
                if (result instanceof AppendResult.Committed committed) {
                    record(committed.written().get(0));
                }
            }
            if (random.nextInt(6) == 0) {
                throw new IOException("scripted: it was written");
            }
            return results;
        }

        private void record(CommittedEntry written) {
            EntryCodec.Header header = codec.header(written.entry().json());
            long seq = written.entry().seq();
            switch (header.type()) {
                case "message", "edited" ->
                    texts.computeIfAbsent(header.target() == 0 ? seq : header.target(), s -> new ArrayList<>())
                            .add("\"" + header.text() + "\"");
                case "reacted" ->
                    texts.computeIfAbsent(header.target(), s -> new ArrayList<>())
                            .add("\"" + codec.read(written.entry().json()).get("emoji") + "\"");
                case "deleted" -> deletions.put(header.target(), seq);
                case "removed" -> removal = seq;
                default -> {
                    // nothing that is checked
                }
            }
        }
    }

    private record Reading(RoomNode node, Room room, Cursor cursor, User user, long after) {}

    private static final class World {
        private final Random random;
        private final boolean removes;
        private final HintNetwork network = new HintNetwork();
        private final Recording log;
        private final List<RoomNode> nodes = new ArrayList<>();
        private final List<Reading> readings = new ArrayList<>();
        private int said;

        World(Random random, boolean removes) {
            this.random = random;
            this.removes = removes;
            this.log = new Recording(random);
            SharedInMemory shared = new SharedInMemory(log);
            for (int n = 0; n < 2 + random.nextInt(2); n++) {
                nodes.add(new RoomNode(log, shared, network.join(), random.nextBoolean() ? 0 : RoomNode.PLENTY));
            }
            RoomNode first = nodes.get(0);
            submit(first, new Command.Create("kitchen", "create", Access.MEMBERS, ""));
            first.settle();
            submit(first, new Command.Create("kitchen", "create", Access.MEMBERS, "")); // it may have seemed to fail
            submit(first, new Command.Add("kitchen", "add", BUDI.id()));
            first.settle();
        }

        private void submit(RoomNode node, Command.Durable command) {
            AppendRequest request = Posted.of("ana", command, BUDI).request();
            assertThat(node.open("kitchen").post(request)).isTrue();
        }

        void happens(int times) throws IOException {
            for (int i = 0; i < times; i++) {
                happen(nodes.get(random.nextInt(nodes.size())));
            }
        }

        private void happen(RoomNode node) throws IOException {
            switch (random.nextInt(15)) {
                case 0, 1 -> {
                    for (int more = random.nextInt(40); more >= 0; more--) {
                        submit(node, new Command.Post("kitchen", "m" + ++said, "t" + said));
                    }
                }
                case 2 -> submit(node, new Command.Edit("kitchen", "e" + ++said, someSeq(), "t" + said));
                case 3 -> submit(node, new Command.Delete("kitchen", "d" + ++said, someSeq()));
                case 4 -> {
                    if (removes && random.nextInt(4) == 0) {
                        submit(node, new Command.Remove("kitchen", "r" + ++said, BUDI.id()));
                    }
                }
                case 5 -> join(node);
                case 6 -> {
                    if (!readings.isEmpty()) {
                        take(readings.get(random.nextInt(readings.size())));
                    }
                }
                case 7 -> run(node.writing);
                case 8 -> run(node.reading);
                case 9 -> run(node.fanOut);
                case 10, 11 -> hint();
                case 12 -> {
                    String emoji = Character.toString('一' + ++said); // each once
                    submit(node, new React("kitchen", "x" + said, someSeq(), emoji, random.nextInt(4) > 0));
                }
                case 13 -> submit(node, new Command.Change("kitchen", "c" + ++said, null, null, "Room " + said, null));
                default -> node.poll();
            }
        }

        private long someSeq() throws IOException {
            long head = log.state("kitchen").head().seq();
            return Math.max(1, head - random.nextInt(60));
        }

        private void join(RoomNode node) {
            User user = random.nextBoolean() ? ANA : BUDI;
            var opening = node.registry.open("kitchen", its -> Permissions.mayRead(Posted.anybody(user), its.state()));
            node.reading.runAll();
            Room room = opening.toCompletableFuture().join();
            if (log.removal < Long.MAX_VALUE && user.equals(BUDI)) {
                return; // they cannot join any more, or their node does not know yet
            }
            long after = random.nextInt((int) room.head() + 1);
            readings.add(new Reading(node, room, Cursor.slowIn(node, room, after, user), user, after));
        }

        private void run(ManualExecutor executor) {
            for (int i = random.nextInt(4); i >= 0 && executor.waiting() > 0; i--) {
                executor.runNext();
            }
        }

        private void hint() {
            if (network.waiting() > 0) {
                int which = random.nextInt(network.waiting());
                switch (random.nextInt(3)) {
                    case 0 -> network.deliver(which);
                    case 1 -> network.repeat(which);
                    default -> network.lose(which);
                }
            }
        }

        /** Takes a frame: it has nothing that was erased by a deletion that the node knows. */
        private boolean take(Reading reading) {
            long known = reading.room().head();
            Frame frame = reading.cursor().take();
            if (frame == null) {
                return false;
            }
            log.deletions.forEach((target, deletion) -> {
                if (deletion <= known) {
                    assertThat(log.texts.getOrDefault(target, List.of()))
                            .as("erased by %s, known up to %s", deletion, known)
                            .noneMatch(frame.text()::contains);
                }
            });
            return true;
        }

        /** All hints from now on are lost; each node looks by itself, everybody reads to the end. */
        void comesToRest() {
            nodes.forEach(RoomNode::settle);
            nodes.forEach(RoomNode::poll);
            nodes.forEach(RoomNode::settle);
            for (boolean more = true; more; ) {
                more = false;
                for (Reading reading : readings) {
                    more |= take(reading);
                }
                for (RoomNode node : nodes) {
                    more |= node.reading.waiting() > 0;
                    node.settle();
                }
            }
        }

        void check() throws IOException {
            List<String> all = log.seqs("kitchen");
            for (RoomNode node : nodes) {
                assertThat(node.open("kitchen").head()).isEqualTo(all.size());
                assertThat(node.open("kitchen").n())
                        .isEqualTo(log.state("kitchen").n());
                assertThat(node.open("kitchen").state()).isEqualTo(log.state("kitchen"));
            }
            for (Reading reading : readings) {
                List<String> entries = reading.cursor().events().stream()
                        .filter(event -> !event.equals("roster") && !event.equals("left"))
                        .toList();
                List<String> rest = all.subList((int) reading.after(), all.size());
                if (reading.user().equals(BUDI) && log.removal < Long.MAX_VALUE) {
                    assertThat(entries).isEqualTo(rest.subList(0, entries.size()));
                    assertThat(reading.after() + entries.size())
                            .isLessThanOrEqualTo(Math.max(log.removal, reading.after()));
                    assertThat(reading.cursor().events()).endsWith("left");
                } else {
                    assertThat(entries).isEqualTo(rest);
                }
            }
        }
    }
}
