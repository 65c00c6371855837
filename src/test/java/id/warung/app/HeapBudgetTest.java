package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HeapBudgetTest {
    private static final long MIB = 1024 * 1024;

    private static HeapBudget heap(long mib) {
        return new HeapBudget(mib * MIB);
    }

    @Test
    void theSharesAreThoseOfTheDocument() throws IOException {
        assertThat(Files.readString(Path.of("docs/settings.md")))
                .contains("| " + row(HeapBudget::tailBytes) + " |")
                .contains("| " + row(HeapBudget::waitingBytes) + " |")
                .contains("| %d | %,d | %,d, and growing |"
                        .formatted(
                                heap(64).sockets(),
                                heap(512).sockets(),
                                heap(1024).sockets()));
    }

    private interface Share {
        long of(HeapBudget heap);
    }

    private static String row(Share share) {
        return "%d MiB | %d MiB | %d MiB"
                .formatted(share.of(heap(64)) / MIB, share.of(heap(512)) / MIB, share.of(heap(1024)) / MIB);
    }

    @Test
    void aHeapThatIsTooSmallIsRefusedWithASentence() {
        heap(48).check();
        assertThatIllegalArgumentException()
                .isThrownBy(heap(47)::check)
                .withMessageContaining("47 MiB")
                .withMessageContaining("-Xmx48m");
    }

    @Test
    void budgetsThatCannotFitAreWarnedOf() {
        HeapBudget small = heap(64);
        assertThat(small.warning(small.tailBytes(), small.waitingBytes())).isNull();
        assertThat(small.warning(64 * MIB, 32 * MIB)).contains("-Xmx");
    }
}
