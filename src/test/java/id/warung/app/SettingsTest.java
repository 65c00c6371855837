package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Path HERE = Path.of("/here");

    @Test
    void without_settings_everything_has_its_default() {
        Settings settings = Settings.read(name -> null, HERE);

        assertThat(settings.dataFolder()).isEqualTo(HERE);
        assertThat(settings.allowedOrigins()).isEmpty();
        assertThat(settings.sessions().heartbeatMs()).isEqualTo(25_000);
        assertThat(settings.sessions().maxFrameBytes()).isEqualTo(65_536);
        assertThat(settings.sessions().maxTextChars()).isEqualTo(4_000);
        assertThat(settings.sessions().maxWaitingBytes() * 8).isEqualTo(settings.maxWaitingBytes());
        assertThat(settings.isEphemeral("lobby")).isFalse();
        assertThat(settings.retentionDays()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "0", "-1", "1.5", "99999999999999999999"})
    void a_number_that_is_none_is_refused_with_its_name(String value) {
        assertThatThrownBy(() -> Settings.read(Map.of("warung.heartbeat-ms", value)::get, HERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("warung.heartbeat-ms")
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @CsvSource({
        "game-1, true",
        "game-, true",
        "my-game-1, false",
        "bench, true",
        "bench-2, false",
        "a.tmp, true",
        "axtmp, false"
    })
    void ephemeral_rooms_are_named_by_patterns(String room, boolean ephemeral) {
        Settings settings = Settings.read(Map.of("warung.ephemeral-rooms", "game-*, bench,,*.tmp")::get, HERE);

        assertThat(settings.isEphemeral(room)).isEqualTo(ephemeral);
    }

    @Test
    void data_are_kept_with_the_server_one_folder_for_each_application() {
        Properties tomcat = new Properties();
        tomcat.setProperty("catalina.base", "/opt/tomcat");
        Properties plain = new Properties();
        plain.setProperty("user.home", "/home/ana");

        assertThat(DataFolder.byDefault(tomcat, "/chat")).isEqualTo(Path.of("/opt/tomcat/warung/chat"));
        assertThat(DataFolder.byDefault(tomcat, "")).isEqualTo(Path.of("/opt/tomcat/warung/ROOT"));
        assertThat(DataFolder.byDefault(tomcat, "/a/b")).isEqualTo(Path.of("/opt/tomcat/warung/a#b"));
        assertThat(DataFolder.byDefault(plain, "")).isEqualTo(Path.of("/home/ana/.warung"));
    }
}
