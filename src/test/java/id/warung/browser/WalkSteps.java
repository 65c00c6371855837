package id.warung.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import id.warung.browser.WalkRoom.Said;
import id.warung.browser.WalkTab.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What people do all day. Each step is done as a person does it, and told to the model. */
final class WalkSteps {
    /** So often, of all that may be done, and false when it cannot be done now. */
    private record Step(int weight, Act act) {}

    private interface Act {
        boolean done();
    }

    private final Walk walk;
    private final List<Step> steps = new ArrayList<>();

    WalkSteps(Walk walk) {
        this.walk = walk;
        steps.add(new Step(12, this::followsALink));
        steps.add(new Step(9, this::followsAnAddress));
        steps.add(new Step(4, this::choosesARoom));
        steps.add(new Step(6, this::goesToTheNextRoom));
        steps.add(new Step(8, this::goesBackOrForward));
        steps.add(new Step(8, this::reloads));
        steps.add(new Step(3, this::comesBackAnotherTime));
        steps.add(new Step(10, this::says));
        steps.add(new Step(14, this::isWrittenTo));
        steps.add(new Step(2, this::isWrittenToAtLength));
        steps.add(new Step(5, this::seesAnEdit));
        steps.add(new Step(4, this::seesADeletion));
        steps.add(new Step(4, this::edits));
        steps.add(new Step(2, this::deletes));
        steps.add(new Step(8, this::scrollsUp));
        steps.add(new Step(5, this::goesToTheEnd));
        steps.add(new Step(5, this::followsALinkToAMessage));
        steps.add(new Step(4, this::beginsToWrite));
        steps.add(new Step(3, this::opensOrClosesATab));
        steps.add(new Step(2, this::seesARoomArchived));
        steps.add(new Step(3, this::isOfflineForAWhile));
        steps.add(new Step(1, this::losesTheServer));
    }

    /** One that can be done. */
    void take() {
        int all = steps.stream().mapToInt(Step::weight).sum();
        while (true) {
            int left = walk.random.nextInt(all);
            for (Step step : steps) {
                left -= step.weight();
                if (left < 0) {
                    if (step.act().done()) {
                        return;
                    }
                    break;
                }
            }
        }
    }

    private boolean followsALink() {
        WalkTab tab = walk.anyTab();
        String room =
                walk.any(List.copyOf(walk.model.sidebar(tab.place().room()).keySet()));
        moves(tab, "link to " + room, new Place(room, 0), page -> link(page, room)
                .click());
        return true;
    }

    private boolean followsAnAddress() {
        WalkTab tab = walk.anyTab();
        String room = walk.any(walk.model.rooms()).name;
        moves(
                tab,
                "address " + room,
                new Place(room, 0),
                page -> page.evaluate("room => void (location.hash = room)", room));
        return true;
    }

    private boolean choosesARoom() {
        WalkTab tab = walk.anyTab();
        WalkRoom room = walk.any(walk.model.rooms());
        if (room.kind == WalkRoom.Kind.DIRECT || room.archived) {
            return false;
        }
        moves(tab, "Ctrl+K " + room.name, new Place(room.name, 0), page -> {
            page.keyboard().press("Control+k");
            page.getByLabel("Room or person").fill(room.name);
            page.keyboard().press("Enter");
        });
        return true;
    }

    private boolean goesToTheNextRoom() {
        WalkTab tab = walk.anyTab();
        List<String> order = walk.model.order(tab.place().room());
        int places = walk.random.nextBoolean() ? 1 : -1;
        String next = order.get(Math.floorMod(order.indexOf(tab.place().room()) + places, order.size()));
        moves(tab, "Alt+arrow to " + next, new Place(next, 0), page -> page.keyboard()
                .press(places > 0 ? "Alt+ArrowDown" : "Alt+ArrowUp"));
        return true;
    }

    private boolean goesBackOrForward() {
        WalkTab tab = walk.anyTab();
        int places = walk.any(List.of(-1, -1, 1, -2));
        if (!tab.mayStep(places)) {
            return false;
        }
        walk.tells("history " + places);
        settles();
        tab.steps(places);
        walk.check();
        return true;
    }

    private boolean reloads() {
        WalkTab tab = walk.anyTab();
        walk.tells("reload " + tab.place().address());
        leaves();
        tab.reloads();
        walk.check();
        return true;
    }

