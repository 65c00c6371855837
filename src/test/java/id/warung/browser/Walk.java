package id.warung.browser;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import id.warung.browser.WalkRoom.Kind;
import id.warung.browser.WalkRoom.Said;
import id.warung.browser.WalkTab.Place;
import id.warung.kit.WarungProcess;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random walk through rooms with a browser: after each step, every screen is compared with the model. */
final class Walk implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;
    private static final int PATIENCE_WITH_SERVERS_MS = 90_000;

    final WarungProcess warung;
    final long seed;
    final Random random;
    final WalkModel model = new WalkModel();
    final List<WalkTab> tabs = new ArrayList<>();
    final WalkFriend friend;
    private final BrowserContext context;
    private final List<String> log = new ArrayList<>();
    private final WalkMarks marks;
    private final String reader;
    private int words;
    private List<String> differences = List.of();

    Walk(WarungProcess warung, long seed) {
        this.warung = warung;
        this.seed = seed;
        random = new Random(seed);
        context = Chromium.get().newContext(Guest.desk());
        String prefix = "w" + Long.toString(seed, 36).replace('-', 'm') + "-";
        WalkRoom lobby = new WalkRoom(prefix + "lobby", Kind.PUBLIC, false);
        Page page = opens(new Place(lobby.name, 0), true).page();
        page.getByLabel("What shall we call you?").fill("Ana");
        page.keyboard().press("Enter");
        page.waitForCondition(
                () -> page.locator("warung-status[data-phase=live]").count() == 1);
        JsonObject identity = JsonParser.parseString((String) page.evaluate(
                        "localStorage.getItem(Object.keys(localStorage).find((key) => key.endsWith(':identity')))"))
                .getAsJsonObject();
        reader = identity.get("id").getAsString();
        marks = new WalkMarks(warung.address(), identity.get("token").getAsString());
        URI address = warung.address();
        friend = new WalkFriend(
                URI.create("ws" + address.resolve("chat").toString().substring(4)));
        furnishes(prefix, lobby);
    }

    private void furnishes(String prefix, WalkRoom lobby) {
        model.add(friend.makes(prefix + "a-few", Kind.PUBLIC, reader));
        model.add(friend.makes(prefix + "b-long", Kind.PUBLIC, reader));
        model.add(friend.joins(new WalkRoom(prefix + "c-empty", Kind.PUBLIC, false)));
        model.add(friend.makes(prefix + "d-archive", Kind.PUBLIC, reader));
        model.add(friend.makes(prefix + "e-club", Kind.MEMBERS, reader));
        model.add(friend.makes(prefix + "f-busy", Kind.PUBLIC, reader));
        model.add(friend.joins(lobby));
        model.add(friend.writesTo(reader));
        int[] sizes = {3, 240, 0, 6, 4, 70, 0, 2};
        for (int i = 0; i < sizes.length; i++) {
            for (int n = 0; n < sizes[i]; n++) {
                friend.says(model.rooms().get(i), words());
            }
        }
        friend.archives(model.room(prefix + "d-archive"), true);
    }

    /** Takes this many steps. */
    void takes(int steps) {
        WalkSteps possible = new WalkSteps(this);
        check(PATIENCE_MS);
        for (int i = 0; i < steps; i++) {
            friend.listens();
            log.add("");
            long began = System.nanoTime();
            try {
                possible.take();
                tells((System.nanoTime() - began) / 1_000_000 + " ms");
            } catch (PlaywrightException | IllegalStateException fault) {
                throw new AssertionError(story("It could not be done."), fault);
            }
        }
    }

    /** Records what this step does. */
    void tells(String what) {
        int last = log.size() - 1;
        log.set(last, log.get(last).isEmpty() ? what : log.get(last) + ", " + what);
    }

    /** One of the tabs, which is in front from now on. */
    WalkTab anyTab() {
        WalkTab tab = any(tabs);
        tab.page().bringToFront();
        tab.page().evaluate("dispatchEvent(new Event('focus'))"); // an automated browser does not tell pages this
        return tab;
    }

    <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    WalkRoom roomOf(WalkTab tab) {
        return model.room(tab.place().room());
    }

    /** A text that was not used before. */
    String words() {
        words++;
        return "message " + words
                + (random.nextInt(6) == 0 ? " and some more words of it".repeat(1 + random.nextInt(12)) : "");
    }

    WalkTab opens(Place place, boolean named) {
        WalkTab tab = WalkTab.opens(context, warung.address(), place, named);
        tabs.add(tab);
        return tab;
    }

    void closes(WalkTab tab) {
        tabs.remove(tab);
        tab.close();
    }

    void goesOffline(boolean offline) {
        context.setOffline(offline);
    }

    /** Waits until no page is connected any more. */
    void isCutOff() {
        for (WalkTab tab : tabs) {
            tab.page()
                    .waitForCondition(() ->
                            tab.page().locator("warung-status[data-phase=live]").count() == 0);
        }
    }

    /** Waits until the server has stored the read marks: later ones would include them. */
    void marksAreKept() {
        WalkTab tab = tabs.get(0);
        tab.page().waitForCondition(() -> {
            friend.listens();
            return marks.agree(model);
        });
    }

    /** Waits until messages that waited for a connection are in the log, so that all later ones come after them. */
    void isInTheLog(WalkRoom room, String text) {
        WalkTab tab = tabs.get(0);
        tab.page().waitForCondition(() -> {
            friend.listens();
            return marks.hasLately(room.name, text);
        });
    }

    /** Waits until the server has this reaction of the reader, or no longer. */
    void isReacted(WalkRoom room, Said message, String emoji, boolean on) {
        WalkTab tab = tabs.get(0);
        tab.page().waitForCondition(() -> {
            friend.listens();
            return marks.hasReaction(room.name, message.seq(), emoji) == on;
        });
    }

    /** A page that is closed sends its read mark, but browsers do not promise that it arrives. */
    void leaves() {
        marksAreKept();
        settles();
    }

    /** The other tabs learn from the server what one tab has read. */
    void settles() {
        if (tabs.size() > 1) {
            marksAreKept();
            check();
        }
    }

    void check() {
        check(PATIENCE_MS);
    }

    void checkWithServers() {
        check(PATIENCE_WITH_SERVERS_MS);
    }

    private void check(int patienceMs) {
        for (WalkTab tab : tabs) {
            if (tab.arriving) {
                tab.newFrom = roomOf(tab).firstUnread();
                tab.mayRest |= tab.newFrom >= 0;
            }
        }
        try {
            tabs.get(0)
                    .page()
                    .waitForCondition(this::agrees, new Page.WaitForConditionOptions().setTimeout(patienceMs));
        } catch (TimeoutError late) {
            throw new AssertionError(story(String.join("\n", differences)), late);
        }
    }

    private boolean agrees() {
        friend.listens(); // a step may take longer than a server waits for a pong
        WalkCheck check = new WalkCheck(model);
        List<Screen> screens = tabs.stream().map(Walk::screen).toList();
        for (int i = 0; i < screens.size(); i++) {
            check.room(tabs.get(i), screens.get(i));
            check.differences().addAll(tabs.get(i).faults());
        }
        if (check.differences().isEmpty()) {
            for (int i = 0; i < screens.size(); i++) {
                looked(tabs.get(i), screens.get(i));
            }
            for (int i = 0; i < screens.size(); i++) {
                check.surroundings(tabs.get(i), screens.get(i));
            }
        }
        differences = check.differences();
        return differences.isEmpty();
    }

    /** Null while the tab goes from one page to the next. */
    private static Screen screen(WalkTab tab) {
        try {
            return Screen.of(tab.page());
        } catch (PlaywrightException gone) {
            return null;
        }
    }

    private void looked(WalkTab tab, Screen screen) {
        tab.arriving = false;
        if (screen.following()) {
            tab.mayRest = false;
            roomOf(tab).readAll();
        }
    }

    String story(String end) {
        StringBuilder story = new StringBuilder(
                "Seed " + seed + ", step " + log.size() + "; to see it again: -Dwalk.seed=" + seed + "\n");
        for (int i = 0; i < log.size(); i++) {
            story.append("  ").append(i + 1).append(". ").append(log.get(i)).append('\n');
        }
        return story.append(end).toString();
    }

    @Override
    public void close() {
        context.close();
        friend.close();
    }
}
