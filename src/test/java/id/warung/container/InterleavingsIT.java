package id.warung.container;

import static id.warung.client.Person.anyRoom;
import static id.warung.client.Person.field;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.RoomCopy;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Several users post, edit, delete, join, leave, are added and removed, are disconnected and reconnect, all at once, on
 * a server with little memory: in the end each has what a new reader gets, and what the log over HTTP contains.
 */
class InterleavingsIT extends OnServer {
    private static final int ROUNDS = 10;
    private static final int HAPPENINGS = 80;
    private static final int NO_MESSAGE = Integer.MAX_VALUE;
    private static final String LONG = "long ".repeat(700);

    private final List<Device> devices = new ArrayList<>();
    private String room;

    @Deployment(testable = false)
    static WebArchive withLittleMemory() {
        return packedWar(Map.of("warung.max-tail-bytes", "0"));
    }

    /** One user's client, which keeps its copy while it is disconnected. */
    private final class Device {
        private final RoomCopy copy = new RoomCopy(room);
        private Person person;
        private boolean cutOff;

        Device(Person person) {
            this.person = person;
            devices.add(this);
        }

        void does(String type, String... fields) {
            if (!cutOff) {
                person.say("{\"type\":\"" + type + "\",\"room\":\"" + room + "\""
                        + (fields.length == 0 ? "" : "," + String.join(",", fields)) + "}");
            }
        }

        void joins(int last) {
            if (!cutOff) {
                person.say(copy.join(last));
            }
        }

        void joinsAnew(int last) {
            if (!cutOff) {
                person.say(copy.joinAnew(last));
            }
        }

        void hears() {
            if (!cutOff) {
                person.heard().forEach(copy::take);
            }
        }

        /**
         * Disconnects. Its commands are done first, as otherwise the server might do them during the comparison; unread events are lost.
         */
        void isCutOff() {
            if (cutOff) {
                return;
            }
            isDone();
            person.close();
            copy.cutOff();
            cutOff = true;
        }

        void comesBack() {
            if (cutOff) {
                person = person.elsewhere(chat());
                cutOff = false;
                joins(50);
            }
        }

        /** All commands are done, and all answers have arrived. */
        void isDone() {
            person.ask("delete", room, field("seq", NO_MESSAGE));
            hears();
        }

        void readsTo(int head) {
            while (copy.position() < head || !copy.isIn()) {
                copy.take(person.next());
            }
        }

        int runSlice(Random random) {
            hears();
            List<Integer> seqs = List.copyOf(copy.living().keySet());
            return seqs.isEmpty() ? 1 : seqs.get(random.nextInt(seqs.size()));
        }
    }

    @AfterEach
    void allGo() {
        devices.forEach(device -> device.person.close());
    }

