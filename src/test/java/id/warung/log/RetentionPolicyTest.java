package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 9223372036854775807",
        "0, 500, 500",
        "1, 0, 100020",
        "500, 0, 110000",
        "1000000, 0, 20100000",
        "1000000, 500, 500",
        "9223372036854775807, 0, 9223372036854775807"
    })
    void whereMessagesAreLimitedEntriesAreToo(long messages, long entries, long most) {
        assertThat(new RetentionPolicy(Duration.ZERO, messages, entries).mostEntries())
                .isEqualTo(most);
    }
}
