package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.WebSocket;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in at a real OpenID Connect provider, as users do: its form, and the way back. */
class OidcIT {
    private static final Pattern STATE = Pattern.compile("[?&]state=([^&]+)");
    private static final String LIBRARY = "oauth4webapi.js";
    /** So short that the page refreshes them after four seconds. */
    private static final int SHORT = 6;
    /** Both tabs are open before it is refreshed. */
    private static final int OF_TWO_TABS = 20;

    private static final int LONG = 300;

    /** Its clock is late as well, so that it is the second one to refresh. */
    private static final String SEES_TOKENS_LATE = """
            const { getItem } = Storage.prototype;
            const { now } = Date;
            Date.now = () => now() - 1500;
            globalThis.late = false;
            let seen = null;
            Storage.prototype.getItem = function (key) {
                const value = getItem.call(this, key);
                if (this !== localStorage || !key.endsWith(':oidc')) return value;
                seen ??= value;
                if (value === seen) return seen;
                if (!late) {
                    late = true;
                    setTimeout(() => {
                        seen = value;
                        dispatchEvent(new StorageEvent('storage', { key }));
                    }, 3000);
                }
                return seen;
            };
            addEventListener('storage', (event) => {
                if (event.isTrusted && event.key?.endsWith(':oidc')) event.stopImmediatePropagation();
            });
            """;

    private static final String ANOTHER_FORGETS_TOO = """
            const remove = Storage.prototype.removeItem;
            let toTell = true;
            Storage.prototype.removeItem = function (key) {
                remove.call(this, key);
                if (this !== localStorage || !key.endsWith(':identity') || !toTell) return;
                toTell = false;
                setTimeout(() => dispatchEvent(new StorageEvent('storage', { key })), MS);
            };
            """;

    private static Provider provider;
    private static WarungProcess warung;
    private static URI home;

    private final List<Guest> users = new ArrayList<>();

    @BeforeAll
    static void startBoth() {
        provider = Provider.start();
        warung = WarungProcess.somewhere()
                .with("WARUNG_AUTH", "guest,oidc")
                .with("WARUNG_OIDC_ISSUER", provider.issuer())
                .with("WARUNG_OIDC_CLIENT_ID", "warung")
                .start();
        home = at(warung);
        provider.serves(home);
        WarungProcess.patiently()
                .until(() -> get(home.resolve("api/sign-in"), null).body().contains("tokenEndpoint"));
    }

    /** On another host than the provider, as far as browsers are concerned. */
    private static URI at(WarungProcess process) {
        return URI.create(process.address().toString().replace("localhost", "127.0.0.1"));
    }

    @AfterAll
    static void stopBoth() {
        warung.close();
        provider.close();
    }

    @BeforeEach
    void tokensLast() {
        provider.givesTokensFor(LONG);
    }

    @AfterEach
    void usersLeaveUndisturbed() {
        try {
            users.forEach(Guest::isUndisturbed);
        } finally {
            users.forEach(Guest::close);
            provider.isDown(false);
        }
    }

    private Guest stranger(String room) {
        Guest user = Guest.arrives(home, room, Guest.desk());
        users.add(user);
        return user;
    }

    private static void fillsTheForm(Guest user, String name) {
        assertThat(user.page()).hasURL(Pattern.compile("^" + provider.issuer() + "/login"));
        user.page().locator("input[name=username]").fill(name);
        user.page().locator("input[name=password]").fill(name);
        user.page().locator("button[type=submit]").click();
    }

    /** The addresses that this user's page asks for from now on. */
    private static List<String> requestsOf(Guest user) {
        List<String> requests = new ArrayList<>();
        user.page().onRequest(request -> requests.add(request.url()));
        return requests;
    }

    /** What this user's page says over sockets that it opens from now on: each {@code hello}, and each new socket. */
    private static List<String> hellosOf(Guest user) {
        List<String> hellos = new ArrayList<>();
        user.page().onWebSocket((WebSocket socket) -> {
            hellos.add("socket");
            socket.onFrameSent(frame -> {
                if (frame.text() != null && frame.text().contains("\"hello\"")) {
                    hellos.add("hello");
                }
            });
        });
        return hellos;
    }

