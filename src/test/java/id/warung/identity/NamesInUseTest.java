package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.protocol.User;
import org.junit.jupiter.api.Test;

class NamesInUseTest {
    private final NamesInUse names = new NamesInUse();

    private String claim(String userId, String name) {
        return names.claim(new User(userId, name)).name();
    }

    @Test
    void aNameThatIsFreeIsGivenAsItIs() {
        assertThat(names.claim(new User("u-1", "Ana"))).isEqualTo(new User("u-1", "Ana"));
    }

    @Test
    void aNameThatSomebodyElseHasGetsTheLowestNumberThatIsFree() {
        claim("u-1", "Ana");

        assertThat(claim("u-2", "Ana")).isEqualTo("Ana 2");
        assertThat(claim("u-3", "Ana")).isEqualTo("Ana 3");
        names.release(new User("u-2", "Ana 2"));
        assertThat(claim("u-4", "Ana")).isEqualTo("Ana 2");
    }

    @Test
    void theSameUserHasHisNameAsOftenAsHeIsHere() {
        claim("u-1", "Ana");
        assertThat(claim("u-1", "Ana")).isEqualTo("Ana");

        names.release(new User("u-1", "Ana"));
        assertThat(claim("u-2", "Ana")).isEqualTo("Ana 2");
        names.release(new User("u-1", "Ana"));
        assertThat(claim("u-3", "Ana")).isEqualTo("Ana");
    }

    @Test
    void namesThatDifferInCaseOnlyAreTheSame() {
        claim("u-1", "Ana");
        assertThat(claim("u-2", "aNA")).isEqualTo("aNA 2");
        claim("u-3", "Straße");
        assertThat(claim("u-4", "STRASSE")).isEqualTo("STRASSE 2");
        claim("u-5", "ΑΣ");
        assertThat(claim("u-6", "ας")).isEqualTo("ας 2");
        claim("u-7", "KIM");
        assertThat(claim("u-8", "kim")).isEqualTo("kim 2");
    }

    @Test
    void aNumberedNameThatSomebodyTookForItselfIsSkipped() {
        claim("u-1", "Ana 2");
        claim("u-2", "Ana");

        assertThat(claim("u-3", "Ana")).isEqualTo("Ana 3");
        assertThat(claim("u-4", "Ana 2")).isEqualTo("Ana 2 2");
    }

    @Test
    void aReleaseByWhoHasNotTheNameChangesNothing() {
        claim("u-1", "Ana");
        names.release(new User("u-2", "Ana"));
        names.release(new User("u-2", "Budi"));

        assertThat(claim("u-3", "Ana")).isEqualTo("Ana 2");
    }
}
