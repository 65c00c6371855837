package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.RoomCopy;
import id.warung.log.Directory;
import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.Permissions;
import id.warung.log.Posted;
import id.warung.log.sqlite.SqliteLog;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * After any interleaving a client has what a new client reads: several users post, edit, delete, react, name the room, read and go back, join, leave, are added and removed, are
 * disconnected and reconnect, while the log is written and read in small parts, and little is kept in memory. Over the embedded database.
 */
class InterleavingsPropertiesTest {
    private static final AtomicInteger ROOMS = new AtomicInteger();
    private static Path data;
    private static SqliteLog log;
    private static final List<String> EMOJI = List.of("🍵", "👍", "❤️");

    /** One event of the schedule. */
    record Happening(int what, int who, int amount) {}

    @BeforeContainer
    static void open() throws IOException {
        data = Files.createTempDirectory("warung-interleavings");
        log = SqliteLog.open(data, new EntryCodec(), Clock.systemUTC());
    }

    @AfterContainer
    static void close() throws IOException {
        log.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<Happening> happenings() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, World.KINDS - 1),
                        Arbitraries.integers().between(0, World.DEVICES - 1),
                        Arbitraries.integers().between(1, 90))
                .as(Happening::new);
    }

    @Provide
    Arbitrary<Integer> tails() {
        return Arbitraries.of(0, 20_000, 1_000_000_000);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void afterEachOf100InterleavingsAClientHasWhatAFreshOneReads(
            @ForAll boolean forMembers,
            @ForAll @From("tails") int maxTailBytes,
            @ForAll @Size(min = 20, max = 90) List<@From("happenings") Happening> happenings) {
        World world = new World("room-" + ROOMS.incrementAndGet(), forMembers, new SessionNode(log, maxTailBytes));
        happenings.forEach(world::happens);
        world.comesToRest();
        world.check();
    }

    /** One user's client, which keeps its copy while it is disconnected. */
    private static final class Device {
        private final SessionNode node;
        private final String room;
        private final boolean slow;
        private final RoomCopy copy;
        private final String id;
        private final String token;
        private Client client; // null: it is disconnected
        private int read = -1; // up to where, as it has heard; −1: nothing yet
        private String lastSaid = "{\"type\":\"pong\",\"n\":0}";
        private int said;

        Device(SessionNode node, String room, boolean slow, String id, String token) {
            this.node = node;
            this.room = room;
            this.slow = slow;
            this.copy = new RoomCopy(room);
            this.id = id;
            this.token = token;
        }

        void comeBack() {
            if (client == null) {
                client = node.connect();
                client.transport.behaves(
                        slow
                                ? ScriptedTransport.Behaviour.COMPLETES_WHEN_TOLD
                                : ScriptedTransport.Behaviour.COMPLETES_INLINE);
                client.helloAgain(token);
                client.joinLast(RoomName.inboxOf(id), 0);
            }
        }

        void says(String frame) {
            if (client != null) {
                client.says(frame);
            }
        }

        /** Continues from its position. */
        void joins(int last) {
            if (client != null) {
                says(copy.join(last));
            }
        }

        void joinsAnew(int last) {
            if (client != null) {
                says(copy.joinAnew(last));
            }
        }

        /** Sends a command with an id, so that it can be repeated. */
        void does(String type, String fields) {
            lastSaid = "{\"type\":\"" + type + "\",\"room\":\"" + room + "\",\"id\":\"" + (slow ? "s-" : "f-") + said++
                    + "\"," + fields + "}";
            says(lastSaid);
        }

        /** Processes all events that have arrived. */
        void hears() {
            if (client != null) {
                for (JsonObject event : client.events()) {
                    copy.take(event);
                    takeReads(event);
                }
                client.forget();
            }
        }

        /** As docs/protocol.md says: asks once it reads its inbox, and follows what that says from then on. */
        private void takeReads(JsonObject event) {
            if (!event.getString("room", "").equals(RoomName.inboxOf(id))) {
                return;
            }
            if (event.getString("type").equals("joined")) {
                read = readNow(id, room);
            } else if (event.getString("type").equals("reads")) {
                event.getJsonArray("rooms").getValuesAs(JsonObject.class).stream()
                        .filter(mark -> mark.getString("room").equals(room))
                        .forEach(mark -> read = mark.getBoolean("back", false)
                                ? mark.getInt("seq")
                                : Math.max(read, mark.getInt("seq")));
            }
        }

        void cutOff() {
            if (client != null) {
                client.session.gone();
                client = null;
                copy.cutOff();
            }
        }

        /** One of the messages in its copy. */
        int runSlice(int percent) {
            hears();
            List<Integer> seqs = List.copyOf(copy.living().keySet());
            return seqs.isEmpty() ? 1 : seqs.get(percent % seqs.size());
        }
    }

    /** How far a user has read; 0: nothing. */
    private static int readNow(String userId, String room) {
        try {
            Directory.Listed listed = log.directory().room(Posted.anybody(new User(userId, userId)), room);
            return listed == null || listed.mark() == null
                    ? 0
                    : (int) listed.mark().seq();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class World {
        private static final int KINDS = 28;
        private static final int DEVICES = 5;

        private final SessionNode node;
        private final String room;
        private final boolean forMembers;
        private final List<Device> devices = new ArrayList<>();

        World(String room, boolean forMembers, SessionNode node) {
            this.node = node;
            this.room = room;
            this.forMembers = forMembers;
            device("Ana", false);
            Device budi = device("Budi", false);
            devices.add(new Device(node, room, true, budi.id, budi.token)); // on the phone
            device("Citra", true);
            device("Dewi", false);
            devices.forEach(Device::comeBack);
            ana().does("create", "\"access\":\"" + (forMembers ? "members" : "public") + "\"");
            add(budi);
            devices.forEach(device -> device.joins(50));
        }

        private Device device(String name, boolean slow) {
            Client client = node.signedIn(name);
            JsonObject signedIn = client.events("signed-in").get(0);
            Device device = new Device(
                    node, room, slow, signedIn.getJsonObject("user").getString("id"), signedIn.getString("token"));
            devices.add(device);
            client.session.gone();
            return device;
        }

        private Device ana() {
            return devices.get(0);
        }

        void happens(Happening happening) {
            Device who = devices.get(happening.who());
            int amount = happening.amount();
            switch (happening.what()) {
                case 0, 1 -> say(who, 1 + amount % 3, "text");
                case 2 -> say(who, amount, amount % 2 == 0 ? "long ".repeat(700) : "short");
                case 3, 4 ->
                    who.does("edit", "\"seq\":" + who.runSlice(amount) + ",\"text\":\"edited " + amount + "\"");
                case 5, 6 -> who.does("delete", "\"seq\":" + who.runSlice(amount));
                case 7 -> who.joinsAnew(amount);
                case 8 -> who.joins(amount);
                case 9 -> who.says("{\"type\":\"leave\",\"room\":\"" + room + "\"}");
                case 10 -> {
                    who.hears();
                    who.cutOff();
                }
                case 11 -> who.cutOff(); // and what was on its way is lost
                case 12, 13 -> {
                    who.comeBack();
                    who.joins(amount);
                }
                case 14, 15 -> add(who);
                case 16 -> remove(ana(), who);
                case 17 -> remove(who, who);
                case 18 -> run(node.writing::runNext, node.writing::waiting, amount / 10);
                case 19 -> run(node.executor::runNext, node.executor::waiting, amount);
                case 20 -> run(node.reading::runNext, node.reading::waiting, amount / 10);
                case 21, 22, 23 -> react(who, amount);
                case 24 -> who.does("change", "\"title\":\"" + (amount % 4 == 0 ? "" : "Room " + amount) + "\"");
                case 25 -> who.does("read", "\"seq\":" + (1 + who.copy.position()));
                case 26 -> who.does("read", "\"seq\":" + who.copy.position() * amount / 100 + ",\"back\":true");
                default -> rest(who, amount);
            }
        }

        private static void react(Device who, int amount) {
            who.does(
                    "react",
                    "\"seq\":" + who.runSlice(amount) + ",\"emoji\":\"" + EMOJI.get(amount % EMOJI.size())
                            + "\",\"on\":" + (amount % 3 > 0));
        }

        private void say(Device who, int count, String text) {
            for (int n = 0; n < count; n++) {
                who.does("post", "\"text\":\"" + text + " " + n + "\"");
            }
        }

        private void add(Device who) {
            ana().does("add", "\"user\":\"" + who.id + "\"");
        }

        /** Not Ana, who is checked in the end. */
        private void remove(Device by, Device who) {
            if (who != ana()) {
                by.does("remove", "\"user\":\"" + who.id + "\"");
            }
        }

        private static void run(Runnable next, IntSupplier waiting, int most) {
            for (int i = 0; i < most && waiting.getAsInt() > 0; i++) {
                next.run();
            }
        }

        private void rest(Device who, int amount) {
            switch (amount % 4) {
                case 0 -> node.settle();
                case 1 -> node.rooms.closeIdle();
                case 2 -> who.says(who.lastSaid);
                default -> complete(who);
            }
        }

        private static boolean complete(Device who) {
            boolean sending = who.client != null && who.client.transport.outstanding() != null;
            if (sending) {
                who.client.transport.complete(null);
            }
            return sending;
        }

        /** Everybody reconnects and reads to the end. */
        void comesToRest() {
            settle();
            for (Device device : devices) {
                device.comeBack();
                if (!device.copy.isIn()) {
                    device.joins(10);
                }
            }
            settle();
        }

        private void settle() {
            boolean sending = true;
            while (sending) {
                node.settle();
                node.clock.moveMs(1_000);
                node.rooms.tick(node.clock.getAsLong()); // publishes read marks
                node.settle();
                sending = false;
                for (Device device : devices) {
                    sending |= complete(device);
                }
            }
            devices.forEach(Device::hears);
        }

        void check() {
            try {
                RoomCopy whole = fresh(ana());
                whole.assertWasGivenNothingDeleted();
                RoomCopy paged = paged();
                paged.assertWasGivenNothingDeleted();
                paged.assertShowsAsMuchAs(whole);
                for (Device device : devices) {
                    assertThat(device.client.transport.closes()).isEmpty();
                    if (!forMembers) { // there a mark begins with the membership, which no "reads" says
                        assertThat(device.read).isEqualTo(readNow(device.id, room));
                    }
                    if (Permissions.isOpenTo(device.id, log.state(room))) {
                        assertThat(device.copy.position()).isEqualTo(whole.position());
                        device.copy.assertShowsAsMuchAs(whole);
                        assertThat(device.copy.title()).isEqualTo(whole.title());
                    } else {
                        assertThat(device.copy.isIn()).isFalse();
                        assertThat(device.copy.highest()).isLessThanOrEqualTo(lastRemovalOf(device));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What a new client gets that reads everything. */
        private RoomCopy fresh(Device device) throws IOException {
            Device fresh = new Device(node, room, false, device.id, device.token);
            fresh.comeBack();
            fresh.says(fresh.copy.joinFromTheBeginning(node.log.epoch(room)));
            node.settle();
            fresh.hears();
            assertThat(fresh.copy.position())
                    .isEqualTo((int) log.state(room).head().seq());
            return fresh.copy;
        }

        /** The log as a user has it who scrolls back. */
        private RoomCopy paged() throws IOException {
            RoomCopy copy = new RoomCopy(room);
            long before = Long.MAX_VALUE;
            while (before > 1) {
                MessageLog.Page page = log.readBefore(room, before, 7);
                List<JsonObject> beside = new ArrayList<>(objects(page.amendments()));
                page.reactions().forEach(reactions -> beside.add(object(reactions.toJson())));
                copy.page(objects(page.entries()), beside);
                before = page.entries().get(0).seq();
            }
            return copy;
        }

        private static List<JsonObject> objects(List<Entry> entries) {
            return entries.stream().map(entry -> object(entry.json())).toList();
        }

        private static JsonObject object(byte[] json) {
            return Json.createReader(new ByteArrayInputStream(json)).readObject();
        }

        private int lastRemovalOf(Device device) throws IOException {
            EntryCodec codec = new EntryCodec();
            return log.read(room, 0, 1_000_000).entries().stream()
                    .filter(entry -> {
                        Map<String, String> fields = codec.read(entry.json());
                        return fields.get("type").equals("removed") && device.id.equals(fields.get("user.id"));
                    })
                    .mapToInt(entry -> (int) entry.seq())
                    .max()
                    .orElse(0);
        }
    }
}