    private boolean comesBackAnotherTime() {
        if (walk.tabs.size() > 1) {
            return false;
        }
        WalkTab tab = walk.anyTab();
        boolean named = walk.random.nextBoolean();
        String room = named ? walk.any(walk.model.rooms()).name : tab.place().room();
        walk.tells("another time, " + (named ? "at " + room : "without an address"));
        leaves();
        WalkTab next = walk.opens(new Place(room, 0), named);
        walk.closes(tab);
        next.page().bringToFront();
        walk.check();
        return true;
    }

    private boolean says() {
        WalkTab tab = walk.anyTab();
        WalkRoom room = walk.roomOf(tab);
        if (room.archived) {
            return false;
        }
        walk.tells("says in " + room.name);
        for (int i = walk.random.nextInt(3); i >= 0; i--) {
            String text = walk.words();
            says(tab, text);
            room.says(text, true, 0);
        }
        walk.check();
        return true;
    }

    private boolean isWrittenTo() {
        return isWrittenTo(1 + walk.random.nextInt(4));
    }

    private boolean isWrittenToAtLength() {
        return isWrittenTo(20 + walk.random.nextInt(60));
    }

    private boolean isWrittenTo(int times) {
        WalkRoom room = walk.random.nextInt(3) == 0 ? walk.roomOf(walk.anyTab()) : walk.any(walk.model.rooms());
        if (room.archived) {
            return false;
        }
        walk.tells(times + " messages in " + room.name);
        for (int i = 0; i < times; i++) {
            walk.friend.says(room, walk.words());
        }
        walk.check();
        return true;
    }

    private boolean seesAnEdit() {
        WalkRoom room = walk.any(walk.model.rooms());
        List<Said> all = room.by(false);
        if (room.archived || all.isEmpty()) {
            return false;
        }
        Said old = walk.any(all.subList(Math.max(0, all.size() - 30), all.size()));
        walk.tells("an edit of " + old.text() + " in " + room.name);
        walk.friend.edits(room, old, walk.words());
        walk.check();
        return true;
    }

    private boolean seesADeletion() {
        WalkRoom room = walk.any(walk.model.rooms());
        List<Said> all = room.by(false);
        if (room.archived || all.isEmpty()) {
            return false;
        }
        Said old = walk.any(all.subList(Math.max(0, all.size() - 30), all.size()));
        walk.tells("the deletion of " + old.text() + " in " + room.name);
        walk.friend.deletes(room, old);
        walk.check();
        return true;
    }

    /** His last message, by the arrow key. */
    private boolean edits() {
        WalkTab tab = walk.anyTab();
        WalkRoom room = walk.roomOf(tab);
        Said last = lastOwn(tab, room);
        if (last == null || !walk.model.draft(room.name).isEmpty()) {
            return false;
        }
        String text = walk.words();
        walk.tells("edits " + last.text() + " in " + room.name);
        field(tab).press("ArrowUp");
        field(tab).fill(text);
        field(tab).press("Enter");
        room.edits(last, text);
        walk.check();
        return true;
    }

    /** His last message; the reload spares him the seconds in which he might take that back. */
    private boolean deletes() {
        WalkTab tab = walk.anyTab();
        WalkRoom room = walk.roomOf(tab);
        Said last = lastOwn(tab, room);
        if (last == null || walk.tabs.size() > 1) {
            return false;
        }
        walk.tells("deletes " + last.text() + " in " + room.name + " and reloads");
        leaves();
        Locator message = tab.page().locator("li.message.own").last();
        message.hover();
        message.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Delete").setExact(true))
                .click();
        tab.page()
                .waitForCondition(
                        () -> tab.page().locator("li.message.gone button").count() == 1);
        room.deletes(last);
        tab.reloads();
        walk.check();
        return true;
    }

    private boolean scrollsUp() {
        WalkTab tab = walk.anyTab();
        int pixels = 200 + walk.random.nextInt(4000);
        walk.tells("scrolls up by " + pixels + " in " + tab.place().room());
        tab.page().evaluate("pixels => document.querySelector('warung-timeline .scroll').scrollBy(0, -pixels)", pixels);
        tab.mayRest = true;
        walk.check();
        return true;
    }

    private boolean goesToTheEnd() {
        WalkTab tab = walk.anyTab();
        if (walk.roomOf(tab).archived) {
            return false;
        }
        walk.tells("Escape in " + tab.place().address());
        field(tab).press("Escape");
        tab.isAtTheEnd();
        walk.check();
        return true;
    }

