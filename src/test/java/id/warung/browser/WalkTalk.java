package id.warung.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import id.warung.browser.WalkRoom.Said;
import java.util.List;

/** Steps that post, by the reader and by others. */
final class WalkTalk {
    private final Walk walk;

    WalkTalk(Walk walk) {
        this.walk = walk;
    }

    boolean says() {
        WalkTab tab = walk.anyTab();
        WalkRoom room = walk.roomOf(tab);
        if (room.archived) {
            return false;
        }
        walk.tells("says in " + room.name);
        for (int i = walk.random.nextInt(3); i >= 0; i--) {
            String text = walk.words();
            tab.says(text);
            walk.model.drafts(tab.place().room(), "");
            room.says(text, true, 0);
        }
        walk.check();
        return true;
    }

    boolean isWrittenTo() {
        return isWrittenTo(1 + walk.random.nextInt(4));
    }

    boolean isWrittenToAtLength() {
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

    boolean seesAnEdit() {
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

    boolean seesADeletion() {
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

    boolean seesAReaction() {
        WalkRoom room = walk.any(walk.model.rooms());
        List<Said> all = room.by(false);
        if (room.archived || all.isEmpty()) {
            return false;
        }
        Said old = walk.any(all.subList(Math.max(0, all.size() - 30), all.size()));
        String emoji = walk.any(WalkRoom.EMOJI);
        walk.tells(emoji + " to " + old.text() + " in " + room.name);
        walk.friend.reacts(room, old, emoji);
        walk.check();
        return true;
    }

    /** Reacts to the last message of others, or takes that back. */
    boolean reacts() {
        WalkTab tab = walk.anyTab();
        WalkRoom room = walk.roomOf(tab);
        Said last = last(tab, room, false);
        if (last == null) {
            return false;
        }
        String emoji = walk.any(WalkRoom.EMOJI);
        walk.tells("reacts to " + last.text() + " in " + room.name + " with " + emoji);
        Locator message = tab.page().locator("li.message:not(.own):not(.gone)").last();
        message.hover();
        message.locator(".tools button[data-emoji='" + emoji + "']").click();
        room.reacts(last, emoji, true);
        walk.isReacted(room, last, emoji, !last.hasReaction(emoji, true));
        walk.check();
        return true;
    }

    /** Edits the reader's last message, by the arrow key. */
    boolean edits() {
        WalkTab tab = walk.anyTab();
        WalkRoom room = walk.roomOf(tab);
        Said last = last(tab, room, true);
        if (last == null || !walk.model.draft(room.name).isEmpty()) {
            return false;
        }
        String text = walk.words();
        walk.tells("edits " + last.text() + " in " + room.name);
        tab.field().press("ArrowUp");
        tab.field().fill(text);
        tab.field().press("Enter");
        room.edits(last, text);
        walk.check();
        return true;
    }

    /** Deletes the reader's last message; the reload skips the seconds in which that can be undone. */
    boolean deletes() {
        WalkTab tab = walk.anyTab();
        WalkRoom room = walk.roomOf(tab);
        Said last = last(tab, room, true);
        if (last == null || walk.tabs.size() > 1) {
            return false;
        }
        walk.tells("deletes " + last.text() + " in " + room.name + " and reloads");
        walk.leaves();
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

    /** Starts a draft, which is the same in all tabs. */
    boolean beginsToWrite() {
        WalkTab tab = walk.anyTab();
        WalkRoom room = walk.roomOf(tab);
        if (room.archived) {
            return false;
        }
        String begun = walk.random.nextInt(3) == 0 ? "" : "draft " + walk.words();
        String text = begun.isEmpty() ? "" : begun + ".";
        walk.tells("writes '" + text + "' in " + room.name);
        tab.field().fill(begun);
        tab.field().pressSequentially(text.substring(begun.length()));
        walk.model.drafts(room.name, text);
        walk.check();
        return true;
    }

    boolean seesARoomArchived() {
        WalkRoom room = walk.any(walk.model.rooms());
        if (!room.name.endsWith("-archive") || !walk.model.draft(room.name).isEmpty()) {
            return false;
        }
        walk.tells((room.archived ? "reopened: " : "archived: ") + room.name);
        walk.friend.archives(room, !room.archived);
        walk.check();
        return true;
    }

    /** The last message of the reader or of others, if it is among the last few and the reader is at the end. */
    private static Said last(WalkTab tab, WalkRoom room, boolean own) {
        List<Said> all = room.by(own);
        if (all.isEmpty() || tab.mayRest || room.archived) {
            return null;
        }
        Said last = all.get(all.size() - 1);
        return room.said().indexOf(last) >= room.said().size() - 4 ? last : null;
    }
}
