package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
    void aParameterThatIsGivenTwiceIsRefusedWhereItIsUsed() {
        for (String twice : List.of("q=a&q=b", "q=a&%71=a", "q&q", "q=a&x=1&q=")) {
            assertThatThrownBy(() -> new Query(twice).text("q"))
                    .as(twice)
                    .isInstanceOf(BadQueryException.class)
                    .hasMessage("q is given twice.");
        }
        assertThat(new Query("x=1&x=2&q=a").text("q")).isEqualTo("a");
    }

    @Test
    void aParameterThatIsNoneIsRefusedAndTheOthersAreNamed() {
        assertThatThrownBy(() -> new Query("limt=1&q=a").only("q", "limit"))
                .isInstanceOf(BadQueryException.class)
                .hasMessage("There is no parameter limt here, only q, limit.");
        assertThatThrownBy(() -> new Query("Q=a").only("q")).isInstanceOf(BadQueryException.class);
        assertThatThrownBy(() -> new Query("=a").only("q")).isInstanceOf(BadQueryException.class);
        assertThatThrownBy(() -> new Query("a=1").only()).hasMessage("There is no parameter a here.");
        assertThat(new Query("&q=a&&").only("q", "limit").text("q")).isEqualTo("a");
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
