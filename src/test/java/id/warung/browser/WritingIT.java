package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The composer: keys, input methods, drafts, limits. */
class WritingIT extends Table {
    @Test
    void enterSendsAndShiftEnterMakesALine() {
        Guest ana = guest("Ana");
        ana.field().pressSequentially("one");
        ana.field().press("Shift+Enter");
        ana.field().pressSequentially("two");
        assertThat(ana.field()).hasValue("one\ntwo");
        ana.field().press("Enter");
        assertThat(ana.messages()).hasCount(1);
        assertThat(ana.messages().locator(".text p")).hasText("one two");
        assertThat(ana.field()).hasValue("");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 40})
    void aReaderAtTheEndStaysThereWhileWritingManyLines(int lines) {
        Guest ana = guest("Ana");
        ana.says("said\n".repeat(50));
        assertThat(ana.messages()).hasClass("message first own"); // in the log: nothing else is to come
        ana.writes("written\n".repeat(lines));
        isAtTheEnd(ana);
        for (String key : List.of("x", "Shift+Enter", "y", "Backspace", "Backspace", "z")) {
            ana.field().press(key);
            isAtTheEnd(ana);
        }
    }

    private static void isAtTheEnd(Guest guest) {
        Screen screen = Screen.of(guest.page());
        assertThat(screen.following()).isTrue();
        assertThat(screen.atEnd()).isTrue();
    }

    @Test
    void onAPhoneEnterMakesALineAndTheButtonSends() {
        Guest ana = guest("Ana", Guest.phone());
        assertThat(ana.field()).hasAttribute("enterkeyhint", "enter");
        ana.field().tap();
        ana.field().pressSequentially("one");
        ana.field().press("Enter");
        ana.field().pressSequentially("two");
        assertThat(ana.field()).hasValue("one\ntwo");
        ana.page().getByLabel("Send").tap();
        assertThat(ana.messages().locator(".text p")).hasText("one two");
        ana.field().pressSequentially("three");
        ana.field().press("Control+Enter");
        assertThat(ana.messages()).hasCount(2);
    }

    @Test
    void enterMakesALineInCodeThatIsNotClosedYet() {
        Guest ana = guest("Ana");
        ana.field().pressSequentially("```");
        ana.field().press("Enter");
        ana.field().pressSequentially("ls");
        ana.field().press("Enter");
        ana.field().pressSequentially("```");
        assertThat(ana.messages()).hasCount(0);
        ana.field().press("Enter");
        assertThat(ana.messages().locator("pre code")).hasText("ls");
    }

    @Test
    void anEditWithChangesThatIsCancelledCanBeContinued() {
        Guest ana = guest("Ana");
        ana.says("first");
        ana.seesOnce("first");
        ana.field().press("ArrowUp");
        ana.field().pressSequentially(", and more");
        ana.field().press("Escape");
        assertThat(ana.field()).hasValue("");
        ana.page().keyboard().press("Escape");
        assertThat(ana.page().getByText("Your changes were not saved.")).isVisible();
        ana.button("Continue editing").click();
        assertThat(ana.field()).hasValue("first, and more");
        ana.field().press("Enter");
        assertThat(ana.messages().locator(".text")).hasText("first, and more edited");
        assertThat(ana.page().locator("warung-composer .occasion")).isHidden();
        ana.field().press("ArrowUp");
        ana.field().press("Escape");
        assertThat(ana.page().locator("warung-composer .occasion")).isHidden();
    }

    @Test
    void blankTextIsNotSent() {
        Guest ana = guest("Ana");
        ana.says("   ");
        ana.says("something");
        ana.seesOnly("something");
        assertThat(ana.page().getByLabel("Send")).isDisabled();
    }

    @Test
    void aRealCompositionIsSentOnlyWhenItIsOver() {
        Guest ana = guest("Ana");
        CDPSession keyboard = ana.context().newCDPSession(ana.page());
        ana.field().focus();
        compose(keyboard, "nihao");
        ana.field().dispatchEvent("keydown", key("Enter", 229, true));
        assertThat(ana.field()).hasValue("nihao");
        commit(keyboard, "你好");
        assertThat(ana.field()).hasValue("你好");
        ana.field().press("Enter");
        ana.seesOnly("你好");
    }

    @ParameterizedTest
    @CsvSource({
        "the key belongs to the input method, 229, true, true, false",
        "Safari: the composition is over before its last key comes, 229, false, false, false",
        "composing though the key has a code, 13, true, true, false",
        "stale: isComposing outlives the composition, 13, true, false, true",
        "no composition, 13, false, false, true",
    })
    void enterKnowsWhetherItBelongsToTheInputMethod(
            String about, int keyCode, boolean isComposing, boolean open, boolean sends) {
        Guest ana = guest("Ana");
        ana.writes("拼音");
        ana.field().dispatchEvent("compositionstart");
        if (!open) {
            ana.field().dispatchEvent("compositionend");
        }
        ana.field().dispatchEvent("keydown", key("Enter", keyCode, isComposing));
        assertThat(ana.field()).hasValue(sends ? "" : "拼音");
        assertThat(ana.messages()).hasCount(sends ? 1 : 0);
    }

    @Test
    void aDraftIsKeptForEachRoom() {
        Guest ana = guest("Ana");
        ana.writes("not finished");
        ana.goesTo(room + ".other");
        assertThat(ana.page().getByText("Be the first to write in #" + room + ".other."))
                .isVisible();
        assertThat(ana.field()).hasValue("");
        ana.writes("something else");
        ana.goesTo(room);
        assertThat(ana.field()).hasValue("not finished");
        ana.reloads();
        assertThat(ana.field()).hasValue("not finished");
    }

    @Test
    void textTypedBeforeTheDraftLoadsIsKept() {
        Guest ana = guest("Ana");
        ana.writes("kept");
        ana.reloads();
        assertThat(ana.field()).hasValue("kept");
        ana.context().addInitScript(HOLD_THE_DRAFT);
        ana.reloads();
        ana.isLive();
        ana.field().pressSequentially("and more");
        ana.page().evaluate("window.release()");
        assertThat(ana.field()).hasValue("kept\nand more");
        ana.field().press("Enter");
        ana.seesOnly("kept\nand more");
    }

    /** A database that answers a request for a draft only when it is released. */
    private static final String HOLD_THE_DRAFT = """
            const released = new Promise((resolve) => (window.release = resolve));
            const { set } = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'oncomplete');
            Object.defineProperty(IDBTransaction.prototype, 'oncomplete', {
                set(act) {
                    const asked = this.mode === 'readonly' && this.objectStoreNames.contains('drafts');
                    set.call(this, asked ? () => released.then(act) : act);
                },
            });
            """;

    @Test
    void tooMuchIsSaidBeforeItIsSent() {
        Guest ana = guest("Ana");
        ana.writes("字".repeat(3_999));
        assertThat(ana.page().getByText("1 character left")).isVisible();
        ana.writes("𝒳".repeat(4_001));
        assertThat(ana.page().getByText("1 character too long")).isVisible();
        assertThat(ana.page().getByLabel("Send")).isDisabled();
        ana.field().press("Enter");
        assertThat(ana.field()).hasValue("𝒳".repeat(4_001));
        ana.says("𝒳".repeat(4_000));
        assertThat(ana.field()).hasValue("");
        ana.seesOnly("𝒳".repeat(4_000));
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        Guest ana = guest("Ana");
        ana.page().keyboard().type("typed");
        ana.page().keyboard().press("Enter");
        ana.seesOnce("typed");
        ana.page().keyboard().press("Shift+Tab");
        assertThat(ana.page().locator("warung-timeline .scroll")).isFocused();
        ana.page().keyboard().press("?");
        assertThat(sheet(ana, "Keyboard shortcuts")).isVisible();
        ana.page().keyboard().press("Escape");
        assertThat(sheet(ana, "Keyboard shortcuts")).isHidden();
        ana.page().keyboard().press("/");
        assertThat(ana.field()).isFocused();
        ana.page().keyboard().press("?");
        assertThat(ana.field()).hasValue("?");
        ana.page().keyboard().press("Control+k");
        assertThat(sheet(ana, "Go to…")).isVisible();
        ana.page().keyboard().press("Escape");
        ana.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("your settings"))
                .press("Enter");
        assertThat(sheet(ana, "Settings")).isVisible();
    }

    @Test
    void formattingIsShown() {
        Guest ana = guest("Ana");
        ana.says("**bold** and *italic* and `code`\n> quoted\n- one\n- two\n```\na  b\n```\nhttps://example.org/x");
        assertThat(ana.page().locator(".text strong")).hasText("bold");
        assertThat(ana.page().locator(".text em")).hasText("italic");
        assertThat(ana.page().locator(".text p code")).hasText("code");
        assertThat(ana.page().locator(".text blockquote")).hasText("quoted");
        assertThat(ana.page().locator(".text ul li")).hasText(new String[] {"one", "two"});
        assertThat(ana.page().locator(".text pre")).hasText("a b");
        assertThat(ana.page().locator(".text a")).hasAttribute("href", "https://example.org/x");
        assertThat(ana.page().locator(".text a")).hasAttribute("rel", "noopener noreferrer");
    }

    private static com.microsoft.playwright.Locator sheet(Guest guest, String title) {
        return guest.page()
                .getByRole(
                        AriaRole.DIALOG,
                        new Page.GetByRoleOptions().setName(title).setExact(true));
    }

    private static void compose(CDPSession keyboard, String text) {
        JsonObject composition = new JsonObject();
        composition.addProperty("text", text);
        composition.addProperty("selectionStart", text.length());
        composition.addProperty("selectionEnd", text.length());
        keyboard.send("Input.imeSetComposition", composition);
    }

    private static void commit(CDPSession keyboard, String text) {
        JsonObject composition = new JsonObject();
        composition.addProperty("text", text);
        keyboard.send("Input.insertText", composition);
    }

    private static java.util.Map<String, Object> key(String key, int keyCode, boolean isComposing) {
        return java.util.Map.of(
                "key", key, "keyCode", keyCode, "isComposing", isComposing, "bubbles", true, "cancelable", true);
    }
}
