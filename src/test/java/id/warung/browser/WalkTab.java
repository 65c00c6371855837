package id.warung.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A tab of the walker: its page, its room, its history, and what it may show besides the messages. */
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
    /** The rooms that were left while the reader may have been elsewhere than at the end. */
    private final Set<String> rested = new HashSet<>();
    /** The page's last warning in this room: why something was unavailable. */
    private String warned = "";

    /** True from entering the room until its screen was checked. */
    boolean arriving;
    /** True when the reader may be elsewhere than at the end. */
    boolean mayRest;
    /** True when the reader was not at the end when they left this room: it is shown where they were. */
    boolean resumes;
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

    /** Opens a new tab at this address. */
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

    /** Goes to a place by a click, a command or the address: later entries of the history are dropped. */
    void goes(Place place, Consumer<Page> way) {
        boolean same = place.equals(place());
        boolean stays = place.room().equals(place().room());
        leaves();
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

    /** Moves in the history by the browser's own buttons. */
    void steps(int places) {
        String left = place().room();
        leaves();
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
        rested.clear();
        page.reload();
        comes();
    }

    /** Posts: the message is shown at once, at the end, and nothing is new any more. */
    void says(String text) {
        field().fill(text);
        field().press("Enter");
        isAtTheEnd();
        newFrom = -1;
    }

    /** The composer's text field. */
    Locator field() {
        return page.locator("warung-composer textarea");
    }

    static Locator link(Page page, String room) {
        return page.locator("warung-sidebar a[href='#" + room + "']");
    }

    /** The reader is at the end and has left the message of the address. */
    void isAtTheEnd() {
        history.set(at, new Place(place().room(), 0));
        mayRest = false;
    }

    private void comes() {
        warned = "";
        arriving = true;
        newFrom = -1;
        resumes = rested.contains(place().room());
        mayRest = place().seq() > 0 || resumes;
    }

    /** The page shows each room where its reader has left it. */
    private void leaves() {
        if (mayRest) {
            rested.add(place().room());
        } else {
            rested.remove(place().room());
        }
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