    @Test
    @Tag("smoke")
    void afterEachOf10InterleavingsAllHaveWhatWhoComesThenReads() throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            round(new Random(seed), seed % 3 != 0);
            allGo();
            devices.clear();
        }
    }

    private void round(Random random, boolean forMembers) throws Exception {
        room = anyRoom();
        Device ana = new Device(Person.signedIn(chat()));
        Device budi = new Device(Person.signedIn(chat()));
        new Device(budi.person.elsewhere(chat()));
        new Device(Person.signedIn(chat()));
        ana.person.create(room, field("access", forMembers ? "members" : "public"));
        ana.does("add", field("user", budi.person.id()));
        devices.forEach(device -> device.joins(50));
        for (int n = 0; n < HAPPENINGS; n++) {
            happens(random, ana, devices.get(random.nextInt(devices.size())));
        }
        devices.forEach(Device::comesBack);
        devices.forEach(Device::isDone);
        // commands from outside a room are rejected at once, while earlier ones may still wait to be written
        ana.joins(50);
        ana.isDone();
        check(ana);
    }

    private void happens(Random random, Device ana, Device who) {
        switch (random.nextInt(19)) {
            case 0, 1, 2 -> who.does("post", field("text", "text"));
            case 3 -> {
                for (int n = random.nextInt(40); n > 0; n--) {
                    who.does("post", field("text", n % 2 == 0 ? LONG : "short"));
                }
            }
            case 4, 5 -> who.does("edit", field("seq", who.runSlice(random)), field("text", "edited"));
            case 6 -> who.does("delete", field("seq", who.runSlice(random)));
            case 7 -> who.joinsAnew(random.nextInt(100));
            case 8 -> who.joins(50);
            case 9 -> who.does("leave");
            case 10 -> who.isCutOff();
            case 11, 12 -> who.comesBack();
            case 13 -> ana.does("add", field("user", who.person.id()));
            case 14 -> {
                if (who != ana) {
                    ana.does("remove", field("user", who.person.id()));
                }
            }
            case 15, 16 ->
                who.does(
                        "react",
                        field("seq", who.runSlice(random)),
                        field("emoji", random.nextBoolean() ? "🍵" : "👍"),
                        "\"on\":" + (random.nextInt(3) > 0));
            case 17 -> who.does("change", field("title", "Room " + random.nextInt(9)));
            default -> who.hears();
        }
    }

    private void check(Device ana) throws Exception {
        JsonObject listed = json(get(ana.person, "api/rooms/" + room));
        List<JsonObject> members = listed.containsKey("members") ? objects(listed.getJsonArray("members")) : null;
        RoomCopy whole = freshCopy(ana.person, listed.getInt("head"));
        whole.assertWasGivenNothingDeleted();
        RoomCopy paged = paged(ana.person);
        paged.assertWasGivenNothingDeleted();
        paged.assertShowsAsMuchAs(whole);
        for (Device device : devices) {
            if (members == null || members.contains(device.person.user())) {
                if (!device.copy.isIn()) {
                    device.joins(50);
                }
                device.readsTo(listed.getInt("head"));
                device.copy.assertShowsAsMuchAs(whole);
            } else {
                while (device.copy.isIn()) {
                    device.copy.take(device.person.next());
                }
                assertThat(device.copy.highest()).isLessThanOrEqualTo(lastRemovalOf(device, ana));
            }
        }
    }

    private RoomCopy freshCopy(Person person, int head) throws Exception {
        String epoch = json(get(person, path("limit=1"))).getString("epoch");
        try (Person fresh = person.elsewhere(chat())) {
            RoomCopy copy = new RoomCopy(room);
            fresh.say(copy.joinFromTheBeginning(epoch));
            while (copy.position() < head) {
                copy.take(fresh.next());
            }
            return copy;
        }
    }

    /** The log as a user has it who scrolls back. */
    private RoomCopy paged(Person person) throws Exception {
        RoomCopy copy = new RoomCopy(room);
        int before = NO_MESSAGE;
        while (before > 1) {
            JsonObject page = json(get(person, path("limit=25&before=" + before)));
            List<JsonObject> entries = objects(page.getJsonArray("entries"));
            copy.page(entries, objects(page.getJsonArray("amends")));
            before = entries.get(0).getInt("seq");
        }
        return copy;
    }

    /** Zero when the user was never a member. */
    private int lastRemovalOf(Device device, Device reader) throws Exception {
        int last = 0;
        int after = 0;
        for (List<JsonObject> page = page(reader, after); !page.isEmpty(); page = page(reader, after)) {
            for (JsonObject entry : page) {
                after = entry.getInt("seq");
                last = entry.getString("type").equals("removed")
                                && entry.getJsonObject("user").equals(device.person.asAuthor())
                        ? after
                        : last;
            }
        }
        return last;
    }

    private List<JsonObject> page(Device reader, int after) throws Exception {
        return objects(
                json(get(reader.person, path("limit=500&after=" + after))).getJsonArray("entries"));
    }

    private String path(String query) {
        return "api/rooms/" + room + "/messages?" + query;
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.getValuesAs(JsonValue::asJsonObject);
    }
}
