package id.warung.browser;

import id.warung.browser.WalkTab.Place;
import java.util.List;

/** Pages that go and come, lines and servers that are lost. */
final class WalkBreaks {
    private final Walk walk;

    WalkBreaks(Walk walk) {
        this.walk = walk;
    }

    boolean reloads() {
        WalkTab tab = walk.anyTab();
        walk.tells("reload " + tab.place().address());
        walk.leaves();
        tab.reloads();
        walk.check();
        return true;
    }

    boolean comesBackAnotherTime() {
        if (walk.tabs.size() > 1) {
            return false;
        }
        WalkTab tab = walk.anyTab();
        boolean named = walk.random.nextBoolean();
        String room = named ? walk.any(walk.model.rooms()).name : tab.place().room();
        walk.tells("another time, " + (named ? "at " + room : "without an address"));
        walk.leaves();
        WalkTab next = walk.opens(new Place(room, 0), named);
        walk.closes(tab);
        next.page().bringToFront();
        walk.check();
        return true;
    }

    boolean opensOrClosesATab() {
        if (walk.tabs.size() > 1) {
            walk.tells("closes a tab");
            walk.settles();
            walk.closes(walk.anyTab());
        } else if (walk.model.hasDrafts()) {
            return false;
        } else {
            walk.settles();
            String room = walk.any(walk.model.rooms()).name;
            walk.tells("a second tab at " + room);
            walk.opens(new Place(room, 0), true);
        }
        walk.check();
        return true;
    }

    boolean isOfflineForAWhile() {
        WalkTab tab = walk.anyTab();
        walk.tells("offline");
        walk.settles();
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

    boolean losesTheServer() {
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
            tab.says(text);
            walk.model.drafts(tab.place().room(), "");
            room.says(text, true, 0);
        }
        if (walk.random.nextBoolean()) {
            String next = walk.any(List.copyOf(walk.model.sidebar(room.name).keySet()));
            walk.tells("link to " + next);
            tab.goes(new Place(next, 0), page -> WalkTab.link(page, next).click());
        }
    }
}
