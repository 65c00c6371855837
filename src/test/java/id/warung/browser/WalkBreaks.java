package id.warung.browser;

import id.warung.browser.WalkTab.Place;
import java.util.List;

/** Pages that are closed and opened, lines and servers that fail. */
final class WalkBreaks {
    private final Walk walk;

    WalkBreaks(Walk walk) {
        this.walk = walk;
    }

    boolean reloads() {
        WalkTab tab = walk.anyTab();
        walk.tells("reload " + tab.place().address());
        walk.settles();
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
        int seen = walk.roomOf(tab).said().size();
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
        Runnable comesBack = meanwhile(tab, seen);
        walk.goesOffline(false);
        walk.checkWithServers();
        comesBack.run();
        return true;
    }

    boolean losesTheServer() {
        WalkTab tab = walk.anyTab();
        walk.tells("the server is killed");
        walk.marksAreKept();
        walk.warung.kill();
        walk.isCutOff();
        Runnable comesBack = meanwhile(tab, walk.roomOf(tab).said().size());
        walk.warung.startAgain();
        walk.friend.comesBack();
        walk.checkWithServers();
        comesBack.run();
        return true;
    }

    /** What the user does without a connection: posts, goes elsewhere. Returns what to wait for when it is back. */
    private Runnable meanwhile(WalkTab tab, int seen) {
        WalkRoom room = walk.roomOf(tab);
        Runnable comesBack = () -> {};
        if (!room.archived && walk.random.nextBoolean()) {
            String text = walk.words();
            walk.tells("says in " + room.name);
            tab.says(text);
            walk.model.drafts(tab.place().room(), "");
            room.saysLater(text, seen);
            comesBack = () -> walk.isInTheLog(room, text);
        }
        if (walk.random.nextBoolean()) {
            String next = walk.any(List.copyOf(walk.model.sidebar(room.name).keySet()));
            walk.tells("link to " + next);
            tab.goes(new Place(next, 0), page -> WalkTab.link(page, next).click());
        }
        return comesBack;
    }
}
