package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page says what it cannot do, in the right words, and loses nothing. */
class CourtesyIT extends Table {
    private static final LocatorAssertions.ContainsTextOptions VISIBLE =
            new LocatorAssertions.ContainsTextOptions().setUseInnerText(true);

    @Test
    void aDroppedFileStaysOutsideAndTheUserIsTold() {
        Guest ana = guest("Ana");
        String drop = """
                (file) => {
                    const dataTransfer = new DataTransfer();
                    if (file) dataTransfer.items.add(new File(['x'], 'x.txt'));
                    else dataTransfer.setData('text/plain', 'words');
                    return ['dragover', 'drop'].map((type) => {
                        const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
                        document.querySelector('warung-timeline').dispatchEvent(event);
                        return event.defaultPrevented;
                    }).join(' ');
                }""";
        assertThat(ana.page().evaluate(drop, false)).isEqualTo("false false");
        assertThat(ana.page().evaluate(drop, true)).isEqualTo("true true");
        assertThat(ana.page().getByText("Files cannot be sent here")).isVisible();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });",
                "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };",
                "indexedDB.open = () => { throw new DOMException('', 'SecurityError'); };"
            })
    void blockedStorageIsSaidAndThePageWorks(String block) {
        Guest ana = stranger(Guest.desk());
        ana.context().addInitScript(block);
        ana.reloads();
        ana.comesInAs("Ana");
        ana.isTold("This browser blocks storage for this page.");
        ana.says("all the same");
        ana.seesOnce("all the same");
    }

    @Test
    void whereStorageWorksNothingIsSaidOfIt() {
        Guest ana = guest("Ana");
        ana.says("kept");
        ana.seesOnce("kept");
        assertThat(ana.page().locator("warung-status .notice")).isHidden();
    }

    @Test
    void aSoundCanBeChosenWhileTheBrowserStillAsksForNotifications() {
        Guest ana = guest("Ana");
        ana.page().evaluate("() => { Notification.requestPermission = () => new Promise(() => {}); }");
        ana.opensProfile();
        ana.page().getByLabel("Notifications").selectOption("all");
        ana.page().getByLabel("Play a sound").check();
        ana.reloads();
        ana.opensProfile();
        assertThat(ana.page().getByLabel("Play a sound")).isChecked();
    }

    @Test
    void aSearchForPeopleSaysWhenThereIsNobody() {
        Guest ana = guest("Ana");
        Guest budi = guest("Wirawan");
        ana.opensSidebar();
        ana.button("New direct message").click();
        assertThat(ana.page().locator("#switcher-name")).isFocused(); // it may still have to load
        Locator dialog = ana.page().locator("warung-switcher");
        ana.page().keyboard().type("nobody at all");
        assertThat(dialog.getByText("No one else found.")).isVisible();
        ana.page().locator("#switcher-name").fill(budi.name());
        assertThat(dialog.locator("[role=option]")).hasCount(1);
        assertThat(dialog.getByText("No one else found.")).isHidden();
        ana.page().locator("#switcher-name").fill("");
        assertThat(dialog.getByText("No one else found.")).isHidden();
        ana.page().keyboard().press("Escape");
        ana.page().keyboard().press("Control+k");
        ana.page().keyboard().type("Nobody!");
        assertThat(dialog.getByText("No room or person found.")).isVisible();
    }

    @Test
    void aDirectConversationIsCalledOne() {
        Guest ana = guest("Ana");
        Guest budi = guest("Hendrawan");
        ana.opensSidebar();
        ana.button("New direct message").click();
        assertThat(ana.page().locator("#switcher-name")).isFocused(); // it may still have to load
        ana.page().keyboard().type(budi.name());
        assertThat(ana.page().locator("warung-switcher [role=option]")).hasCount(1);
        ana.page().keyboard().press("Enter");
        assertThat(ana.page().locator("warung-room-header .place")).hasText(budi.name());
        ana.says("psst");
        ana.seesOnce("psst");
        ana.page().locator("warung-room-header .place").click();
        assertThat(ana.page().getByLabel("Mute this conversation")).isVisible();
        assertThat(ana.page().locator("warung-room-settings")).not().containsText("room", VISIBLE);
        ana.page().keyboard().press("Escape");
        assertThat(ana.page().locator("[role=log]")).hasAttribute("aria-label", "Messages with " + budi.name());
        assertThat(ana.page().locator("[role=log]")).containsText("started this conversation");
        assertThat(ana.page().locator("[role=log]")).not().containsText("room", VISIBLE);
    }

    @Test
    void theSwitcherAndTheSearchLeadToEachOtherByTheirKeys() {
        Guest ana = guest("Ana");
        Locator search = ana.page().locator("warung-search dialog");
        Locator switcher = ana.page().locator("warung-switcher dialog");
        for (int i = 0; i < 2; i++) {
            ana.page().keyboard().press("Control+f");
            assertThat(search).isVisible();
            assertThat(switcher).isHidden();
            ana.page().keyboard().type("kopi");
            ana.page().keyboard().press("Control+k");
            assertThat(switcher).isVisible();
            assertThat(search).isHidden();
        }
        ana.page().keyboard().type("teh");
        assertThat(ana.page().locator("#switcher-name")).hasValue("teh");
        ana.page().keyboard().press("Escape");
        assertThat(ana.page().locator("dialog[open]")).hasCount(0);
        ana.opensProfile();
        ana.page().keyboard().press("Control+k");
        assertThat(switcher).isHidden();
    }
}