    private static String stateOf(List<String> requests) {
        Matcher state = STATE.matcher(requests.stream()
                .filter(url -> url.contains("/oauth2/authorize"))
                .reduce("", (former, latter) -> latter));
        assertThat(state.find()).as(requests.toString()).isTrue();
        return URLDecoder.decode(state.group(1), StandardCharsets.UTF_8);
    }

    private static void isAtHome(Guest user, String room) {
        assertThat(user.page()).hasURL(home + room);
    }

    private static HttpResponse<String> get(URI address, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoeverSignsInComesBackToTheirRoomUnderTheirName() {
        Guest budi = stranger("from-outside");
        List<String> requests = requestsOf(budi);
        budi.button("Sign in").click();
        fillsTheForm(budi, "budi");
        budi.isLive();

        budi.isCalled("Budi");
        isAtHome(budi, "#from-outside");
        budi.says("hello from the directory");
        budi.seesOnce("hello from the directory");
        assertThat(requests).anyMatch(url -> url.endsWith(LIBRARY));

        budi.reloads();
        budi.isLive();
        budi.isCalled("Budi");
        budi.sees("hello from the directory");
    }

    @Test
    void aGuestNeverFetchesWhatOnlyTheOthersNeed() {
        Guest ana = stranger("guests");
        List<String> requests = requestsOf(ana);
        ana.reloads();
        ana.comesInAs("Ana");
        ana.says("no library");
        ana.seesOnce("no library");

        assertThat(requests).hasSizeGreaterThan(50).noneMatch(url -> url.contains("oauth") || url.contains("oidc.js"));
    }

    @Test
    void aTokenIsRefreshedOverTheOpenConnection() {
        provider.givesTokensFor(SHORT);
        int before = provider.requestsForTokens();
        Guest ana = stranger("refresh");
        List<String> hellos = hellosOf(ana);
        ana.button("Sign in").click();
        fillsTheForm(ana, "ana");
        ana.isLive();

        ana.page().waitForCondition(() -> hellos.size() >= 3);
        assertThat(hellos.subList(0, 3)).containsExactly("socket", "hello", "hello");
        assertThat(provider.requestsForTokens())
                .as("one for the code, one before it is live if that takes long, and one or two after that")
                .isBetween(before + 2, before + 4);
        ana.says("still here");
        ana.seesOnce("still here");
    }

    @Test
    void whileTheProviderIsDownTheRefreshIsTriedAgain() {
        provider.givesTokensFor(SHORT);
        Guest ana = stranger("patience");
        List<String> hellos = hellosOf(ana);
        ana.button("Sign in").click();
        fillsTheForm(ana, "ana");
        ana.isLive();
        provider.isDown(true);
        int before = provider.requestsForTokens();
        ana.page().waitForCondition(() -> provider.requestsForTokens() > before);
        provider.isDown(false);
        provider.givesTokensFor(LONG);

        ana.page().waitForCondition(() -> hellos.size() >= 3);
        assertThat(hellos).containsExactly("socket", "hello", "hello");
    }

    @Test
    void ofTwoTabsOneRefreshesAndBothEndAtSignOutHereAndAtTheProvider() {
        Guest ana = stranger("tabs");
        int before = provider.requestsForTokens();
        provider.givesTokensFor(OF_TWO_TABS);
        List<String> here = hellosOf(ana);
        ana.button("Sign in").click();
        fillsTheForm(ana, "ana");
        ana.isLive();
        Guest tab = ana.opensATab();
        List<String> there = hellosOf(tab);
        tab.goesTo("tabs");
        tab.isLive();
        provider.givesTokensFor(LONG); // for the one refresh that is to come
        ana.page().waitForCondition(() -> here.size() >= 3);
        tab.page().waitForCondition(() -> there.size() >= 3);
        assertThat(provider.requestsForTokens())
                .as("one for the code, and one for both tabs")
                .isEqualTo(before + 2);

        ana.opensProfile();
        ana.button("Sign out").click();
        ana.button("Sign out now").click();
        assertThat(tab.page().getByText("You have signed out.").first()).isVisible();
        assertThat(ana.button("Sign in")).isVisible();
        assertThat(ana.page()).hasURL(Pattern.compile("^http://[^/]+/(#lobby)?$")); // where everybody begins
        assertThat(ana.page()
                        .evaluate("Object.entries({...localStorage, ...sessionStorage}).join()")
                        .toString())
                .doesNotContain("eyJ");

        ana.button("Sign in").click();
        fillsTheForm(ana, "budi"); // the provider asks again
        ana.isLive();
        ana.isCalled("Budi");
    }

    /** Locks are common to all tabs at once, but what one tab stores, a tab in another process may see later. */
    @Test
    void aTabThatSeesNewTokensLateRefreshesNothing() {
        Guest ana = stranger("late");
        int before = provider.requestsForTokens();
        provider.givesTokensFor(OF_TWO_TABS);
        ana.button("Sign in").click();
        fillsTheForm(ana, "ana");
        ana.isLive();
        ana.context().addInitScript(SEES_TOKENS_LATE);
        Guest tab = ana.opensATab();
        List<String> there = hellosOf(tab);
        tab.goesTo("late");
        tab.isLive();
        provider.givesTokensFor(LONG);

        tab.page().waitForCondition(() -> there.size() >= 3);
        assertThat(tab.page().evaluate("late")).isEqualTo(true);
        assertThat(provider.requestsForTokens()).isEqualTo(before + 2);
    }

    /** Both tabs forget the user at about the same time: so each hears from the other while it is about to leave. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whoeverSignsOutLeavesOnceForTheProviderAlsoIfAnotherTabForgetsThemMeanwhile(int ms) {
        Guest ana = stranger("same");
        ana.context().addInitScript(ANOTHER_FORGETS_TOO.replace("MS", String.valueOf(ms)));
        List<String> requests = requestsOf(ana);
        ana.button("Sign in").click();
        fillsTheForm(ana, "ana");
        ana.isLive();

        ana.opensProfile();
        ana.button("Sign out").click();
        ana.button("Sign out now").click();
        assertThat(ana.page().getByText("You have signed out.").first()).isVisible();
        assertThat(requests.stream().filter(url -> url.contains("/connect/logout")))
                .hasSize(1);
        assertThat(requests.stream().filter(home.toString()::equals))
                .as("the page begins anew once")
                .hasSize(1);
        assertThat(ana.page()
                        .evaluate("Object.entries({...localStorage, ...sessionStorage}).join()")
                        .toString())
                .doesNotContain("eyJ");
    }

    @Test
    void twoTabsThatSignInAtTheSameTimeDoNotDisturbEachOther() {
        Guest ana = stranger("one");
        Guest tab = ana.opensATab();
        tab.goesTo("two");
        List<String> requests = requestsOf(ana);
        ana.button("Sign in").click();
        assertThat(ana.page()).hasURL(Pattern.compile("/login"));
        String first = attempt(requests);
        requests = requestsOf(tab);
        tab.button("Sign in").click();
        assertThat(tab.page()).hasURL(Pattern.compile("/login"));
        String second = attempt(requests);

        fillsTheForm(ana, "ana"); // this provider leads to the latest attempt, of whichever tab
        ana.isLive();
        assertThat(ana.page()).hasURL(Pattern.compile("#(one|two)$"));
        boolean crossed = ana.page().url().endsWith("#two");
        tab.page().navigate(crossed ? first : second); // it knows the user now, and asks nothing
        tab.isLive();
        isAtHome(tab, crossed ? "#one" : "#two");
        tab.says("in both tabs");
        ana.goesTo(crossed ? "one" : "two");
        ana.seesOnce("in both tabs");
    }

    private static String attempt(List<String> requests) {
        return requests.stream()
                .filter(url -> url.contains("/oauth2/authorize"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theWayBackLeadsToAPageThatWorks() {
        Guest ana = stranger("back");
        ana.button("Sign in").click();
        assertThat(ana.page()).hasURL(Pattern.compile("/login"));
        ana.page().goBack();
        isAtHome(ana, "#back");
        ana.button("Sign in").click();
        fillsTheForm(ana, "ana");
        ana.isLive();
        isAtHome(ana, "#back");
    }

    @Test
    void answersThatNobodyAskedForEndWithASentence() {
        Guest ana = stranger("forged");
        ana.page().navigate(home + "?code=stolen&state=unknown");
        isTold(ana, "This sign-in did not begin in this browser, or was already used.");
        ana.page().navigate(home + "?error=access_denied&state=unknown");
        isTold(ana, "This sign-in did not begin in this browser, or was already used.");

        answers(ana, "error=access_denied", "You were not signed in");
        answers(ana, "error=server_error&error_description=%3Cb%3E", "The sign-in provider reported an error.");
        answers(ana, "code=stolen&iss=https%3A%2F%2Fevil.example", "The answer came from another sign-in provider.");
        answers(ana, "code=stolen", "The sign-in provider reported an error.");
        ana.comesInAs("Ana");
    }

    /** Begins an attempt and gets this answer to it. */
    private static void answers(Guest user, String answer, String sentence) {
        List<String> requests = requestsOf(user);
        user.button("Sign in").click();
        assertThat(user.page()).hasURL(Pattern.compile("/login"));
        user.page().navigate(home + "?" + answer + "&state=" + stateOf(requests));
        isTold(user, sentence);
    }

    private static void isTold(Guest user, String sentence) {
        assertThat(user.page().getByText(sentence).first()).isVisible();
        assertThat(user.page().url()).startsWith(home.toString()).doesNotContain("?", "code", "state");
    }

    @Test
    void anAnswerThatComesTwiceChangesNothing() {
        Guest ana = stranger("twice");
        List<String> requests = requestsOf(ana);
        ana.button("Sign in").click();
        fillsTheForm(ana, "ana");
        ana.isLive();
        String answer = requests.stream()
                .filter(url -> url.startsWith(home + "?") && url.contains("code="))
                .findFirst()
                .orElseThrow();

        ana.page().navigate(answer);
        ana.isLive();
        ana.isCalled("Ana");
        assertThat(ana.page().url()).doesNotContain("code=");

        Guest victim = stranger("twice");
        victim.page().navigate(answer);
        isTold(victim, "This sign-in did not begin in this browser, or was already used.");
    }

    @Test
    void theIdTokenIsGoodAndTheAccessTokenIsNot() {
        Guest ana = stranger("tokens");
        List<String> bodies = new ArrayList<>();
        ana.page().onResponse(response -> {
            if (response.url().endsWith("/oauth2/token")
                    && response.request().method().equals("POST")) {
                bodies.add(response.text());
            }
        });
        ana.button("Sign in").click();
        fillsTheForm(ana, "ana");
        ana.isLive();

        URI people = home.resolve("api/people");
        assertThat(get(people, tokenIn(bodies, "id_token")).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = get(people, tokenIn(bodies, "access_token"));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("access token, not an ID token");
    }

    private static String tokenIn(List<String> bodies, String name) {
        Matcher token = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(bodies.get(0));
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    @Test
    void tokensWithKeysThatDoNotExistCauseOneFetchAtMost() {
        int before = provider.fetchesOfKeys();
        for (int i = 0; i < 50; i++) {
            String header = "{\"alg\":\"RS256\",\"kid\":\"bogus-" + i + "\"}";
            String claims =
                    "{\"iss\":\"" + provider.issuer() + "\",\"sub\":\"x\",\"aud\":\"warung\",\"exp\":9999999999}";
            assertThat(get(home.resolve("api/people"), base64(header) + "." + base64(claims) + ".AAAA")
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(provider.fetchesOfKeys() - before).isLessThanOrEqualTo(1);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
