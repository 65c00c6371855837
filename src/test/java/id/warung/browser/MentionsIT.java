package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Mentions: found in the text when it is sent, completed by keys, kept when names change, counted until they are read. */
class MentionsIT extends Table {
    @Test
    void aNameThatIsTypedOrPastedCallsAndCodeCallsNobody() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        budi.says("here");
        ana.sees("here");
        ana.writes("`@" + budi.name() + "` info@" + budi.name() + ".example @" + budi.name() + "na");
        ana.field().press("Enter");
        ana.writes("你好@" + budi.name().toLowerCase(Locale.ROOT) + "，早");
        ana.field().press("Enter");
        assertThat(budi.messages()).hasCount(3);
        assertThat(budi.page().locator(".call")).hasText("@" + budi.name().toLowerCase(Locale.ROOT));
        assertThat(budi.page().locator("li.mentioned")).hasCount(1);
    }

    @Test
    void somebodyWhoIsElsewhereIsFoundByTheirName() {
        Guest citra = guest("Citra Ayu");
        citra.says("known by now");
        citra.seesOnce("known by now");
        Guest ana = guest("Ana");
        ana.goesTo(room + ".else");
        ana.writes("hi @" + citra.name());
        assertThat(options(ana).first()).containsText(citra.name());
        ana.field().press("Enter");
        assertThat(citra.page().getByText(ana.name() + " mentioned you in #" + room + ".else"))
                .isVisible();
    }

    @Test
    void whoSpokeLastIsOfferedFirst() {
        Guest ana = guest("Ana");
        Guest first = guest("Wati");
        Guest second = guest("Joko");
        int turn = 0;
        for (Guest speaker : new Guest[] {first, second, first}) {
            String text = "turn " + ++turn;
            speaker.says(text);
            ana.sees(text);
            ana.field().pressSequentially("@");
            assertThat(options(ana).first()).containsText(speaker.name());
            ana.writes("");
        }
    }

    @Test
    void enterSendsWhereNoNameHasBegunOrOneIsWhole() {
        Guest ana = guest("Ana");
        Guest gede = guest("Gede Wirawan");
        gede.says("here");
        ana.sees("here");
        ana.field().pressSequentially("where I am @");
        assertThat(options(ana).filter(new Locator.FilterOptions().setHasText(gede.name())))
                .hasAttribute("aria-selected", "false");
        ana.field().press("Enter");
        ana.seesOnly("here", "where I am @");
        ana.field().pressSequentially("@gede wi");
        assertThat(options(ana)).hasCount(1);
        ana.field().press("Enter");
        assertThat(ana.field()).hasValue("@Gede Wirawan ");
        ana.writes("");
        ana.field().pressSequentially("@" + gede.name());
        ana.field().press("Enter");
        ana.seesOnly("here", "where I am @", "@" + gede.name());
        assertThat(gede.page().locator("li.mentioned")).hasCount(1);
    }

    @Test
    void aCompletionCanBeUndoneAndDoneAgain() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi Santoso");
        budi.says("here");
        ana.sees("here");
        ana.field().pressSequentially("so @san");
        ana.field().press("Tab");
        assertThat(ana.field()).hasValue("so @Budi Santoso ");
        ana.field().press("Control+z");
        assertThat(ana.field()).hasValue("so @san");
        ana.field().press("Control+Shift+z");
        assertThat(ana.field()).hasValue("so @Budi Santoso ");
        ana.field().press("Control+a");
        ana.field().pressSequentially(":tada:");
        assertThat(ana.field()).hasValue("🎉");
        ana.field().press("Control+z");
        assertThat(ana.field()).hasValue(Pattern.compile("^:tada:?$"));
    }

    @Test
    void anEditThatAddsAMentionCallsAndTheNameStaysWhenItChanges() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi Santoso");
        budi.says("here");
        ana.sees("here");
        budi.goesTo(room + ".else");
        ana.says("kopi?");
        ana.seesOnce("kopi?");
        ana.field().press("ArrowUp");
        ana.writes("kopi, @" + budi.name() + "?");
        ana.field().press("Enter");
        assertThat(budi.page().getByText(ana.name() + " mentioned you in #" + room))
                .isVisible();
        assertThat(RoomsPageIT.count(budi.page(), room)).hasText("@1");
        budi.opensProfile();
        budi.page().getByLabel("Your name").fill("Agus");
        budi.page().keyboard().press("Enter");
        budi.isCalled("Agus");
        ana.reloads();
        assertThat(ana.page().locator(".call")).hasText("@Budi Santoso");
    }

    @Test
    void mentionsWhereAUserHasNeverBeenAreCountedAndStayAfterAReload() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        budi.goesTo(room + ".home");
        budi.says("at home");
        budi.seesOnce("at home");
        for (String each : new String[] {".yard", ".yard", ".kitchen"}) {
            ana.goesTo(room + each);
            assertThat(RoomsPageIT.place(ana)).hasText("#" + room + each);
            ana.field().pressSequentially("@Bud");
            assertThat(options(ana).first()).containsText("Budi");
            ana.writes("@" + budi.name());
            ana.field().press("Enter");
            assertThat(budi.page()
                            .getByText(ana.name() + " mentioned you in #" + room + each)
                            .last())
                    .isVisible();
        }
        assertThat(budi.page().locator("warung-status .notice")).hasCount(3);
        for (int i = 0; i < 2; i++) {
            assertThat(RoomsPageIT.count(budi.page(), room + ".yard")).hasText("@2");
            assertThat(RoomsPageIT.count(budi.page(), room + ".kitchen")).hasText("@1");
            assertThat(budi.page()).hasTitle("(3) @3 #" + room + ".home · Warung");
            budi.reloads();
        }
        budi.goesTo(room + ".yard");
        assertThat(budi.page().locator("li.mentioned")).hasCount(2);
        assertThat(budi.page()).hasTitle("(1) @1 #" + room + ".yard · Warung"); // what nobody can have seen is not read
        budi.goesTo(room + ".home");
        assertThat(RoomsPageIT.count(budi.page(), room + ".yard")).hasCount(0);
        assertThat(budi.page()).hasTitle("(1) @1 #" + room + ".home · Warung");
    }

    private static Locator options(Guest guest) {
        return guest.page().locator("warung-composer [role=option]");
    }
}
