package id.warung.app;

import id.warung.endpoint.AmbientSignIn;
import id.warung.endpoint.Callers;
import id.warung.endpoint.OwnSessions;
import id.warung.endpoint.SignInOffer;
import id.warung.identity.Guests;
import id.warung.identity.OidcDiscovery;
import id.warung.identity.WarungTokens;
import id.warung.log.Job;
import id.warung.session.Authentication;
import id.warung.session.NameClaims;
import id.warung.session.SignOuts;
import id.warung.session.UserSessions;
import java.time.Clock;
import java.util.Optional;

/** What finds out who somebody is, and ends that. Its parts are thread-safe. */
final class SigningIn {
    private final Guests guests;
    private final UserSessions userSessions = new UserSessions();
    private final SignOuts signOuts;
    private final Optional<OidcDiscovery> discovery;
    private final SignInOffer offer;
    private final Authentication authentication;
    private final Callers callers;
    private final AmbientSignIn ambient;
    private final Nodes nodes;

    SigningIn(Settings settings, ThreadPools pools, Storing storing, Clock clock) {
        boolean severalNodes = storing.shared() != null;
        byte[] key = severalNodes ? null : storing.signingKey(); // read at once, so that a bad file stops the start
        WarungTokens tokens = new WarungTokens(severalNodes ? storing::signingKey : () -> key, clock);
        guests = new Guests(tokens, settings.apiKeys().users());
        signOuts = new SignOuts(storing.committers(), clock, userSessions, severalNodes);
        NameClaims claims = severalNodes
                ? new NameClaims(
                        guests,
                        storing.shared().storage().leases(),
                        storing.durable().directory(),
                        System::nanoTime)
                : null;
        discovery = settings.signIn().oidc().map(oidc -> new OidcDiscovery(oidc, System::nanoTime));
        offer = SignInWays.offer(settings.signIn(), discovery);
        authentication = new Authentication(
                SignInWays.authenticator(settings, tokens, discovery, pools.fetching()),
                storing.durable().directory(),
                pools.reading(),
                claims);
        callers = new Callers(authentication, settings.principals());
        ambient = SignInWays.ambient(settings, tokens);
        nodes = severalNodes ? new Nodes(storing, this, claims, pools) : null;
    }

    /** What this node and others tell each other about people; null when there are no others. */
    Nodes nodes() {
        return nodes;
    }

    Guests guests() {
        return guests;
    }

    UserSessions userSessions() {
        return userSessions;
    }

    SignOuts signOuts() {
        return signOuts;
    }

    /** Asks the provider now and then, if there is one. */
    Optional<Job> job() {
        return discovery.map(SignInWays::asking);
    }

    SignInOffer offer() {
        return offer;
    }

    Authentication authentication() {
        return authentication;
    }

    Callers callers() {
        return callers;
    }

    OwnSessions ownSessions() {
        return new OwnSessions(
                userSessions, signOuts, nodes == null ? OwnSessions.Elsewhere.NOWHERE : nodes::elsewhere);
    }

    AmbientSignIn ambient() {
        return ambient;
    }
}
