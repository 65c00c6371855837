package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.GuestTokens;
import id.warung.identity.Guests;
import id.warung.identity.NamesInUse.Claim;
import id.warung.log.AppendRequest;
import id.warung.log.Posted;
import id.warung.log.sqlite.SqliteLog;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingsTest {
    @TempDir
    Path folder;

    private final Guests guests = new Guests(new GuestTokens(new byte[32]), List.of());

    private static List<String> names(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        return java.util.regex.Pattern.compile("\"name\":\"([^\"]*)\"")
                .matcher(text)
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    @Test
    void connectedUsersAreFoundOnceEvenIfTheyHavePostedNothing() throws Exception {
        try (SqliteLog log = SqliteLog.open(folder, new EntryCodec(), Clock.systemUTC())) {
            Listings listings = new Listings(log.directory(), Posted::anybody, guests);
            Claim budi = guests.signIn(new Command.Hello(null, "Budi"), null, () -> {})
                    .claim();
            guests.signIn(new Command.Hello(null, "Bu\u015fra"), null, () -> {});
            guests.signIn(new Command.Hello(null, "Ana"), null, () -> {});
            assertThat(names(people(listings, "bu"))).containsExactlyInAnyOrder("Budi", "Bu\u015fra");

            log.append(List.of(new AppendRequest(
                    new Command.Post("lobby", null, "hi"),
                    Posted.anybody(budi.user()),
                    List.of(),
                    Posted.saying("lobby", ""))));
            assertThat(names(people(listings, "BUD"))).containsExactly("Budi");
            budi.release();
            assertThat(names(people(listings, "budi"))).containsExactly("Budi");
            assertThat(names(people(listings, "x"))).isEmpty();
            assertThat(names(listings.people(new Query(null)))).isEmpty();
        }
    }

    /** José and Jose are two users, and each is found by the other's name, online or not. */
    @Test
    void namesAreFoundAsMessagesAre() throws Exception {
        try (SqliteLog log = SqliteLog.open(folder, new EntryCodec(), Clock.systemUTC())) {
            Listings listings = new Listings(log.directory(), Posted::anybody, guests);
            List<Claim> claims = new ArrayList<>();
            for (String name : List.of(
                    "Jos\u00e9",
                    "Jose",
                    "\u0110\u00e0o",
                    "\uff2b\uff45\uff4e",
                    "\u039a\u03ce\u03c3\u03c4\u03b1\u03c2")) {
                Claim claim = guests.signIn(new Command.Hello(null, name), null, () -> {})
                        .claim();
                claims.add(claim);
            }
            for (int gone = 0; gone < 2; gone++) {
                assertThat(names(people(listings, "JOS%C3%89"))).containsExactlyInAnyOrder("Jos\u00e9", "Jose");
                assertThat(names(people(listings, "%CE%BA%CF%89%CF%83")))
                        .containsExactly("\u039a\u03ce\u03c3\u03c4\u03b1\u03c2");
                assertThat(names(people(listings, "dao"))).containsExactly("\u0110\u00e0o");
                assertThat(names(people(listings, "%C4%91ao"))).containsExactly("\u0110\u00e0o");
                assertThat(names(people(listings, "ken"))).containsExactly("\uff2b\uff45\uff4e");
                assertThat(names(people(listings, "%EF%B8%8F")))
                        .as("of nothing")
                        .isEmpty();
                for (Claim claim : claims) {
                    log.append(List.of(new AppendRequest(
                            new Command.Post("lobby", null, "hi"),
                            Posted.anybody(claim.user()),
                            List.of(),
                            Posted.saying("lobby", ""))));
                    claim.release();
                }
            }
        }
    }

    private static byte[] people(Listings listings, String prefix) throws IOException {
        return listings.people(new Query("q=" + prefix));
    }
}