    private boolean followsALinkToAMessage() {
        WalkTab tab = walk.anyTab();
        WalkRoom room = walk.any(walk.model.rooms());
        List<Said> all = room.by(false);
        if (all.isEmpty()) {
            return false;
        }
        Place place = new Place(room.name, walk.any(all).seq());
        moves(
                tab,
                "address " + place.address(),
                place,
                page -> page.evaluate("address => void (location.hash = address)", place.address()));
        return true;
    }

    /** With one tab only: two tabs with drafts of one room are another matter. */
    private boolean beginsToWrite() {
        WalkTab tab = walk.anyTab();
        WalkRoom room = walk.roomOf(tab);
        if (walk.tabs.size() > 1 || room.archived) {
            return false;
        }
        String text = walk.random.nextInt(3) == 0 ? "" : "draft " + walk.words();
        walk.tells("writes '" + text + "' in " + room.name);
        field(tab).fill(text);
        walk.model.drafts(room.name, text);
        walk.check();
        return true;
    }

    private boolean opensOrClosesATab() {
        if (walk.tabs.size() > 1) {
            walk.tells("closes a tab");
            settles();
            walk.closes(walk.anyTab());
        } else if (walk.model.hasDrafts()) {
            return false;
        } else {
            settles();
            String room = walk.any(walk.model.rooms()).name;
            walk.tells("a second tab at " + room);
            walk.opens(new Place(room, 0), true);
        }
        walk.check();
        return true;
    }

    private boolean seesARoomArchived() {
        WalkRoom room = walk.any(walk.model.rooms());
        if (!room.name.endsWith("-archive") || !walk.model.draft(room.name).isEmpty()) {
            return false;
        }
        walk.tells((room.archived ? "reopened: " : "archived: ") + room.name);
        walk.friend.archives(room, !room.archived);
        walk.check();
        return true;
    }

    private boolean isOfflineForAWhile() {
        WalkTab tab = walk.anyTab();
        walk.tells("offline");
        settles();
        walk.goesOffline(true);
        walk.isCutOff();
        if (walk.random.nextBoolean()) {
            WalkRoom room = walk.any(walk.model.rooms());
            if (!room.archived) {
                walk.tells("meanwhile a message in " + room.name);
                walk.friend.says(room, walk.words());
            }
        }
        meanwhile(tab);
        walk.goesOffline(false);
        walk.checkWithServers();
        return true;
    }

    private boolean losesTheServer() {
        WalkTab tab = walk.anyTab();
        walk.tells("the server is killed");
        walk.marksAreKept();
        walk.warung.kill();
        walk.isCutOff();
        meanwhile(tab);
        walk.warung.startAgain();
        walk.friend.comesBack();
        walk.checkWithServers();
        return true;
    }

    /** What one does while there is no connection: says something, goes elsewhere. */
    private void meanwhile(WalkTab tab) {
        WalkRoom room = walk.roomOf(tab);
        if (!room.archived && walk.random.nextBoolean()) {
            String text = walk.words();
            walk.tells("says in " + room.name);
            says(tab, text);
            room.says(text, true, 0);
        }
        if (walk.random.nextBoolean()) {
            String next = walk.any(List.copyOf(walk.model.sidebar(room.name).keySet()));
            walk.tells("link to " + next);
            tab.goes(new Place(next, 0), page -> link(page, next).click());
        }
    }

    private void moves(WalkTab tab, String how, Place place, Consumer<Page> way) {
        walk.tells(how);
        settles();
        tab.goes(place, way);
        walk.check();
    }

    /** A page that goes says how far one has read, but browsers do not promise that this arrives. */
    private void leaves() {
        walk.marksAreKept();
        settles();
    }

    /** What one tab has read the others learn by the server. */
    private void settles() {
        if (walk.tabs.size() > 1) {
            walk.marksAreKept();
            walk.check();
        }
    }

    private void says(WalkTab tab, String text) {
        field(tab).fill(text);
        field(tab).press("Enter");
        walk.model.drafts(tab.place().room(), "");
        tab.isAtTheEnd();
        tab.newFrom = -1;
    }

    /** His last message, when it is among the last few and he is at the end. */
    private static Said lastOwn(WalkTab tab, WalkRoom room) {
        List<Said> own = room.by(true);
        if (own.isEmpty() || tab.mayRest || room.archived) {
            return null;
        }
        Said last = own.get(own.size() - 1);
        return room.said().indexOf(last) >= room.said().size() - 4 ? last : null;
    }

    private static Locator field(WalkTab tab) {
        return tab.page().locator("warung-composer textarea");
    }

    private static Locator link(Page page, String room) {
        return page.locator("warung-sidebar a[href='#" + room + "']");
    }
}
