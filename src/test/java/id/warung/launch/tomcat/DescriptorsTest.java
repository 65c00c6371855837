package id.warung.launch.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {
    @ParameterizedTest
    @CsvSource({"1024, 768", "20000, 19744", "100, 1", "0, 1", "-1, 0", "9223372036854775807, 0"})
    void someAreLeftForFilesAndBelowZeroIsNoLimit(long most, int sockets) {
        assertThat(Descriptors.forSockets(most)).isEqualTo(sockets);
    }
}
