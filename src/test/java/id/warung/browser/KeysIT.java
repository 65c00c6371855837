package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys are commands only where keys have moved the focus; after a click they are text for the composer. */
class KeysIT extends Table {
    /** Words that begin with a command, or are one. */
    private static final List<String> WORDS = List.of("rather", "everyone?", "like", "Hi", "?", "/me");

    private static final List<String> PLACES = List.of(
            "li.message:not(.own) .text p",
            "li.message.own .text p",
            "li.message.own .head",
            "li.day",
            "warung-timeline .begin",
            "header");

    private Guest ana;

    @BeforeEach
    void twoHaveSpoken() {
        ana = guest("Ana");
        new PlainClient(warung(), room).says("theirs");
        ana.sees("theirs");
        ana.says("mine");
        ana.seesOnce("mine");
        ana.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        ana.page().evaluate("navigator.clipboard.writeText('precious')");
    }

    @Test
    void typedTextGoesIntoTheFieldFromTheFirstCharacterAfterAnyClick() {
        for (String place : PLACES) {
            for (String words : WORDS) {
                ana.page().locator(place).first().click();
                ana.page().keyboard().type(words);
                assertThat(ana.field()).hasValue(words);
                assertThat(occasion()).isHidden();
                ana.writes("");
            }
        }
        ana.seesOnly("theirs", "mine");
    }

    /** These have no key on the keyboard that the other tests type with. */
    @Test
    void aCharacterOfAnyKeyboardGoesIntoTheField() {
        CDPSession keyboard = ana.context().newCDPSession(ana.page());
        for (String character : List.of("é", "ж", "ß", "ก")) {
            ana.message("mine").click();
            JsonObject key = new JsonObject();
            key.addProperty("type", "keyDown");
            key.addProperty("key", character);
            key.addProperty("text", character);
            keyboard.send("Input.dispatchKeyEvent", key);
        }
        assertThat(ana.field()).hasValue("éжßก");
    }

    @Test
    void afterAClickNoKeyDeletesOrCopiesOrOpensAnything() {
        for (String place : PLACES) {
            for (String key : List.of("Backspace", "Delete", "l", "e", "r")) {
                ana.page().locator(place).first().click();
                ana.page().keyboard().press(key);
                assertThat(menu()).isHidden();
            }
        }
        assertThat(ana.field()).hasValue("ler".repeat(PLACES.size()));
        ana.seesOnly("theirs", "mine");
        assertThat(clipboard()).isEqualTo("precious");
    }

    @Test
    void theFocusThatFollowsAClickTakesNoLetters() {
        ana.message("mine").locator("a.when").click();
        assertThat(ana.message("mine")).isFocused();
        ana.page().keyboard().type("everyone");
        assertThat(ana.field()).hasValue("everyone");
        assertThat(occasion()).isHidden();
        ana.writes("");
        ana.message("mine").click();
        ana.page().keyboard().press("Shift+F10");
        assertThat(menu()).isVisible();
        ana.page().keyboard().press("Escape");
        ana.page().keyboard().type("rest");
        assertThat(ana.field()).hasValue("rest");
    }

    @Test
    void theFocusThatAnAddressLedToTakesNoLettersAlsoAfterKeysHaveLed() {
        for (String text : List.of("mine", "theirs")) {
            ana.reaches(ana.message("theirs"));
            String address = ana.message(text).locator("a.when").getAttribute("href");
            ana.page().evaluate("address => { location.hash = new URL(address, location.href).hash }", address);
            assertThat(ana.message(text)).isFocused();
            ana.page().keyboard().type("remember");
            assertThat(ana.field()).hasValue("remember");
            assertThat(occasion()).isHidden();
            ana.writes("");
        }
    }

    @Test
    void whereKeysHaveLedLettersActAndWhatCannotBeTakenBackAsksFirst() {
        ana.reaches(ana.message("mine"));
        ana.page().keyboard().press("Delete");
        assertThat(ana.button("Delete")).isFocused();
        ana.page().keyboard().press("Escape");
        assertThat(ana.message("mine")).isFocused();
        ana.page().keyboard().press("Backspace");
        assertThat(ana.button("Delete")).isFocused();
        ana.page().keyboard().press("Escape");
        ana.page().keyboard().press("l");
        assertThat(ana.button("Copy link")).isFocused();
        assertThat(clipboard()).isEqualTo("precious");
        ana.page().keyboard().press("Enter");
        assertThat(ana.page().getByText("Link copied")).isVisible();
        assertThat(clipboard()).contains("#" + room + "/");
        ana.seesOnly("theirs", "mine");
        ana.reaches(ana.message("theirs"));
        ana.page().keyboard().press("Delete");
        assertThat(menu()).isHidden();
        ana.page().keyboard().press("e");
        assertThat(occasion()).isHidden();
        ana.page().keyboard().press("r");
        assertThat(occasion()).containsText("theirs");
    }

    @Test
    void textThatIsNoCommandGoesIntoTheFieldFromAMessageReachedByKeys() {
        ana.reaches(ana.message("mine"));
        ana.page().keyboard().type("Hello everyone");
        assertThat(ana.field()).hasValue("Hello everyone");
    }

    @Test
    void aLetterWithAnotherKeyIsNoCommand() {
        ana.reaches(ana.message("mine"));
        for (String modifier : List.of("ctrlKey", "altKey", "metaKey")) {
            for (String key : List.of("r", "e", "l", "Delete", "Backspace")) {
                ana.message("mine")
                        .dispatchEvent(
                                "keydown", Map.of("key", key, modifier, true, "bubbles", true, "cancelable", true));
            }
        }
        assertThat(ana.message("mine")).isFocused();
        assertThat(occasion()).isHidden();
        assertThat(menu()).isHidden();
    }

