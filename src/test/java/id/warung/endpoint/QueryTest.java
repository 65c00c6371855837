package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    @Test
    void parametersAreDecodedAsUtf8() {
        Query query = new Query("q=%E5%8C%97%E4%BA%AC+Zo%C3%AB%26%3D&limit=7&before=41&empty=&alone");

        assertThat(query.text("q")).isEqualTo("北京 Zoë&=");
        assertThat(query.limit(50, 500)).isEqualTo(7);
        assertThat(query.number("before", 0)).isEqualTo(41);
        assertThat(query.text("empty")).isEmpty();
        assertThat(query.text("alone")).isEmpty();
    }

    @Test
    void missingParametersHaveTheirDefaults() {
        for (String none : new String[] {null, "", "&", "x=1"}) {
            Query query = new Query(none);
            assertThat(query.text("q")).isNull();
            assertThat(query.number("before", 9)).isEqualTo(9);
            assertThat(query.limit(50, 500)).isEqualTo(50);
        }
    }

    @Test
    void theFirstOfTwoParametersWithOneNameCounts() {
        assertThat(new Query("q=a&q=b").text("q")).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=%",
                "q=%zz",
                "%=q",
                "limit=0",
                "limit=501",
                "limit=x",
                "limit=",
                "limit=-1",
                "limit=9999999999999999999"
            })
    void badParametersAreReportedInASentence(String raw) {
        assertThatThrownBy(() -> new Query(raw).limit(50, 500))
                .isInstanceOf(BadQueryException.class)
                .hasMessageEndingWith(".");
    }
}
