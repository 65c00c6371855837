package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rooms with many messages: few nodes, and the reader keeps their place. */
class LongRoomIT extends Table {
    private static final int MOST_NODES = 300;

    @Test
    void thousandsOfMessagesAreHundredsOfNodes() {
        Guest ana = guest("Ana");
        PlainClient talker = talks(2_000);
        ana.sees("line 2000");
        assertThat(ana.messages().count()).isLessThanOrEqualTo(MOST_NODES);
        ana.pagesUntil("PageUp", "line 1700");
        assertThat(ana.messages().count()).isLessThanOrEqualTo(MOST_NODES);
        talker.says("one more");
        backToTheEnd(ana).click();
        ana.sees("one more");
        assertThat(ana.messages().count()).isLessThanOrEqualTo(MOST_NODES);
    }

    @Test
    void aReaderFurtherUpStaysInPlaceAndSeesTheNumberOfNewMessages() {
        Guest ana = guest("Ana");
        assertThat(ana.page().getByText("No messages yet")).isVisible(); // she has joined
        PlainClient talker = talks(100);
        ana.sees("line 100");
        Locator read = ana.message("line 40");
        read.scrollIntoViewIfNeeded();
        assertThat(backToTheEnd(ana)).hasText("Jump to latest");
        double before = read.boundingBox().y;
        for (int i = 1; i <= 30; i++) {
            talker.says("news " + i);
        }
        assertThat(backToTheEnd(ana)).hasText("30 new messages");
        assertThat(read.boundingBox().y).isEqualTo(before);
        ana.page().setViewportSize(700, 500);
        assertThat(read).isInViewport();
        ana.field().press("Escape");
        ana.sees("news 30");
        assertThat(ana.message("news 30")).isInViewport();
        assertThat(backToTheEnd(ana)).isHidden();
    }

    @Test
    void theEndStaysInSightWhateverChangesItsSize() {
        Guest ana = guest("Ana");
        talks(60);
        ana.sees("line 60");
        assertThat(ana.message("line 60")).isInViewport();
        ana.writes("a\nb\nc\nd\ne\nf\ng");
        assertThat(ana.message("line 60")).isInViewport();
        ana.page().setViewportSize(360, 400);
        assertThat(ana.message("line 60")).isInViewport();
        assertThat(backToTheEnd(ana)).isHidden();
    }

    /** Requests for messages, which are not all there are about a room. */
    private static final String HISTORY = "**/api/rooms/*/messages*";

    @Test
    void olderMessagesLoadAsTheReaderScrollsUpAndThePlaceStays() {
        talks(400);
        Guest ana = stranger(Guest.desk());
        List<Route> held = new ArrayList<>();
        ana.page()
                .route(
                        HISTORY,
                        held::add); // first: the page may load ahead when a part of the latest entries has arrived
        ana.comesInAs("Ana");
        assertThat(ana.message("line 400")).isInViewport();
        Locator read = ana.message("line 362");
        read.scrollIntoViewIfNeeded();
        ana.page().waitForCondition(() -> !held.isEmpty());
        double before = read.boundingBox().y;
        held.forEach(Route::resume);
        assertThat(ana.message("line 280")).isAttached();
        assertThat(read.boundingBox().y).isEqualTo(before);
        ana.page().unroute(HISTORY);
        ana.pagesUntil("PageUp", "line 1");
        assertThat(ana.page().getByText("This is the start of #" + room + ".")).isAttached();
        assertThat(ana.messages().count()).isLessThanOrEqualTo(MOST_NODES);
        backToTheEnd(ana).click();
        assertThat(ana.message("line 400")).isInViewport();
    }

    @Test
    void historyThatCannotBeFetchedCanBeAskedForAgain() {
        talks(120);
        Guest ana = stranger(Guest.desk());
        ana.page().route("**/api/rooms/**", Route::abort);
        ana.comesInAs("Ana");
        ana.pagesUntil("PageUp", "line 71");
        ana.page().locator("warung-timeline .scroll").evaluate("view => view.scrollTop = 0");
        assertThat(ana.page().getByText("Older messages could not be loaded.")).isVisible();
        ana.page().unroute("**/api/rooms/**");
        ana.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again"))
                .click();
        assertThat(ana.message("line 70")).isAttached();
    }

    private PlainClient talks(int lines) {
        PlainClient talker = new PlainClient(warung(), room);
        for (int i = 1; i <= lines; i++) {
            talker.says("line " + i);
        }
        return talker;
    }

    private static Locator backToTheEnd(Guest guest) {
        return guest.page().locator("warung-timeline .jump");
    }
}
