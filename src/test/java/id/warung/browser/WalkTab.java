package id.warung.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A tab of the walker's: its page, where it is, where it has been, and what may be seen there beside what was said. */
final class WalkTab implements AutoCloseable {
    /** An entry of the tab's history; {@code seq} is 0 when it leads to no message. */
    record Place(String room, int seq) {
        String address() {
            return seq == 0 ? room : room + "/" + seq;
        }
    }

    private final Page page;
    private final List<Place> history = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int at;
    /** What the page warned of last in this room: why something could not be had. */
    private String warned = "";

    /** True from the moment its reader came into the room until that was looked at. */
    boolean arriving;
    /** True when the reader may be elsewhere than at the end. */
    boolean mayRest;
    /** The index of the message below the line "New"; −1 without a line. */
    int newFrom = -1;

    private WalkTab(Page page) {
        this.page = page;
        page.onPageError(faults::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("warning")) {
                warned = message.text();
            }
        });
    }

    /** A new tab at this address. */
    static WalkTab opens(BrowserContext context, URI address, Place place, boolean named) {
        WalkTab tab = new WalkTab(context.newPage());
        tab.page.navigate(named ? address + "#" + place.address() : address.toString());
        tab.history.add(place);
        tab.comes();
        return tab;
    }

    Page page() {
        return page;
    }

    Place place() {
        return history.get(at);
    }

    List<String> faults() {
        return faults;
    }

    /** By a click, a command or the address: what lay ahead in the history is no more. */
    void goes(Place place, Consumer<Page> way) {
        boolean same = place.equals(place());
        boolean stays = place.room().equals(place().room());
        if (!same) {
            history.subList(at + 1, history.size()).clear();
            history.add(place);
            at++;
        }
        way.accept(page);
        if (stays) {
            mayRest |= place.seq() > 0;
        } else {
            comes();
        }
    }

    boolean mayStep(int places) {
        return at + places >= 0 && at + places < history.size();
    }

    /** By the browser's own buttons. */
    void steps(int places) {
        String left = place().room();
        at += places;
        page.evaluate("places => history.go(places)", places);
        page.waitForCondition(() -> page.url().endsWith("#" + place().address()));
        if (place().room().equals(left)) {
            mayRest |= place().seq() > 0;
        } else {
            comes();
        }
    }

    void reloads() {
        page.reload();
        comes();
    }

    /** What is said is seen at once, at the end, and nothing is new any more. */
    void says(String text) {
        field().fill(text);
        field().press("Enter");
        isAtTheEnd();
        newFrom = -1;
    }

    /** Where one writes. */
    Locator field() {
        return page.locator("warung-composer textarea");
    }

    static Locator link(Page page, String room) {
        return page.locator("warung-sidebar a[href='#" + room + "']");
    }

    /** The reader is at the end and has left the message that the address led to. */
    void isAtTheEnd() {
        history.set(at, new Place(place().room(), 0));
        mayRest = false;
    }

    private void comes() {
        warned = "";
        arriving = true;
        newFrom = -1;
        mayRest = place().seq() > 0;
    }

    @Override
    public void close() {
        page.close();
    }

    @Override
    public String toString() {
        return "tab at " + place().address() + (newFrom < 0 ? "" : ", new from " + newFrom)
                + (mayRest ? ", may rest" : "") + (warned.isEmpty() ? "" : ", warned: " + warned);
    }
}
