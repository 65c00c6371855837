package id.warung.app;

import id.warung.app.SignInSettings.Way;
import id.warung.endpoint.AmbientSignIn;
import id.warung.endpoint.SignInOffer;
import id.warung.identity.AmbientIssuer;
import id.warung.identity.Authenticator;
import id.warung.identity.IssuerKeys;
import id.warung.identity.JwtVerifier;
import id.warung.identity.OidcDiscovery;
import id.warung.identity.OidcSettings;
import id.warung.identity.WarungTokens;
import id.warung.log.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Creates what verifies the tokens of the ways that are on. Static, stateless. */
final class SignInWays {
    private SignInWays() {}

    /** {@code fetching} runs what may block on an issuer. */
    static Authenticator authenticator(
            Settings settings, WarungTokens tokens, Optional<OidcDiscovery> discovery, Executor fetching) {
        SignInSettings signIn = settings.signIn();
        List<JwtVerifier> issuers = new ArrayList<>();
        if (signIn.token() != null) {
            issuers.add(verifier(signIn.token(), signIn, fetching));
        }
        discovery.ifPresent(its -> issuers.add(verifier(its, signIn, fetching)));
        return new Authenticator(
                tokens, settings.apiKeys(), issuers, signIn.ways().contains(Way.GUEST));
    }

    /** With an audience, the page sends the access token; otherwise the ID token. */
    private static JwtVerifier verifier(OidcDiscovery discovery, SignInSettings signIn, Executor fetching) {
        OidcSettings oidc = signIn.oidc().orElseThrow();
        String issuer = oidc.issuer().toString();
        IssuerKeys keys = new IssuerKeys(discovery::keys, fetching, System::nanoTime);
        return oidc.audience()
                .map(audience -> JwtVerifier.ofKeys(keys, issuer, audience, signIn.claims()))
                .orElseGet(() -> JwtVerifier.ofIdTokens(keys, issuer, oidc.clientId(), signIn.claims()));
    }

    /** What the server offers to those who have not signed in. */
    static SignInOffer offer(SignInSettings settings, Optional<OidcDiscovery> discovery) {
        return new SignInOffer(
                settings.ways().stream().map(Way::wire).toList(),
                settings.oidc(),
                () -> discovery.flatMap(OidcDiscovery::provider));
    }

    /** Those whom the server, or a proxy, has signed in. */
    static AmbientSignIn ambient(Settings settings, WarungTokens tokens) {
        SignInSettings signIn = settings.signIn();
        return new AmbientSignIn(
                signIn.ways().contains(Way.CONTAINER),
                signIn.ways().contains(Way.HEADER) ? signIn.header() : null,
                settings.principals().names(),
                settings.trustedProxies(),
                new AmbientIssuer(tokens, signIn.validity()));
    }

    /** Asks the provider now and then. */
    static Job asking(OidcDiscovery discovery) {
        return new Job("The sign-in provider could not be asked", OidcDiscovery.TICK, () -> {
            discovery.run();
            return false;
        });
    }

    private static JwtVerifier verifier(SignInSettings.Token token, SignInSettings signIn, Executor fetching) {
        if (token.secret() != null) {
            return JwtVerifier.ofSecret(token.secret(), token.issuer(), token.audience(), signIn.claims());
        }
        IssuerKeys.Source source =
                token.keysAt() != null ? IssuerKeys.at(token.keysAt()) : IssuerKeys.in(token.keysIn());
        IssuerKeys keys = new IssuerKeys(source, fetching, System::nanoTime);
        return JwtVerifier.ofKeys(keys, token.issuer(), token.audience(), signIn.claims());
    }
}
