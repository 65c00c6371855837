package id.warung.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.command.CommandHandlers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Input may be anything: 100,000 mutations of commands. */
class MutatedCommandsTest {
    private static final int MUTATIONS = 100_000;

    private final MutatedCommands mutated = new MutatedCommands(20_261_123);
    private final Codec codec = new Codec(new CommandHandlers(), 4_000);

    @Tag("slow")
    @Test
    void nothingButARefusalIsEverThrown() {
        int read = 0;
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String frame = mutated.next();
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
}
