package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import id.warung.kit.WarungProcess;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/** A user at a browser of their own: what they do on the page and what they see there. */
final class Guest implements AutoCloseable {
    private static final String WATCH_THE_POLICY = """
            window.violations = [];
            addEventListener('securitypolicyviolation', (event) =>
                window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
            """;

    /** The scroll position in the log, and its height. */
    private static final String SCROLLED = """
            () => {
                const { scrollTop, scrollHeight } = document.querySelector('warung-timeline .scroll');
                return `${scrollTop} of ${scrollHeight}`;
            }""";

    private final BrowserContext context;
    private final Page page;
    private final URI address;
    private final List<String> faults = new ArrayList<>();
    private final List<Guest> tabs = new ArrayList<>();

    private Guest(URI address, Browser.NewContextOptions options) {
        this(address, Chromium.get().newContext(options));
        context.addInitScript(WATCH_THE_POLICY);
    }

    private Guest(URI address, BrowserContext context) {
        this.address = address;
        this.context = context;
        page = context.newPage();
        page.onPageError(faults::add);
        page.onDialog(dialog -> {
            faults.add("A dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                faults.add(message.text());
            }
        });
    }

    /** Opens the page for the first time, at `room`. */
    static Guest arrives(WarungProcess warung, String room, Browser.NewContextOptions options) {
        return arrives(warung.address(), room, options);
    }

    static Guest arrives(URI address, String room, Browser.NewContextOptions options) {
        Guest guest = new Guest(address, options);
        guest.goesTo(room);
        return guest;
    }

    static Guest arrives(WarungProcess warung, String room) {
        return arrives(warung, room, desk());
    }

    /** Opens the page, types `name`, and is in `room`. */
    static Guest named(String name, WarungProcess warung, String room, Browser.NewContextOptions options) {
        Guest guest = arrives(warung, room, options);
        guest.comesInAs(name);
        return guest;
    }

    static Guest named(String name, WarungProcess warung, String room) {
        return named(name, warung, room, desk());
    }

    /** A desktop with an English browser. */
    static Browser.NewContextOptions desk() {
        return new Browser.NewContextOptions().setLocale("en-US").setViewportSize(1100, 760);
    }

    static Browser.NewContextOptions phone() {
        return new Browser.NewContextOptions()
                .setLocale("en-US")
                .setViewportSize(360, 640)
                .setDeviceScaleFactor(2)
                .setHasTouch(true)
                .setIsMobile(true);
    }

    /** The same user in another tab of the same browser, which has not opened a page yet. */
    Guest opensATab() {
        Guest tab = new Guest(address, context);
        tabs.add(tab);
        return tab;
    }

    /** The same user in another tab, in `room`. */
    Guest opensATab(String room) {
        Guest tab = opensATab();
        tab.goesTo(room);
        tab.isLive();
        return tab;
    }

    void goesTo(String room) {
        page.navigate(address + "#" + room);
    }

    void comesInAs(String name) {
        givesAName(name);
        isLive();
    }

    void givesAName(String name) {
        page.getByLabel("What shall we call you?").fill(name);
        page.keyboard().press("Enter");
    }

    void reloads() {
        page.reload();
    }

    void writes(String text) {
        field().fill(text);
    }

    void says(String text) {
        writes(text);
        if (Boolean.TRUE.equals(page.evaluate("matchMedia('(pointer: coarse)').matches"))) {
            page.locator("warung-composer .send").click();
        } else {
            field().press("Enter");
        }
    }

    void sees(String text) {
        assertThat(message(text)).isVisible();
    }

    /** Waits until the text is in the log exactly once: no longer pending, and not doubled. */
    void seesOnce(String text) {
        assertThat(message(text)).hasCount(1);
        assertThat(message(text)).hasClass(Pattern.compile("^message( first)?( own)?( mentioned)?( flash)?$"));
    }

    void seesPending(String text) {
        assertThat(message(text)).hasClass(Pattern.compile(".*(waiting|sent).*"));
    }

    /** Waits until exactly these texts are there, in this order. */
    void seesOnly(String... texts) {
        assertThat(page.locator("li.message .text")).hasText(texts);
    }

    /**
     * Waits until this JavaScript function returns true. (The content security policy blocks Playwright's own way from its second try
     * on.)
     */
    void waitsUntil(String function, Object argument) {
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(function, argument)));
    }

    void isLive() {
        assertThat(status()).hasAttribute("data-phase", "live");
    }

    void isTold(String words) {
        assertThat(status()).containsText(words);
    }

    void isCalled(String name) {
        assertThat(page.locator("warung-sidebar .me bdi")).hasText(Pattern.compile("^" + name));
    }

    /** The user's name here: if the name was taken, with a number. */
    String name() {
        return page.locator("warung-sidebar .me bdi").textContent();
    }

    /** Reaches a message by keys: moves the focus there, to its neighbour and back. */
    void reaches(Locator message) {
        message.focus();
        page.keyboard().press("ArrowUp");
        if (!Boolean.TRUE.equals(message.evaluate("node => node === document.activeElement"))) {
            page.keyboard().press("ArrowDown");
        }
        assertThat(message).isFocused();
    }

    /** Presses `key` until this message is on the page; waits each time until it has had an effect. */
    void pagesUntil(String key, String text) {
        for (int pages = 0; message(text).count() == 0; pages++) {
            Assertions.assertThat(pages).isLessThan(100);
            Object before = page.evaluate(SCROLLED);
            field().press(key);
            page.waitForCondition(() ->
                    !before.equals(page.evaluate(SCROLLED)) || message(text).count() > 0);
        }
    }

    /** Opens the sidebar with rooms and users, which is a drawer on a small page. */
    void opensSidebar() {
        Locator menu = page.locator("warung-room-header .menu");
        if (menu.isVisible()) {
            menu.click();
        }
        assertThat(page.locator("warung-sidebar")).isVisible();
    }

    /** Opens the user's name and settings. */
    void opensProfile() {
        opensSidebar();
        page.locator("warung-sidebar .me").click();
        assertThat(page.locator("warung-profile dialog")).isVisible();
    }

    /** Checks that nothing went wrong unnoticed: no script error, no dialog, no breach of the content security policy. */
    void isUndisturbed() {
        Assertions.assertThat(faults).isEmpty();
        if (!page.isClosed()) {
            Assertions.assertThat(page.evaluate("window.violations")).isEqualTo(List.of());
        }
        tabs.forEach(Guest::isUndisturbed);
    }

    Locator field() {
        return page.locator("warung-composer textarea");
    }

    Locator status() {
        return page.locator("warung-status");
    }

    Locator messages() {
        return page.locator("li.message");
    }

    Locator message(String text) {
        return messages().filter(new Locator.FilterOptions().setHas(page.getByText(text, exact())));
    }

    /** The button for `action` on a message, which appears under the pointer. */
    Locator tool(String text, String action) {
        message(text).hover();
        return message(text)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(action).setExact(true));
    }

    /** The visible button with this name. */
    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }

    private static Page.GetByTextOptions exact() {
        return new Page.GetByTextOptions().setExact(true);
    }
}
