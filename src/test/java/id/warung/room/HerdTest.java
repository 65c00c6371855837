package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.Posted;
import id.warung.protocol.User;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ten thousand readers at once: what is made for one serves all. */
class HerdTest {
    private static final User HERD = new User("u-herd", "Herd");
    private static final int READERS = 10_000;
    private static final int ENTRIES = 6_400;

    private final Random random = new Random(20_261_123);
    private final RoomNode node = new RoomNode();
    private final Room room = node.open("lobby");
    private final List<Subscription> herd = new ArrayList<>();
    private final Set<Frame> frames = Collections.newSetFromMap(new IdentityHashMap<>());

    private static final Reader NOBODY = new Reader() {
        @Override
        public void restart() {
            throw new IllegalStateException("nothing is restored here");
        }

        @Override
        public void drive() {
            // reads when the test says so
        }

        @Override
        public void wake() {
            // likewise
        }
    };

    private void say(int messages) {
        String[] texts = new String[messages];
        for (int n = 0; n < messages; n++) {
            texts[n] = "x".repeat(random.nextInt(200));
        }
        node.say(room, "ana", texts);
    }

    /** Reads one frame; counts it unless it is the reader's first. */
    private boolean reads(Subscription reader, boolean first) {
        Frame frame = reader.next();
        if (frame != null && !first) {
            frames.add(frame);
        }
        return frame != null;
    }

    @Test
    void comingBackFromAnywhereItSharesItsFramesFromTheSecondOn() {
        say(ENTRIES);
        for (int n = 0; n < READERS; n++) {
            herd.add(room.subscribe(NOBODY, random.nextInt(ENTRIES), () -> Posted.anybody(HERD), false));
        }
        herd.forEach(reader -> reads(reader, true));
        List<Subscription> reading = new ArrayList<>(herd);
        while (!reading.isEmpty()) {
            Collections.shuffle(reading, random);
            reading.removeIf(reader -> !reads(reader, false));
        }

        assertThat(frames.size()).as("one frame a block").isLessThanOrEqualTo(ENTRIES / Block.ENTRIES);
    }

    @Test
    void readingAsFastAsItIsWrittenAFrameIsMadeOnceForAll() {
        for (int n = 0; n < READERS; n++) {
            herd.add(room.subscribe(NOBODY, 0, () -> Posted.anybody(HERD), false));
        }
        int messages = 0;
        while (messages < 1_000) {
            int group = 1 + random.nextInt(5);
            say(group);
            messages += group;
            herd.forEach(reader -> reads(reader, false));
        }

        assertThat(frames.size()).isLessThanOrEqualTo((int) (messages * 1.05));
    }

    @Test
    void readingAtManyPacesWhatIsMadeForOneStillServesAll() {
        for (int n = 0; n < READERS; n++) {
            herd.add(room.subscribe(NOBODY, 0, () -> Posted.anybody(HERD), false));
        }
        int messages = 0;
        while (messages < 2_000) {
            int group = 1 + random.nextInt(5);
            say(group);
            messages += group;
            int stripe = 256 * random.nextInt(READERS / 256); // one stripe of the room gets its turn
            herd.subList(stripe, stripe + 256).forEach(reader -> reads(reader, false));
        }
        List<Subscription> reading = new ArrayList<>(herd);
        while (!reading.isEmpty()) {
            reading.removeIf(reader -> !reads(reader, false));
        }

        assertThat(frames.size()).isLessThanOrEqualTo((int) (messages * 1.05));
    }
}
