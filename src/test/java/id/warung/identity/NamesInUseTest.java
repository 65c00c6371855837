package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.protocol.User;
import org.junit.jupiter.api.Test;

class NamesInUseTest {
    private final NamesInUse names = new NamesInUse();

    @Test
    void the_second_ana_becomes_ana_2_and_the_third_ana_3() {
        assertThat(names.claim(new User("u-1", "Ana")).name()).isEqualTo("Ana");
        assertThat(names.claim(new User("u-2", "Ana")).name()).isEqualTo("Ana 2");
        assertThat(names.claim(new User("u-3", "Ana")).name()).isEqualTo("Ana 3");
    }

    @Test
    void letters_that_differ_in_case_only_are_the_same_name() {
        names.claim(new User("u-1", "Straße"));

        assertThat(names.claim(new User("u-2", "STRASSE")).name()).isEqualTo("STRASSE 2");
    }

    @Test
    void one_person_has_the_same_name_in_every_tab() {
        names.claim(new User("u-1", "Ana"));

        assertThat(names.claim(new User("u-1", "Ana")).name()).isEqualTo("Ana");
    }

    @Test
    void a_name_is_free_when_its_last_tab_is_closed() {
        User ana = names.claim(new User("u-1", "Ana"));
        names.claim(ana);
        names.release(ana);
        assertThat(names.claim(new User("u-2", "Ana")).name()).isEqualTo("Ana 2");

        names.release(ana);
        assertThat(names.claim(new User("u-3", "Ana")).name()).isEqualTo("Ana");
    }
}
