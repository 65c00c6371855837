package id.warung.endpoint;

import id.warung.identity.OidcProvider;
import id.warung.identity.OidcSettings;
import id.warung.protocol.Sha256;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways in which users can sign in, for clients that ask, and what browsers must be allowed for them. Thread-safe. */
public final class SignInOffer {
    private static final JsonProvider JSON = JsonProvider.provider();
    private static final int TAG_BYTES = 8;

    private final List<String> ways;
    private final Optional<OidcSettings> oidc;
    private final Supplier<Optional<OidcProvider>> provider;

    /**
     * Says what is known at the time of each call.
     *
     * @param ways as the setting {@code warung.auth} names them
     * @param oidc empty: nobody signs in at a provider
     * @param provider empty while the provider has not answered
     */
    public SignInOffer(List<String> ways, Optional<OidcSettings> oidc, Supplier<Optional<OidcProvider>> provider) {
        this.ways = List.copyOf(ways);
        this.oidc = oidc;
        this.provider = oidc.isPresent() ? provider : Optional::empty;
    }

    /** The ways as JSON, or "not modified": {@code known} has the values of {@code If-None-Match}. */
    Answer answer(List<String> known) {
        JsonArrayBuilder names = JSON.createArrayBuilder();
        ways.forEach(names::add);
        JsonObjectBuilder body = JSON.createObjectBuilder().add("ways", names);
        oidc.ifPresent(settings -> body.add("oidc", described(settings)));
        byte[] json = (body.build() + "\n").getBytes(StandardCharsets.UTF_8);
        String etag = "\"" + HexFormat.of().formatHex(Sha256.of(List.of(json)), 0, TAG_BYTES) + "\"";
        return HttpResponses.page(known, new History.Body(etag, List.of(json)));
    }

    private JsonObjectBuilder described(OidcSettings settings) {
        JsonObjectBuilder oidc = JSON.createObjectBuilder()
                .add("issuer", settings.issuer().toString())
                .add("clientId", settings.clientId())
                .add("scopes", settings.scopes());
        settings.audience().ifPresent(audience -> oidc.add("audience", audience));
        provider.get().ifPresent(its -> {
            oidc.add("authorizationEndpoint", its.authorizationEndpoint().toString())
                    .add("tokenEndpoint", its.tokenEndpoint().toString());
            its.endSessionEndpoint().ifPresent(end -> oidc.add("endSessionEndpoint", end.toString()));
            if (its.issInAnswer()) {
                oidc.add("issInAnswer", true);
            }
        });
        return oidc;
    }

    /** The origins to which the page may connect besides its own, each behind a space. */
    String connectSources() {
        return provider.get()
                .map(its -> Stream.concat(Stream.of(its.tokenEndpoint()), its.endSessionEndpoint().stream())
                        .map(OidcProvider::origin)
                        .distinct()
                        .map(origin -> " " + origin)
                        .collect(Collectors.joining()))
                .orElse("");
    }
}
