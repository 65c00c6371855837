package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rooms are created, found, left and archived; users are added, removed and written to; unread counts agree everywhere. */
class RoomsPageIT extends Table {
    @Test
    void aRoomIsMadeAndOthersFindItByItsTopic() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        makes(ana, room + ".soto", "Soto of " + room, "public");
        assertThat(topic(ana)).hasText("Soto of " + room);
        assertThat(link(ana, room + ".soto")).hasAttribute("aria-current", "page");
        seeks(budi, "soto of " + room);
        assertThat(choices(budi).first()).containsText(room + ".soto");
        budi.page().keyboard().press("Enter");
        assertThat(topic(budi)).hasText("Soto of " + room);
        ana.says("Two bowls?");
        budi.sees("Two bowls?");
    }

    @Test
    void aNameThatIsTakenIsSaid() {
        Guest ana = guest("Ana");
        ana.says("here");
        ana.seesOnce("here");
        button(ana, "New room").click();
        ana.page().getByText("Choose an address").click();
        ana.page().locator("#new-room-name").fill(room);
        ana.page().keyboard().press("Enter");
        assertThat(ana.page().getByText("A room with this name already exists."))
                .isVisible();
        ana.page().locator("#new-room-name").fill("not a room!");
        ana.page().keyboard().press("Enter");
        assertThat(ana.page().getByText("A room name has")).isVisible();
    }

    @Test
    void membersAreLetInAndPutOut() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi" + room);
        String secret = room + ".secret";
        makes(ana, secret, "", "members");
        budi.goesTo(secret);
        assertThat(shut(budi)).containsText("#" + secret + " is for members only. A member can add you.");
        assertThat(budi.field()).isHidden();
        opensPeople(ana);
        ana.page().getByLabel("Add member").fill("budi" + room);
        assertThat(choices(ana)).containsText("Budi" + room);
        ana.page().keyboard().press("Enter");
        assertThat(budi.page().getByText(ana.name() + " added you to #" + secret))
                .isVisible();
        assertThat(shut(budi)).isHidden();
        budi.says("Thank you.");
        ana.page().keyboard().press("Escape");
        ana.sees("Thank you.");
        opensPeople(ana);
        button(ana, "Remove: Budi" + room).click();
        assertThat(shut(budi)).containsText("You are no longer a member of #" + secret);
        assertThat(link(budi, secret)).hasCount(0);
        budi.sees("Thank you.");
        assertThat(budi.field()).isHidden();
        budi.waitsUntil("""
                () => document.querySelector('warung-timeline').getBoundingClientRect().bottom
                    < document.querySelector('warung-composer-closed').getBoundingClientRect().top + 1
                """, null);
    }

    @Test
    void aMemberRemovedWhileAwayIsNotified() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi" + room);
        makes(ana, room + ".secret", "", "members");
        opensPeople(ana);
        ana.page().getByLabel("Add member").fill("budi" + room);
        assertThat(choices(ana)).containsText("Budi" + room);
        ana.page().keyboard().press("Enter");
        assertThat(link(budi, room + ".secret")).isVisible();
        button(ana, "Remove: Budi" + room).click();
        assertThat(budi.page().getByText(ana.name() + " removed you from #" + room + ".secret."))
                .isVisible();
        assertThat(link(budi, room + ".secret")).hasCount(0);
        assertThat(budi.field()).isVisible();
    }

    @Test
    void theChoiceOfRoomsBeginsWithWhereOneMayWantToGo() {
        Guest ana = guest("Ana");
        ana.says("here");
        ana.seesOnce("here");
        ana.goesTo(room + ".else");
        assertThat(place(ana)).containsText(room + ".else");
        ana.page().keyboard().press("Control+k");
        assertThat(choices(ana).first().locator(".name")).hasText(room);
        ana.page().keyboard().press("Enter");
        ana.sees("here");
    }

    @Test
    void leavingAMembersOnlyRoomAsksForConfirmation() {
        Guest ana = guest("Ana");
        makes(ana, room + ".club", "", "members");
        opensAbout(ana);
        button(ana, "Leave room").click();
        button(ana, "Leave this room? Only a member can add you back.").click();
        assertThat(link(ana, room + ".club")).hasCount(0);
        assertThat(place(ana)).not().containsText(room + ".club");
    }

    @Test
    void twoPeopleTalkByThemselves() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        String name = budi.name();
        opensPeople(ana);
        button(ana, "Message: " + name).click();
        assertThat(place(ana)).hasText(name);
        assertThat(topic(ana)).hasText("Online");
        ana.says("Psst.");
        ana.seesOnce("Psst.");
        assertThat(budi.page().getByText(ana.name() + " started a conversation with you."))
                .isVisible();
        assertThat(link(budi, "direct").locator(".count")).hasText("1");
        assertThat(budi.page()).hasTitle(Pattern.compile("^\\(1\\) @1 #" + room));
        link(budi, "direct").click();
        budi.seesOnly("Psst.");
        assertThat(budi.page().getByText("started a conversation with you.")).isHidden();
        assertThat(place(budi)).hasText(ana.name());
        assertThat(budi.page()).hasTitle(ana.name() + " · Warung");
        assertThat(budi.page().locator("body")).not().containsText("direct.u-");
        budi.reloads();
        budi.isLive();
        assertThat(place(budi)).hasText(ana.name());
        budi.seesOnly("Psst.");
    }

    @Test
    void unreadCountsAreTheSameInTwoTabs() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        budi.says("I was here.");
        ana.sees("I was here.");
        budi.goesTo(room + ".else");
        Page other = budi.context().newPage();
        other.navigate(warung().address() + "#" + room + ".more");
        assertThat(other.locator("a[href='#" + room + "']")).isVisible();
        ana.says("one");
        ana.says("two");
        assertThat(count(budi.page(), room)).hasText("2");
        assertThat(count(other, room)).hasText("2");
        other.locator("a[href='#" + room + "']").click();
        assertThat(other.locator("li.message")).hasCount(3);
        assertThat(count(budi.page(), room)).hasCount(0);
        other.navigate(warung().address() + "#" + room + ".more");
        ana.says("three");
        assertThat(count(budi.page(), room)).hasText("1");
        assertThat(count(other, room)).hasText("1");
    }

    @Test
    void aMentionStandsOut() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        budi.says("I was here.");
        ana.sees("I was here.");
        budi.goesTo(room + ".else");
        assertThat(place(budi)).containsText(room + ".else");
        ana.field().pressSequentially("@" + budi.name());
        ana.page().keyboard().press("Tab");
        ana.field().pressSequentially("kopi?");
        ana.page().keyboard().press("Enter");
        assertThat(count(budi.page(), room)).hasText("@1");
        assertThat(budi.page().getByText(ana.name() + " mentioned you in #" + room))
                .isVisible();
    }

    @Test
    void aRoomCanBeArchivedAndOpenedAgain() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        makes(ana, room + ".old", "", "public");
        ana.says("The last word.");
        ana.seesOnce("The last word.");
        budi.goesTo(room + ".old");
        budi.seesOnly("The last word.");
        opensAbout(ana);
        button(ana, "Archive room").click();
        assertThat(shut(budi)).containsText("#" + room + ".old is archived: you can read but not post.");
        assertThat(budi.field()).isHidden();
        assertThat(shut(ana)).isVisible();
        button(ana, "Room settings").click();
        button(ana, "Unarchive room").click();
        assertThat(budi.field()).isVisible();
        budi.says("Still here.");
        ana.sees("Still here.");
    }

    @Test
    void anybodyMayChangeTheTopicOfAPublicRoom() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        opensAbout(budi);
        budi.page().getByLabel("Topic").last().fill("Kopi & <b>teh</b>");
        budi.page().keyboard().press("Enter");
        assertThat(topic(ana)).hasText("Kopi & <b>teh</b>");
        assertThat(topic(budi)).hasText("Kopi & <b>teh</b>");
    }

    @Test
    void aTypingUserIsShownUntilTheyPost() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        budi.field().pressSequentially("hm");
        assertThat(ana.page().locator("warung-typing")).hasText(budi.name() + " is typing…");
        assertThat(budi.page().locator("warung-typing")).hasText("");
        budi.field().press("Enter");
        assertThat(ana.page().locator("warung-typing")).hasText("");
    }

    @Test
    void aRoomThatIsNotToDisturbCountsQuietly() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        budi.says("I was here.");
        ana.sees("I was here.");
        opensAbout(budi);
        budi.page().getByLabel("Mute this room").check();
        budi.page().keyboard().press("Escape");
        budi.goesTo(room + ".else");
        ana.says("psst");
        assertThat(count(budi.page(), room)).hasText("1");
        assertThat(link(budi, room)).not().hasClass(Pattern.compile("unread"));
        assertThat(budi.page()).hasTitle("#" + room + ".else · Warung");
        budi.reloads();
        assertThat(link(budi, room).locator(".icon")).isVisible();
    }

    @Test
    void onAPhoneTheRoomsAreInADrawer() {
        Guest ana = guest("Ana", Guest.phone());
        Locator sidebar = ana.page().locator("warung-sidebar");
        assertThat(sidebar).isHidden();
        ana.page().locator("warung-room-header .menu").tap();
        assertThat(sidebar).isVisible();
        assertThat(link(ana, room)).isFocused();
        ana.page().keyboard().press("Escape");
        assertThat(sidebar).isHidden();
        assertThat(ana.page().locator("warung-room-header .menu")).isFocused();
        ana.page().locator("warung-room-header .menu").tap();
        ana.page().touchscreen().tap(350, 300);
        assertThat(sidebar).isHidden();
        ana.page().locator("warung-room-header .menu").tap();
        ana.page().locator("warung-sidebar .find").tap();
        ana.page().getByLabel("Room or person").fill(room + ".else");
        choices(ana).first().tap();
        assertThat(sidebar).isHidden();
        assertThat(place(ana)).hasText("#" + room + ".else");
        ana.says("dari telepon");
        ana.seesOnce("dari telepon");
    }

    @Test
    void allOfThatIsDoneByKeyboardToo() {
        Guest ana = guest("Ana");
        ana.says("here");
        ana.seesOnce("here");
        ana.page().keyboard().press("Control+k");
        assertThat(ana.page().getByLabel("Room or person")).isFocused(); // it may still have to load
        ana.page().keyboard().type(room + ".keys");
        ana.page().keyboard().press("ArrowDown");
        ana.page().keyboard().press("Enter");
        assertThat(ana.page().locator("#new-room-topic")).isFocused();
        ana.page().keyboard().type("No mouse");
        ana.page().keyboard().press("Enter");
        assertThat(topic(ana)).hasText("No mouse");
        assertThat(ana.field()).isFocused();
        ana.page().keyboard().press("Alt+ArrowUp");
        assertThat(place(ana)).not().containsText(".keys");
        ana.page().keyboard().press("Alt+ArrowDown");
        assertThat(place(ana)).hasText("#" + room + ".keys");
    }

    @Test
    void roomsAreSpokenOfInChinese() {
        Guest budi = guest("Budi");
        Guest mei = stranger(Guest.desk().setLocale("zh-CN"));
        mei.page().getByLabel("怎么称呼你？").fill("小梅");
        mei.page().keyboard().press("Enter");
        mei.isLive();
        assertThat(mei.page().locator("warung-sidebar .head h2:visible")).hasText(new String[] {"房间", "私聊"});
        budi.field().pressSequentially("hm");
        assertThat(mei.page().locator("warung-typing")).hasText(budi.name() + " 正在输入…");
        opensPeople(mei);
        button(mei, "私聊: " + budi.name()).click();
        assertThat(topic(mei)).hasText("在线");
        mei.says("嘘");
        assertThat(budi.page().getByText(mei.name() + " started a conversation with you."))
                .isVisible();
        mei.goesTo(room + ".new");
        assertThat(place(mei)).hasText("#" + room + ".new");
        opensAbout(mei);
        assertThat(mei.page().getByText("所有人都可以进入。")).isVisible();
    }

    private void makes(Guest guest, String name, String topic, String access) {
        button(guest, "New room").click();
        guest.page().getByText("Choose an address").click();
        guest.page().locator("#new-room-name").fill(name);
        guest.page().locator("#new-room-topic").fill(topic);
        guest.page().locator("#new-room-access").selectOption(access);
        guest.page().keyboard().press("Enter");
        assertThat(place(guest)).hasText("#" + name);
        assertThat(guest.field()).isFocused();
    }

    private static void seeks(Guest guest, String text) {
        guest.page().keyboard().press("Control+k");
        guest.page().getByLabel("Room or person").fill(text);
    }

    private static void opensPeople(Guest guest) {
        guest.page().locator("warung-room-header .people").click();
    }

    private static void opensAbout(Guest guest) {
        guest.page().locator("warung-room-header .place").click();
    }

    private static Locator choices(Guest guest) {
        return guest.page().locator("dialog[open] [role=option]");
    }

    static Locator place(Guest guest) {
        return guest.page().locator("warung-room-header .place");
    }

    private static Locator topic(Guest guest) {
        return guest.page().locator("warung-room-header .topic");
    }

    private static Locator shut(Guest guest) {
        return guest.page().locator("warung-composer-closed");
    }

    /** The sidebar's link to the room with this name, or to the one direct conversation. */
    private static Locator link(Guest guest, String name) {
        String which = name.equals("direct") ? "^='#direct.'" : "='#" + name + "'";
        return guest.page().locator("warung-sidebar a[href" + which + "]");
    }

    static Locator count(Page page, String name) {
        return page.locator("warung-sidebar a[href='#" + name + "'] .count");
    }

    private static Locator button(Guest guest, String name) {
        return guest.page()
                .getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
