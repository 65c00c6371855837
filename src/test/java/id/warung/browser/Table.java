package id.warung.browser;

import com.microsoft.playwright.Browser;
import id.warung.kit.WarungProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** One server for all tests of a class hierarchy, a new room for each test, and users who leave when it is over. */
abstract class Table {
    private static final AtomicInteger ROOMS = new AtomicInteger();
    private static WarungProcess shared;

    final String room = "room-" + ROOMS.incrementAndGet();
    private final List<Guest> guests = new ArrayList<>();

    /** The server that these tests share; tests that stop servers start their own. */
    WarungProcess warung() {
        if (shared == null) {
            shared = WarungProcess.startedSomewhere();
        }
        return shared;
    }

    Guest guest(String name) {
        return guest(name, Guest.desk());
    }

    Guest guest(String name, Browser.NewContextOptions options) {
        return remember(Guest.named(name, warung(), room, options));
    }

    Guest stranger(Browser.NewContextOptions options) {
        return remember(Guest.arrives(warung(), room, options));
    }

    Guest remember(Guest guest) {
        guests.add(guest);
        return guest;
    }

    @AfterEach
    void guestsLeaveUndisturbed() {
        try {
            guests.forEach(Guest::isUndisturbed);
        } finally {
            guests.forEach(Guest::close);
        }
    }
}
