package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static id.warung.browser.ScriptedServer.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How people come in, with a scripted server: the ways that it offers, tokens in the address, and what they see then. */
class SignInPageIT extends ScriptedPage {
    /** Shorter than what the page takes for a silent connection. */
    private static final int PAUSE_MS = 20_000;

    private static final String DOWN = "Signing in is not possible at the moment";

    @Test
    void thePageOffersTheWaysThatTheServerHas() {
        offers("{'ways':['guest']}", "Join", "Come in");
        offers("{'ways':['guest','token']}", "Join as a guest", "Come in");
        offers("{'ways':['guest','oidc'],'oidc':" + THERE + "}", "Join as a guest, Sign in", "or");
        offers("{'ways':['guest','oidc'],'oidc':{}}", "Join as a guest", DOWN);
        offers("{'ways':['oidc'],'oidc':" + THERE + "}", "Sign in", "Come in");
        offers("{'ways':['oidc'],'oidc':{}}", "", DOWN);
        offers("{'ways':['container']}", "Sign in", "Come in");
        offers("{'ways':['guest','header','token']}", "Join as a guest, Sign in", "or");
        offers("{'ways':['oidc','container'],'oidc':" + THERE + "}", "Sign in, Sign in through this server", "Come in");
        offers("{'ways':['token']}", "", "To sign in, open this chat from your application.");
    }

    private void offers(String ways, String buttons, String words) {
        server.answers.put("sign-in", ways);
        page.navigate("about:blank");
        page.navigate(ADDRESS);
        Locator welcome = page.locator("warung-welcome");
        assertThat(welcome).containsText(words);
        assertThat(page.getByLabel("What shall we call you?")).isVisible(visible(ways.contains("guest")));
        assertThat(welcome.locator("button:enabled:visible"))
                .hasText(buttons.isEmpty() ? new String[0] : buttons.split(", ", -1));
        accessible();
    }

    @Test
    void whoTheServerItselfKnowsGoesWhereTheySignInAndComesBackToTheirRoom() {
        server.answers.put("sign-in", "{'ways':['container']}");
        page.navigate(ADDRESS + "#kitchen");
        button("Sign in").click();
        page.waitForURL(ADDRESS + "signin/#kitchen");
    }

    @Test
    void aTokenInTheAddressSignsInAndIsNowhereToBeSeen() {
        page.navigate(CITRA + "&room=kitchen");
        live();
        assertThat(page).hasURL(ADDRESS + "#kitchen");
        assertThat(page.evaluate("history.length")).isEqualTo(2);
        assertThat(server.requests).noneMatch(request -> request.contains("Citra"));
        assertThat(page.locator("warung-sidebar .me bdi")).hasText("Citra");
    }

    @Test
    void aTokenThatTheServerRefusesLeadsToTheSignIn() {
        server.handler = (line, command) -> {
            boolean hello = command.has("token");
            if (hello) {
                ScriptedServer.say(line, "{'type':'error','code':'bad-token','message':'No.','command':'hello'}");
            }
            return hello;
        };
        page.navigate(CITRA);
        assertThat(page.locator("warung-welcome")).containsText("This link is no longer valid.");
        assertThat(page.locator("#room")).isHidden();
        assertThat(server.of("hello")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"Stay Ana, Ana, u-guest", "Go on as Citra, Citra, s-citra"})
    void aLinkDoesNotMakeAGuestSomebodyElseWithoutTheirConsent(String choice, String name, String id) {
        comesInAs("Ana");
        page.navigate("about:blank");
        page.navigate(CITRA);
        assertThat(page.locator("warung-welcome")).containsText("You cannot become the guest Ana again afterwards.");
        assertThat(page.locator("#room")).isHidden();
        accessible();
        button(choice).click();
        live();
        assertThat(page.locator("warung-sidebar .me bdi")).hasText(name);
        assertThat(page.evaluate("JSON.parse(localStorage['warung:/kedai/:identity']).id"))
                .isEqualTo(id);
    }

    @Test
    void aGuestWhoseSignInFailsStaysInTheRoomAndIsToldWhy() {
        server.answers.put("sign-in", "{'ways':['guest','oidc'],'oidc':" + THERE + "}");
        comesInAs("Ana");
        page.navigate(ADDRESS + "?state=x&error=access_denied#kitchen");
        live();
        assertThat(status()).containsText("This sign-in did not begin in this");
        assertThat(page.url()).doesNotContain("state=");
        assertThat(page.locator("warung-sidebar .me bdi")).hasText("Ana");
    }

