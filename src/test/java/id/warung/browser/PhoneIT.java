package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What fingers do on a phone. */
class PhoneIT extends Table {
    private static final int HOME_BAR_PX = 34;

    @Test
    void aTapDoesNothingAndALongPressOpensTheMenu() {
        Guest ana = guest("Ana", Guest.phone());
        ana.says("touch me");
        ana.seesOnce("touch me");
        ana.message("touch me").locator(".text p").tap();
        assertThat(ana.page().locator("dialog[open]")).hasCount(0);
        opensMenu(ana, "touch me");
        assertThat(menu(ana).getByRole(AriaRole.BUTTON)).hasText(new String[] {
            "", "", "", "", "", "", "", "Reply", "Edit", "Copy text", "Copy link", "Mark unread from here", "Delete"
        });
        assertThat(Axe.violations(ana.page())).isEmpty();
        ana.button("Reply").tap();
        assertThat(menu(ana)).isHidden();
        assertThat(occasion(ana)).containsText("touch me");
        assertThat(ana.field()).isFocused();
        opensMenu(ana, "touch me");
        ana.button("Delete").tap();
        assertThat(ana.messages()).hasText("Message deleted · Undo");
    }

    @Test
    void theTextOfAMessageIsCopiedFromItsMenu() {
        Guest ana = guest("Ana", Guest.phone());
        ana.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        ana.says("one two");
        opensMenu(ana, "one two");
        ana.button("Copy text").tap();
        assertThat(ana.page().getByText("Text copied")).isVisible();
        assertThat(ana.page().evaluate("navigator.clipboard.readText()")).isEqualTo("one two");
    }

    /** A page over plain http has no other clipboard. */
    @Test
    void theTextIsCopiedAlsoWhereThePageMayNotUseTheClipboard() {
        Guest ana = guest("Ana", Guest.phone());
        ana.page().evaluate("Object.defineProperty(navigator, 'clipboard', { value: null })");
        ana.says("plainly");
        opensMenu(ana, "plainly");
        ana.button("Copy text").tap();
        assertThat(ana.page().getByText("Text copied")).isVisible();
    }

    @Test
    void aSwipeAnswersAMessage() {
        Guest budi = guest("Budi");
        budi.says("who brings rice?");
        Guest ana = guest("Ana", Guest.phone());
        ana.sees("who brings rice?");
        new Finger(ana.page())
                .presses(text(ana, "who brings rice?"))
                .moves(90, 4)
                .lifts();
        assertThat(occasion(ana)).containsText("who brings rice?");
        ana.field().press("Escape");
        new Finger(ana.page())
                .presses(text(ana, "who brings rice?"))
                .moves(20, 0)
                .lifts();
        assertThat(occasion(ana)).isHidden();
    }

    /** It would hide what one has come to read. */
    @Test
    void noKeyboardComesUpOnArrival() {
        Guest ana = guest("Ana", Guest.phone());
        assertThat(ana.field()).isVisible();
        assertThat(ana.field()).not().isFocused();
        ana.reloads();
        ana.isLive();
        assertThat(ana.field()).not().isFocused();
        ana.opensSidebar();
        ana.page().locator("warung-sidebar .rooms a").first().tap();
        assertThat(ana.field()).not().isFocused();
    }

    @Test
    void nothingIsUnderTheHomeBar() {
        Guest ana = guest("Ana", Guest.phone());
        JsonObject insets = new JsonObject();
        insets.addProperty("bottom", HOME_BAR_PX);
        JsonObject given = new JsonObject();
        given.add("insets", insets);
        ana.page().context().newCDPSession(ana.page()).send("Emulation.setSafeAreaInsetsOverride", given);
        endsAboveTheHomeBar(ana, ana.field());
        ana.opensSidebar();
        endsAboveTheHomeBar(ana, ana.page().locator("warung-sidebar .me"));
        ana.page().keyboard().press("Escape");
        ana.says("hold me");
        opensMenu(ana, "hold me");
        endsAboveTheHomeBar(ana, ana.button("Delete"));
        ana.page().keyboard().press("Escape");
        ana.button("Search").tap();
        endsAboveTheHomeBar(
                ana, ana.page().locator("warung-search .sheet > *:visible").last());
    }

    private static void endsAboveTheHomeBar(Guest guest, Locator node) {
        guest.page().waitForCondition(() -> {
            BoundingBox box = node.boundingBox();
            return box.y + box.height <= guest.page().viewportSize().height - HOME_BAR_PX;
        });
    }

    static void opensMenu(Guest guest, String text) {
        guest.seesOnce(text);
        Finger finger = new Finger(guest.page()).presses(text(guest, text));
        assertThat(menu(guest)).isVisible();
        finger.lifts();
        assertThat(menu(guest)).isVisible();
    }

    private static Locator text(Guest guest, String text) {
        return guest.message(text).locator(".text p");
    }

    private static Locator menu(Guest guest) {
        return guest.page().locator("warung-menu dialog");
    }

    private static Locator occasion(Guest guest) {
        return guest.page().locator("warung-composer .occasion");
    }
}
