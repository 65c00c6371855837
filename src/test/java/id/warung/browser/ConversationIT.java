package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Users talk to each other. */
class ConversationIT extends Table {
    @Test
    void twoPeopleTalk() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.says("Malam, Budi!");
        budi.sees("Malam, Budi!");
        budi.says("Malam, Ana. Kopi?");
        ana.seesOnce("Malam, Budi!");
        ana.seesOnce("Malam, Ana. Kopi?");
        ana.seesOnly("Malam, Budi!", "Malam, Ana. Kopi?");
        budi.seesOnly("Malam, Budi!", "Malam, Ana. Kopi?");
    }

    @Test
    void aFirstVisitAsksForANameAndThenForNothing() {
        Guest ana = stranger(Guest.desk());
        assertThat(ana.page()).hasTitle(Pattern.compile("Warung"));
        assertThat(ana.page().getByLabel("What shall we call you?")).isFocused();
        ana.comesInAs("Ana");
        assertThat(ana.field()).isFocused();
        assertThat(ana.page().getByText("No messages yet")).isVisible();
    }

    @Test
    void aReloadKeepsThePersonAndTheConversation() {
        Guest ana = guest("Ana");
        ana.says("before");
        ana.seesOnce("before");
        ana.reloads();
        ana.isLive();
        ana.isCalled("Ana");
        ana.says("after");
        ana.seesOnly("before", "after");
        assertThat(ana.messages().first()).hasClass(Pattern.compile(".*own.*"));
        assertThat(ana.messages().nth(1)).not().hasClass(Pattern.compile(".*first.*"));
    }

    @Test
    void aNameThatIsTakenIsGivenWithANumber() {
        Guest first = guest("Citra");
        Guest second = guest("Citra");
        first.isCalled("Citra$");
        second.isCalled("Citra 2");
    }

    @Test
    void aRenamedPersonStaysTheSamePerson() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.says("as Ana");
        ana.seesOnce("as Ana");
        ana.opensProfile();
        ana.page().getByLabel("Your name").last().fill("Ana Maria");
        ana.page().getByRole(AriaRole.BUTTON, named("Save")).click();
        ana.isLive();
        ana.isCalled("Ana Maria");
        ana.says("as Ana Maria");
        ana.seesOnly("as Ana", "as Ana Maria");
        assertThat(ana.page().locator("li.message.own")).hasCount(2);
        budi.sees("as Ana Maria");
        assertThat(budi.page().locator("li.message .name").last()).hasText("Ana Maria");
    }

    @Test
    void aNameThatIsNoneIsRefusedInWords() {
        Guest ana = stranger(Guest.desk());
        ana.page().getByLabel("What shall we call you?").fill("A\u200bna");
        ana.page().keyboard().press("Enter");
        assertThat(ana.page().getByText("This name cannot be used.")).isVisible();
        ana.comesInAs("Ana");
    }

    @Test
    void theAddressNamesTheRoomAndEachHasItsOwnConversation() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.says("in the first");
        ana.seesOnce("in the first");
        ana.page().keyboard().press("Control+k");
        ana.page().getByLabel("Room or person").fill(room + ".other");
        ana.page().keyboard().press("Enter");
        assertThat(ana.page().getByText("No messages yet")).isVisible();
        ana.says("in the other");
        ana.seesOnly("in the other");
        budi.seesOnly("in the first");
        budi.goesTo(room + ".other");
        budi.seesOnly("in the other");
        ana.page().goBack();
        ana.seesOnly("in the first");
        budi.page().goBack();
        budi.seesOnly("in the first");
        budi.page().goForward();
        budi.seesOnly("in the other");
    }

    @Test
    void aPlainClientAndThePageSeeEachOther() throws InterruptedException {
        Guest ana = guest("Ana");
        PlainClient plain = new PlainClient(warung(), room);
        plain.says("<b>halo</b> from wscat");
        ana.sees("<b>halo</b> from wscat");
        ana.says("halo **you**");
        assertThat(plain.hears()).isEqualTo("halo **you**");
        plain.says("bye");
        ana.seesOnly("<b>halo</b> from wscat", "halo you", "bye");
    }

    @Test
    void twoTabsOfOnePersonShowTheSame() {
        Guest ana = guest("Dewi");
        Page other = ana.context().newPage();
        other.navigate(ana.page().url());
        assertThat(other.locator("warung-status")).hasAttribute("data-phase", "live");
        other.locator("textarea").fill("from the other tab");
        other.keyboard().press("Enter");
        ana.seesOnce("from the other tab");
        ana.says("from this tab");
        assertThat(other.locator("li.message.own .text")).hasText(new String[] {"from the other tab", "from this tab"});
        ana.isCalled("Dewi$");
    }

    @Test
    void messagesToAHiddenPageAreCountedInTheTitle() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.says("seen");
        ana.seesOnce("seen");
        ana.page().evaluate("""
                Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
                document.dispatchEvent(new Event('visibilitychange'));
                """);
        budi.says("unseen 1");
        budi.says("unseen 2");
        assertThat(ana.page()).hasTitle(Pattern.compile("^\\(2\\) #" + room));
        ana.page().evaluate("""
                delete document.visibilityState;
                document.dispatchEvent(new Event('visibilitychange'));
                """);
        assertThat(ana.page()).hasTitle("#" + room + " · Warung");
        assertThat(ana.page().locator("li.fresh")).hasText("New");
        ana.says("seen too");
        assertThat(ana.page().locator("li.fresh")).hasCount(0);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
