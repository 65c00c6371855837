package id.warung.browser;

import com.microsoft.playwright.Page;
import id.warung.browser.WalkRoom.Said;
import id.warung.browser.WalkTab.Place;
import java.util.List;
import java.util.function.Consumer;

/** Steps that move: from room to room, to messages, up and down. */
final class WalkMoves {
    private final Walk walk;

    WalkMoves(Walk walk) {
        this.walk = walk;
    }

    boolean followsALink() {
        WalkTab tab = walk.anyTab();
        String room =
                walk.any(List.copyOf(walk.model.sidebar(tab.place().room()).keySet()));
        moves(tab, "link to " + room, new Place(room, 0), page -> WalkTab.link(page, room)
                .click());
        return true;
    }

    boolean followsAnAddress() {
        WalkTab tab = walk.anyTab();
        String room = walk.any(walk.model.rooms()).name;
        moves(
                tab,
                "address " + room,
                new Place(room, 0),
                page -> page.evaluate("room => void (location.hash = room)", room));
        return true;
    }

    boolean choosesARoom() {
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

    boolean goesToTheNextRoom() {
        WalkTab tab = walk.anyTab();
        List<String> order = walk.model.order(tab.place().room());
        int places = walk.random.nextBoolean() ? 1 : -1;
        String next = order.get(Math.floorMod(order.indexOf(tab.place().room()) + places, order.size()));
        moves(tab, "Alt+arrow to " + next, new Place(next, 0), page -> page.keyboard()
                .press(places > 0 ? "Alt+ArrowDown" : "Alt+ArrowUp"));
        return true;
    }

    boolean goesBackOrForward() {
        WalkTab tab = walk.anyTab();
        int places = walk.any(List.of(-1, -1, 1, -2));
        if (!tab.mayStep(places)) {
            return false;
        }
        walk.tells("history " + places);
        walk.settles();
        tab.steps(places);
        walk.check();
        return true;
    }

    boolean scrollsUp() {
        WalkTab tab = walk.anyTab();
        int pixels = 200 + walk.random.nextInt(4000);
        walk.tells("scrolls up by " + pixels + " in " + tab.place().room());
        tab.page().evaluate("pixels => document.querySelector('warung-timeline .scroll').scrollBy(0, -pixels)", pixels);
        tab.mayRest = true;
        walk.check();
        return true;
    }

    boolean goesToTheEnd() {
        WalkTab tab = walk.anyTab();
        if (walk.roomOf(tab).archived) {
            return false;
        }
        walk.tells("Escape in " + tab.place().address());
        tab.field().press("Escape");
        tab.isAtTheEnd();
        walk.check();
        return true;
    }

    boolean followsALinkToAMessage() {
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

    private void moves(WalkTab tab, String how, Place place, Consumer<Page> way) {
        walk.tells(how);
        walk.settles();
        tab.goes(place, way);
        walk.check();
    }
}