    @Test
    void whatIsSentTooFastIsCountedDownAndSentByItself() {
        page.clock().install(); // so that the pause is over when all of it has been seen, and not before
        page.navigate(CITRA);
        live();
        server.handler = (line, command) -> {
            boolean first = command.get("type").getAsString().equals("post")
                    && server.posts().size() == 1;
            if (first) {
                ScriptedServer.say(line, refusal(command, "rate-limited", PAUSE_MS));
            }
            return first;
        };
        says("one");
        says("two");
        assertThat(status()).containsText("You are sending too fast. Your messages are saved");
        assertThat(status().locator(".seconds")).hasText(Pattern.compile("In \\d+ seconds?\\."));
        assertThat(status().locator(".seconds")).hasAttribute("aria-hidden", "true");
        accessible();
        page.clock().fastForward(PAUSE_MS);
        assertThat(page.locator("li.message .text")).hasText(new String[] {"one", "two"});
        assertThat(page.locator("li.waiting, li.sent")).hasCount(0);
        assertThat(server.posts()).hasSize(3);
        assertThat(status().locator(".words")).hasText("Connected.");
    }

    @Test
    void whoMayNotWriteIsToldWhy() {
        page.navigate(CITRA);
        live();
        Map<String, String> reasons = Map.of(
                "muted", "A moderator has muted you in this room.",
                "banned", "A moderator has banned you from this room.",
                "read-only", "You can read this room but not post in it.");
        server.handler = (line, command) -> {
            boolean post = command.get("type").getAsString().equals("post");
            if (post) {
                ScriptedServer.say(line, refusal(command, command.get("text").getAsString(), 60_000));
            }
            return post;
        };
        reasons.keySet().forEach(this::says);
        for (String reason : reasons.values()) {
            assertThat(page.getByText("Not sent. " + reason).first()).isVisible();
        }
    }

    @Test
    void aGuestWhoMayOnlyReadIsToldSoAndCanSignIn() {
        server.answers.put("sign-in", "{'ways':['guest','container']}");
        server.joined = ",'readOnly':true";
        comesInAs("Ana");
        Locator closed = page.locator("warung-composer-closed");
        assertThat(closed).containsText("Guests can read #lobby but not post in it.");
        assertThat(field()).isHidden();
        accessible();
        closed.getByText("Sign in").click();
        page.waitForURL(ADDRESS + "signin/#lobby");
    }

    @Test
    void whoIsSignedInSeesTheirDirectoryNameRolesAndSignInsAndEndsOne() {
        server.grant = "'roles':['member','moderator']";
        server.answers.put("sessions", """
                {'sessions':[
                  {'id':'a','since':'2026-11-30T08:00:00Z','address':'192.0.2.7','connections':2,'current':true,
                   'agent':'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'},
                  {'id':'b','since':'2026-11-29T20:15:00Z','address':'2001:db8::1','connections':1,
                   'agent':'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'}]}
                """);
        page.navigate(CITRA);
        live();
        opensProfile();
        Locator profile = page.locator("warung-profile");
        assertThat(profile).containsText("Your name comes from the directory you sign in with");
        assertThat(profile).containsText("Your roles: member and moderator");
        assertThat(page.getByLabel("Your name").last()).not().isEditable();
        assertThat(profile.locator(".sessions li")).hasText(new Pattern[] {
            Pattern.compile("Chrome on Linux.*192.0.2.7.*this browser"), Pattern.compile("Safari on iPhone.*End")
        });
        accessible();
        server.answers.put("sessions", "{'sessions':[]}");
        button("End: Safari on iPhone").click();
        assertThat(profile.locator(".sessions li")).hasCount(0);
        assertThat(server.requests).contains("DELETE sessions/b");
    }

    @Test
    void guestsAreMarkedWhereOthersSignInAndNamesakesAreToldApart() {
        page.navigate(CITRA);
        live();
        server.say(
                "{'type':'roster','room':'lobby','count':3,'here':["
                        + "{'id':'u-7','name':'Ana','guest':true},{'id':'s-abcdefgh','name':'Eka'},{'id':'s-zyxwvuts','name':'Eka'}]}");
        page.locator("warung-room-header .people").click();
        assertThat(page.locator("warung-people .name")).hasText(new String[] {"Ana", "Eka", "Eka"});
        assertThat(marks()).isEqualTo(List.of("guest", "abcdef", "zyxwvu"));
        server.answers.put("sign-in", "{'ways':['guest']}");
        page.reload();
        live();
        server.say("{'type':'roster','room':'lobby','count':1,'here':[{'id':'u-7','name':'Ana','guest':true}]}");
        page.locator("warung-room-header .people").click();
        assertThat(page.locator("warung-people .name")).hasText("Ana");
        assertThat(marks()).isEqualTo(List.of("none"));
    }

    private Object marks() {
        return page.locator("warung-people .name").evaluateAll("""
                (nodes) => nodes.map((node) => getComputedStyle(node, '::after').content)
                    .map((content) => content.replaceAll('"', ''))""");
    }
}
