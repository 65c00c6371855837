package id.warung.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.command.CommandHandlers;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Input may be anything: 100,000 mutations of commands. */
class MutatedCommandsTest {
    private static final int MUTATIONS = 100_000;
    private static final String ODD = "\"{}[]:,\\ \t\n\0\u0001\u007F\uFEFF\uFFFF\uD83D\uDE00\u202Ee-+.019xuntf'/*";

    private final Random random = new Random(20_261_123);
    private final Codec codec = new Codec(new CommandHandlers(), 4_000);
    private final List<String> seeds = Stream.concat(
                    Golden.commands().stream(), Golden.badCommands().stream().map(line -> line.split("\t", 2)[1]))
            .toList();

    @Tag("slow")
    @Test
    void nothingButARefusalIsEverThrown() {
        int read = 0;
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String frame = mutated(seeds.get(random.nextInt(seeds.size())));
            try {
                read += codec.decode(frame) == null ? 0 : 1;
            } catch (CommandRejectedException refusal) {
                refused += refusal.reply().code() == null ? 0 : 1;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("mutation " + i + ": " + frame, e);
            }
        }
        assertThat(read + refused).isEqualTo(MUTATIONS);
        assertThat(read).as("some were still good").isGreaterThan(MUTATIONS / 1_000);
    }

    private String mutated(String seed) {
        StringBuilder frame = new StringBuilder(seed);
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(frame.length() + 1);
            int end = Math.min(frame.length(), at + 1 + random.nextInt(6));
            switch (random.nextInt(6)) {
                case 0 -> frame.delete(at, end);
                case 1 -> frame.insert(at, ODD.charAt(random.nextInt(ODD.length())));
                case 2 -> frame.insert(at, frame.substring(at, end));
                case 3 -> frame.replace(at, end, "\\u" + Integer.toHexString(0x10000 + random.nextInt(0x10000)));
                case 4 -> frame.insert(at, seeds.get(random.nextInt(seeds.size())));
                default -> frame.setLength(at);
            }
        }
        return frame.toString();
    }
}
