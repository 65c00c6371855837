package id.warung.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.OidcProvider;
import id.warung.identity.OidcSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SignInOfferTest {
    private static final OidcSettings SETTINGS =
            new OidcSettings(URI.create("https://login.example/"), "chat", "openid", Optional.of("api"));

    private final AtomicReference<OidcProvider> provider = new AtomicReference<>();
    private final SignInOffer ways =
            new SignInOffer(List.of("guest", "oidc"), Optional.of(SETTINGS), () -> Optional.ofNullable(provider.get()));

    private static OidcProvider provider(String tokens, String end) {
        return new OidcProvider(
                URI.create("https://keys.example"),
                URI.create("https://login.example/auth"),
                URI.create(tokens),
                Optional.ofNullable(end).map(URI::create),
                true);
    }

    private static String body(Answer answer) {
        return new String(answer.body().get(0), UTF_8);
    }

    @Test
    void withoutAProviderTheyAreNames() {
        SignInOffer guests = new SignInOffer(List.of("guest"), Optional.empty(), () -> {
            throw new IllegalStateException("nobody is to be asked");
        });

        assertThat(body(guests.answer(List.of()))).isEqualTo("{\"ways\":[\"guest\"]}\n");
        assertThat(guests.connectSources()).isEmpty();
    }

    @Test
    void theProvidersAddressesAreThereOnceTheyAreKnown() {
        String known = "{\"ways\":[\"guest\",\"oidc\"],\"oidc\":{\"issuer\":\"https://login.example/\","
                + "\"clientId\":\"chat\",\"scopes\":\"openid\",\"audience\":\"api\"";
        assertThat(body(ways.answer(List.of()))).isEqualTo(known + "}}\n");
        assertThat(ways.connectSources()).isEmpty();

        provider.set(provider("https://login.example:8443/token", "https://end.example/out"));
        assertThat(body(ways.answer(List.of())))
                .isEqualTo(known + ",\"authorizationEndpoint\":\"https://login.example/auth\","
                        + "\"tokenEndpoint\":\"https://login.example:8443/token\","
                        + "\"endSessionEndpoint\":\"https://end.example/out\",\"issInAnswer\":true}}\n");
        assertThat(ways.connectSources()).isEqualTo(" https://login.example:8443 https://end.example");
    }

    @Test
    void anOriginIsNamedOnce() {
        provider.set(provider("https://login.example/token", "https://login.example/end"));
        assertThat(ways.connectSources()).isEqualTo(" https://login.example");
        provider.set(provider("https://login.example/token", null));
        assertThat(ways.connectSources()).isEqualTo(" https://login.example");
    }

    @Test
    void aClientThatHasTheAnswerIsToldSoUntilItChanges() {
        Answer first = ways.answer(List.of());
        String etag = first.headers().get("ETag");
        assertThat(first.status()).isEqualTo(200);
        assertThat(ways.answer(List.of(etag)).status()).isEqualTo(304);

        provider.set(provider("https://login.example/token", null));
        assertThat(ways.answer(List.of(etag)).status()).isEqualTo(200);
    }
}
