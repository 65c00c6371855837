package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the client of a conditional request has the content already. */
class EntityTagsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"v1\" | true",
                "W/\"v1\" | true",
                "* | true",
                "\"v0\", W/\"v1\" | true",
                "\"v0\",\"v1\",\"v2\" | true",
                "\"a,b\", \"v1\" | true",
                "W/\"a, b\",\"v1\" | true",
                "\"a b\",\"v1 \" | false",
                "\"v1\", | true",
                "w/\"v1\" | true",
                "v1 | false",
                "W/v1 | false",
                "\"v1 | false",
                "\"v11\" | false",
                "\"V1\" | false",
                "\"xv1\" | false",
                "\"\" | false",
                "`` | false",
                "** | false",
                "\"*\" | false",
            })
    void theTagIsFoundAmongOthersHoweverWeak(String ifNoneMatch, boolean matches) {
        assertThat(EntityTags.match(List.of(ifNoneMatch), "\"v1\"")).isEqualTo(matches);
        assertThat(EntityTags.match(List.of(ifNoneMatch), "W/\"v1\"")).isEqualTo(matches);
        assertThat(EntityTags.match(List.of("\"other\"", ifNoneMatch), "W/\"v1\""))
                .isEqualTo(matches);
    }

    @Test
    void withoutTheHeaderNothingMatches() {
        assertThat(EntityTags.match(List.of(), "\"v1\"")).isFalse();
    }
}
