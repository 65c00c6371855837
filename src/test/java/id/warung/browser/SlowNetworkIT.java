package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a slow network, the page loads little, requests nothing twice, and shows the user's actions at once. */
class SlowNetworkIT extends Table {

    /** The bytes that came over the network: a file from the browser's cache has a size of 0. */
    private static final String LOADED = """
            [performance.getEntriesByType('navigation'), performance.getEntriesByType('resource')].flat()
                .filter(({ name, transferSize }) => transferSize > 0 && !name.includes('/api/'))""";

    private SlowLine line;

    @Test
    void theFirstVisitLoadsLittleAndTheNextNothingThatIsTheSame() {
        Guest ana = guest("Ana");
        ana.waitsUntil("() => customElements.get('warung-menu') != null", null); // what nobody has asked for is there
        List<String> first = loaded(ana);
        assertThat(first).hasSizeGreaterThan(100);
        int bytes =
                (int) ana.page().evaluate(LOADED + ".reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)");
        assertThat(bytes).isLessThan(PageRulesTest.MOST_BYTES_AT_ALL);
        ana.goesTo(room + ".else");
        ana.page().navigate("about:blank");
        ana.goesTo(room);
        ana.isLive();
        assertThat(loaded(ana)).allMatch(file -> !file.contains("/assets/"));
    }

    @Test
    void aMessageIsShownAtOnceAndReachesTheOthers() {
        Guest budi = guest("Budi");
        Guest ana = onASlowLine("Ana");
        line.stops();
        ana.says("slowly");
        ana.seesPending("slowly");
        ana.says("but surely");
        line.goesOn();
        budi.seesOnly("slowly", "but surely");
        ana.seesOnce("slowly");
        ana.seesOnce("but surely");
        ana.says("and while I say it I go");
        ana.reloads();
        ana.isLive();
        budi.seesOnly("slowly", "but surely", "and while I say it I go");
        ana.seesOnly("slowly", "but surely", "and while I say it I go");
        budi.says("I am quick");
        ana.sees("I am quick");
    }

    @Test
    void thePageSaysThatOlderMessagesAreLoading() {
        PlainClient talker = new PlainClient(warung(), room);
        for (int i = 1; i <= 300; i++) {
            talker.says("line " + i);
        }
        Guest ana = onASlowLine("Ana");
        ana.sees("line 300");
        line.stops();
        ana.page().locator("warung-timeline .scroll").evaluate("view => view.scrollTop = 0");
        assertThat(ana.page().getByText("Loading older messages")).isVisible();
        line.goesOn();
        assertThat(ana.message("line 200")).isAttached();
    }

    /** Without the port, the page's handshakes look like those of another site's page: they are refused for ever. */
    @Test
    void aPageBehindAProxyThatChangesTheHostSaysWhatItIs() {
        line = SlowLine.losingThePort(warung().address());
        Guest ana = remember(Guest.arrives(line.address(), room, Guest.desk()));
        ana.givesAName("Ana");
        ana.isTold("The server does not accept the address of this page. Its log tells the administrator why.");
        assertThat(warung().err())
                .contains("Origin is \"http://127.0.0.1:" + line.address().getPort() + "\"", "Host is \"127.0.0.1\"");
    }

    private Guest onASlowLine(String name) {
        line = SlowLine.to(warung().address());
        Guest guest = remember(Guest.arrives(line.address(), room, Guest.desk()));
        guest.comesInAs(name);
        return guest;
    }

    @AfterEach
    void theLineIsTakenDown() {
        if (line != null) {
            line.close();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> loaded(Guest guest) {
        return (List<String>) guest.page().evaluate(LOADED + ".map(({ name }) => name)");
    }
}
