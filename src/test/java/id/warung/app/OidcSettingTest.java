package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.identity.OidcSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcSettingTest {
    private static final String ISSUER = "https://login.example/realms/team/";

    private static Optional<OidcSettings> read(Map<String, String> given) {
        return Settings.read(given::get, Path.of("/srv/warung"), new HeapBudget(1L << 30, 0))
                .signIn()
                .oidc();
    }

    @Test
    void theIssuerIsKeptToTheLastSlash() {
        OidcSettings settings = read(Map.of(
                        "warung.auth", "guest,oidc", "warung.oidc-issuer", ISSUER, "warung.oidc-client-id", "chat"))
                .orElseThrow();

        assertThat(settings.issuer()).hasToString(ISSUER);
        assertThat(settings.scopes()).isEqualTo("openid profile");
        assertThat(settings.audience()).isEmpty();
    }

    @Test
    void withoutIssuerOrClientTheStartIsStopped() {
        assertThatThrownBy(() -> read(Map.of("warung.auth", "oidc", "warung.oidc-client-id", "chat")))
                .hasMessage(
                        "With oidc in warung.auth, the setting warung.oidc-issuer must be the provider's issuer, such as"
                                + " https://login.example/realms/team.");
        assertThatThrownBy(() -> read(Map.of("warung.auth", "oidc", "warung.oidc-issuer", ISSUER)))
                .hasMessage(
                        "With oidc in warung.auth, the setting warung.oidc-client-id must be the id of this client at"
                                + " the provider.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"warung.oidc-issuer", "warung.oidc-client-id", "warung.oidc-scopes", "warung.oidc-audience"})
    void withoutTheWayItsSettingsStopTheStart(String setting) {
        assertThat(read(Map.of())).isEmpty();
        assertThatThrownBy(() -> read(Map.of(setting, "openid", "warung.auth", "guest")))
                .hasMessageContaining("no effect")
                .hasMessageContaining("warung.auth=guest,oidc");
    }
}