    @Test
    void aKeyOfAnInputMethodIsNoCommandAndTheCompositionBeginsInTheField() {
        for (String key : List.of("r", "e", "l", "Delete", "Enter", "Process", "?")) {
            ana.reaches(ana.message("mine"));
            ana.message("mine")
                    .dispatchEvent("keydown", Map.of("key", key, "keyCode", 229, "bubbles", true, "cancelable", true));
            assertThat(ana.field()).isFocused();
            assertThat(menu()).isHidden();
            assertThat(occasion()).isHidden();
        }
        CDPSession keyboard = ana.context().newCDPSession(ana.page());
        keyboard.send("Input.imeSetComposition", composition("nihao"));
        assertThat(ana.field()).hasValue("nihao");
        JsonObject text = new JsonObject();
        text.addProperty("text", "你好");
        keyboard.send("Input.insertText", text);
        assertThat(ana.field()).hasValue("你好");
    }

    @Test
    void pastedTextGoesIntoTheFieldAfterAClickAndReplacesNothing() {
        ana.writes("a draft ");
        ana.field().press("Control+a");
        ana.message("theirs").click();
        ana.page().keyboard().press("Control+v");
        assertThat(ana.field()).hasValue("a draft precious");
        ana.field().press("Control+a");
        ana.message("theirs").click();
        ana.page().keyboard().press("!");
        assertThat(ana.field()).hasValue("a draft precious!");
    }

    @Test
    void aKeyThatIsHeldDownHasBeenPressedOnce() {
        ana.reaches(ana.message("mine"));
        ana.page().keyboard().down("Enter");
        assertThat(menu()).isVisible();
        ana.page().keyboard().down("Enter");
        ana.page().keyboard().down("Enter");
        assertThat(menu()).isVisible();
        ana.page().keyboard().up("Enter");
        ana.page().keyboard().press("Enter");
        assertThat(occasion()).containsText("mine");
    }

    @Test
    void shortcutsAreKnownByTheirPlaceOnLayoutsWithoutLatinLetters() {
        ana.field().dispatchEvent("keydown", command("л", "KeyK", "ctrlKey"));
        assertThat(ana.page().getByLabel("Room or person")).isFocused();
        ana.page().keyboard().press("Escape");
        ana.field().dispatchEvent("keydown", command("ب", "KeyF", "ctrlKey"));
        assertThat(ana.page().getByLabel("Search messages")).isFocused();
        ana.page().keyboard().press("Escape");
        ana.reaches(ana.message("mine"));
        ana.message("mine")
                .dispatchEvent("keydown", Map.of("key", "у", "code", "KeyE", "bubbles", true, "cancelable", true));
        assertThat(occasion()).containsText("Edit message");
    }

    @Test
    void elsewhereThanOnAMacTheKeyOfTheSystemIsNoCommand() {
        ana.field().dispatchEvent("keydown", command("k", "KeyK", "metaKey"));
        assertThat(ana.page().getByLabel("Room or person")).isHidden();
        ana.field().dispatchEvent("keydown", command("k", "KeyK", "ctrlKey"));
        assertThat(ana.page().getByLabel("Room or person")).isFocused();
    }

    @Test
    void onAMacCtrlEditsTextAndCmdCommands() {
        ana.context().addInitScript("""
                Object.defineProperty(navigator, 'userAgentData', { value: { platform: 'macOS' } });
                """);
        ana.reloads();
        ana.isLive();
        assertThat(ana.page().locator("warung-sidebar kbd")).hasText("⌘ K");
        for (String letter : List.of("k", "f")) {
            Object taken = ana.field().evaluate("""
                    (field, key) => !field.dispatchEvent(
                        new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true }))
                    """, letter);
            assertThat(taken).isEqualTo(false);
        }
        assertThat(ana.page().locator("dialog[open]")).hasCount(0);
        ana.field().dispatchEvent("keydown", command("k", "KeyK", "metaKey"));
        assertThat(ana.page().getByLabel("Room or person")).isFocused();
    }

    private static Map<String, Object> command(String key, String code, String with) {
        return Map.of("key", key, "code", code, with, true, "bubbles", true, "cancelable", true);
    }

    @Test
    void aFieldOfASheetKeepsWhatIsTyped() {
        ana.message("mine").click();
        ana.page().keyboard().press("Control+k");
        assertThat(ana.page().getByLabel("Room or person")).isFocused(); // it may still have to load
        ana.page().keyboard().type("else");
        assertThat(ana.page().getByLabel("Room or person")).hasValue("else");
        ana.page().keyboard().press("Escape");
        ana.opensProfile();
        ana.page().locator("warung-profile h2").click();
        ana.page().keyboard().type("rel");
        assertThat(ana.page().getByRole(AriaRole.DIALOG)).isVisible();
        ana.page().keyboard().press("Escape");
        assertThat(ana.field()).hasValue("");
    }

    private String clipboard() {
        return (String) ana.page().evaluate("navigator.clipboard.readText()");
    }

    private Locator occasion() {
        return ana.page().locator("warung-composer .occasion");
    }

    private Locator menu() {
        return ana.page().locator("warung-menu dialog");
    }

    private static JsonObject composition(String text) {
        JsonObject composition = new JsonObject();
        composition.addProperty("text", text);
        composition.addProperty("selectionStart", text.length());
        composition.addProperty("selectionEnd", text.length());
        return composition;
    }
}
