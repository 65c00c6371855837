package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketLimitsTest {
    /** 910 sockets follow from 64 MiB of heap; 768 descriptors from an {@code ulimit -n} of 1024. */
    @ParameterizedTest
    @CsvSource(
            useHeadersInDisplayName = true,
            value = {
                "maxSockets, maxConnections, descriptors, most,  perAddress, sessions",
                "7281,       1000,           0,           7281,  1250,       1000",
                "910,        1000,           0,           910,   227,        182",
                "910,        1000,           1000000,     910,   227,        182",
                "14563,      1000,           768,         768,   192,        153",
                "0,          1000,           768,         768,   192,        153",
                "0,          1000,           0,           0,     1250,       1000",
                "910,        0,              768,         768,   0,          0",
                "910,        4,              0,           910,   68,         4",
                "100,        4,              0,           100,   25,         4",
                "3,          1000,           0,           3,     1,          1",
                "2147483647, 2147483647,     0,           2147483647, 536870911, 429496729",
            })
    void oneAddressHasAQuarterOfTheSocketsAtMost(
            int maxSockets, int maxConnections, int descriptors, int most, int perAddress, int sessions) {
        assertThat(SocketLimits.of(maxSockets, maxConnections, descriptors))
                .isEqualTo(new SocketLimits(most, perAddress, sessions));
    }

    @Test
    void fewerFileDescriptorsThanWereSetAreWarnedOf() {
        assertThat(SocketLimits.of(85_731, 1_000, 19_744).warning(null, 85_731)).isNull();
        assertThat(SocketLimits.of(910, 1_000, 768).warning("910", 910)).contains("768", "910", "warung.max-sockets");
        assertThat(SocketLimits.of(910, 1_000, 910).warning("910", 910)).isNull();
        assertThat(SocketLimits.of(910, 1_000, 0).warning("910", 910)).isNull();
        assertThat(SocketLimits.of(0, 1_000, 768).warning("0", 0)).isNull();
        assertThat(new SocketLimits(0, 0, 1_000).warning("910", 910)).isNull();
    }
}
