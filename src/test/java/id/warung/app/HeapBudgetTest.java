package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapBudgetTest {
    private static final long MIB = 1024 * 1024;

    private static HeapBudget heap(long mib) {
        return new HeapBudget(mib * MIB, 0);
    }

    @Test
    void theSharesAreThoseOfTheDocument() throws IOException {
        assertThat(Files.readString(Path.of("docs/settings.md")))
                .contains("| " + row(HeapBudget::tailBytes) + " |")
                .contains("| " + row(HeapBudget::waitingBytes) + " |")
                .contains("`warung.max-ephemeral-bytes` | an eighth, up to 64 MiB | " + row(HeapBudget::ephemeralBytes)
                        + " |")
                .contains("| %d | %,d | %,d, and growing |"
                        .formatted(
                                heap(64).sockets(),
                                heap(512).sockets(),
                                heap(1024).sockets()));
    }

    @Test
    void aSocketWithTlsTakesMore() throws IOException {
        int sockets = new HeapBudget(64 * MIB, 40 * 1024).sockets();
        assertThat(Files.readString(Path.of("docs/settings.md")))
                .contains("at `-Xmx64m`, there are " + sockets + " sockets, of which " + sockets / 3 + " may");
    }

    @ParameterizedTest
    @CsvSource({"64 MiB, 64", "512 MiB, 512", "1 GiB, 1024", "4 GiB, 4096"})
    void theSocketsOfANodeAreThoseOfTheDocument(String heap, long mib) throws IOException {
        String row = "| %s | %,d | %,d |"
                .formatted(heap, heap(mib).sockets(), new HeapBudget(mib * MIB, 40 * 1024).sockets());
        assertThat(Files.readString(Path.of("docs/scaling.md"))).contains(row);
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
        heap(44).check();
        assertThatIllegalArgumentException()
                .isThrownBy(heap(43)::check)
                .withMessageContaining("43 MiB")
                .withMessageContaining("-Xmx48m");
    }

    @Test
    void budgetsThatCannotFitAreWarnedOf() {
        HeapBudget small = heap(64);
        assertThat(small.warning(small.tailBytes(), small.waitingBytes(), small.ephemeralBytes()))
                .isNull();
        assertThat(small.warning(64 * MIB, 32 * MIB, 0)).contains("-Xmx");
        assertThat(small.warning(small.tailBytes(), small.waitingBytes(), 64 * MIB))
                .contains("warung.max-ephemeral-bytes");
    }

    /** What {@code -Xmx48m} is with the serial collector. */
    @Test
    void theHeapThatIsAdvisedIsEnough() {
        new HeapBudget(48_693_248, 0).check();
    }
}
