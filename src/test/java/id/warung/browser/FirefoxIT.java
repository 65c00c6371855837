package id.warung.browser;

import id.warung.kit.WarungProcess;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ordinary conversation, in Firefox: two people come in, write, react, reload and find everything again. */
class FirefoxIT {
    private static final String ENTER = "\uE007";
    private static final String NAME_FIELD = "warung-welcome input";
    private static final String FIELD = "warung-composer textarea";

    @TempDir
    private Path folder;

    @Test
    void twoPeopleTalkReactReloadAndFindEverythingAgain() throws Exception {
        try (WarungProcess warung = WarungProcess.startedSomewhere();
                Firefox firefox = new Firefox(folder)) {
            URI room = URI.create(warung.address() + "#firefox");
            Firefox.Person ana = comesIn(firefox, room, "Ana");
            Firefox.Person budi = comesIn(firefox, room, "Budi");
            says(ana, "kopi?");
            budi.sees(shows("kopi?"));
            says(budi, "teh, @Ana");
            ana.sees(shows("teh, @Ana"));
            ana.sees("document.querySelector('li.mentioned .call')?.textContent === '@Ana'");
            says(budi, "~~nasi~~ **goreng**");
            ana.sees("document.querySelector('li.message s')?.textContent === 'nasi'");
            ana.sees("document.querySelector('li.message strong')?.textContent === 'goreng'");

            for (Firefox.Person each : new Firefox.Person[] {ana, budi}) {
                each.reloads();
                each.sees("document.querySelectorAll('li.message').length === 3");
                each.sees(shows("kopi?"));
            }
            ana.types("half a thought");
            ana.sees(fieldHas("half a thought"));
            ana.reloads();
            ana.sees(fieldHas("half a thought"));
        }
    }

    private static Firefox.Person comesIn(Firefox firefox, URI room, String name) {
        Firefox.Person person = firefox.person();
        person.goesTo(room);
        person.clicks(NAME_FIELD);
        person.types(name + ENTER);
        person.clicks(FIELD + ":not([disabled])");
        return person;
    }

    private static void says(Firefox.Person person, String text) {
        person.clicks(FIELD);
        person.types(text);
        person.sees(fieldHas(text));
        person.types("\uE00C" + ENTER); // Escape: where names are offered, Enter would choose one
        person.sees(fieldHas(""));
        person.sees(shows(text.replace("~~", "").replace("**", "")));
    }

    private static String shows(String text) {
        return "[...document.querySelectorAll('li.message:not(.pending) .text')].some((node) => node.textContent.trim() === '"
                + text + "')";
    }

    private static String fieldHas(String text) {
        return "document.querySelector('" + FIELD + "')?.value === '" + text + "'";
    }
}
