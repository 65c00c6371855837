package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import id.warung.kit.PostgresServer;
import id.warung.kit.WarungProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The database of the server dies under users who write: the page says so, keeps what they wrote, and sends it once when it is back. */
class DatabaseAwayIT {
    private static final String ROOM = "lobby";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void thePageSaysThatTheDatabaseIsAwayAndSendsWhatWasWrittenOnceWhenItIsBack() {
        try (PostgresServer postgres = PostgresServer.startedIn(folder.resolve("postgres"));
                WarungProcess warung = new WarungProcess(folder.resolve("node"))
                        .with("WARUNG_DB", postgres.url())
                        .start();
                Guest ana = Guest.named("Ana", warung, ROOM);
                Guest mei = chinese(warung)) {
            ana.says("before");
            mei.sees("before");
            postgres.kill();
            ana.says("written without a database");
            mei.says("没有数据库时写的");
            ana.isTold(
                    "The server cannot store messages right now. Yours are saved here, and will be sent automatically.");
            mei.isTold("服务器暂时无法存储消息。你的消息保存在本地，稍后自动发送。");

            warung.kill(); // one that starts without its database admits nobody, as one that has been without it for
            // long
            warung.startAgain();
            ana.isTold("The server cannot reach its database.");
            mei.isTold("服务器连不上数据库。");
            ana.seesPending("written without a database");
            mei.seesPending("没有数据库时写的");

            postgres.start();
            for (Guest guest : List.of(ana, mei)) {
                guest.isLive();
                guest.seesOnce("before");
                guest.seesOnce("written without a database");
                guest.seesOnce("没有数据库时写的");
                assertThat(guest.page().locator("p.notice")).hasCount(0); // and of no errors
                guest.isUndisturbed();
            }
        }
    }

    private static Guest chinese(WarungProcess warung) {
        Browser.NewContextOptions phone = Guest.phone().setLocale("zh-CN");
        Guest mei = Guest.arrives(warung, ROOM, phone);
        mei.page().locator("#welcome-name").fill("小梅");
        mei.page().keyboard().press("Enter");
        mei.isLive();
        return mei;
    }
}
