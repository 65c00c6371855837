package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.NamesInUse.Claim;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesInUseTest {
    private final NamesInUse names = new NamesInUse(List.of(new User("b-1", "Builds")));

    private Claim claimed(String userId, String name) {
        return names.claim(new User(userId, name), Set.of(), () -> {});
    }

    private String claim(String userId, String name) {
        return claimed(userId, name).user().name();
    }

    private Claim renamed(String userId, String name) {
        return names.rename(new User(userId, name), Set.of(), () -> {});
    }

    @Test
    void aStrokeIsAStrokeAndARoundIsARound() {
        claim("u-1", "Bill Gill");
        claim("u-2", "COOP");
        for (String like : new String[] {"BiII GiII", "Bi11 Gi11", "Bi|| Gi||", "C00P"}) {
            assertThat(claim("u-" + like.hashCode(), like)).isNotEqualTo(like);
        }
    }

    @Test
    void aNameThatIsFreeIsGivenAsItIs() {
        assertThat(claimed("u-1", "Ana").user()).isEqualTo(new User("u-1", "Ana"));
    }

    @Test
    void aNameThatSomebodyElseHasGetsTheLowestNumberThatIsFree() {
        claim("u-1", "Ana");
        Claim second = claimed("u-2", "Ana");

        assertThat(second.user().name()).isEqualTo("Ana 2");
        assertThat(claim("u-3", "Ana")).isEqualTo("Ana 3");
        second.release();
        assertThat(claim("u-4", "Ana")).isEqualTo("Ana 2");
    }

    /** As they look, or as they are spelt. */
    @ParameterizedTest
    @CsvSource({
        "Oca, \u041E\u0441\u0430", // Cyrillic
        "\u041E\u0441\u0430, OCA",
        "NIKO, \u039D\u0399\u039A\u039F", // Greek
        "\u039D\u0399\u039A\u039F, \u03BD\u03B9\u03BA\u03BF",
        "\u03B7, \u0397", // looks like n when small, and like H otherwise
        "Builds, \u13F4uilds",
        "\u0645\u06CC\u0646\u0627, \u0645\u06CC\u200C\u0646\u0627", // with a non-joiner
    })
    void namesThatLookTheSameAreNumbered(String name, String other) {
        Claim first = name.equals("Builds") ? null : claimed("u-1", name);
        assertThat(claim("u-2", other)).isEqualTo(other + " 2");
        if (first != null) {
            first.release();
            assertThat(claim("u-3", other)).as("all its forms are free again").isEqualTo(other);
        }
    }

    @Test
    void aUserHasTheNameUntilTheLastOfTheirClaimsIsReleased() {
        Claim one = claimed("u-1", "Ana");
        Claim other = claimed("u-1", "Ana");
        one.release();
        one.release();
        assertThat(names.find("u-1")).isEqualTo(new User("u-1", "Ana"));
        assertThat(claim("u-2", "Ana")).isEqualTo("Ana 2");

        other.release();
        assertThat(names.find("u-1")).isNull();
        assertThat(claim("u-3", "Ana")).isEqualTo("Ana");
    }

    /** An older token names another one. */
    @Test
    void aConnectedUserKeepsTheirName() {
        claim("u-1", "Ana");

        assertThat(claim("u-1", "Anabel")).isEqualTo("Ana");
        assertThat(claim("u-2", "Anabel")).isEqualTo("Anabel");
    }

    @Test
    void namesThatDifferInCaseOnlyAreTheSame() {
        claim("u-1", "Ana");
        assertThat(claim("u-2", "aNA")).isEqualTo("aNA 2");
        claim("u-3", "Straße");
        assertThat(claim("u-4", "STRASSE")).isEqualTo("STRASSE 2");
        claim("u-5", "ΑΣ");
        assertThat(claim("u-6", "ας")).isEqualTo("ας 2");
        claim("u-7", "KIM");
        assertThat(claim("u-8", "kim")).isEqualTo("kim 2");
    }

    @Test
    void aNumberedNameThatSomebodyTookForItselfIsSkipped() {
        claim("u-1", "Ana 2");
        claim("u-2", "Ana");

        assertThat(claim("u-3", "Ana")).isEqualTo("Ana 3");
        assertThat(claim("u-4", "Ana 2")).isEqualTo("Ana 2 2");
    }

    @Test
    void theNamesOfBackEndsAreNobodyElses() {
        assertThat(claim("u-1", "builds")).isEqualTo("builds 2");
        assertThat(renamed("u-1", "BUILDS").user().name()).isEqualTo("BUILDS 2");
    }

    @Test
    void aRenameIsThatOfAllClaimsAndFreesTheOldName() {
        AtomicInteger told = new AtomicInteger();
        Claim laptop = names.claim(new User("u-1", "Ana"), Set.of(), told::incrementAndGet);
        Claim phone = names.claim(new User("u-1", "Ana"), Set.of(), told::incrementAndGet);
        Claim here = renamed("u-1", "Bea");

        assertThat(List.of(laptop.user(), phone.user(), here.user(), names.find("u-1")))
                .containsOnly(new User("u-1", "Bea"));
        assertThat(told).hasValue(2);
        assertThat(names.startingWith("be", 9)).containsExactly(new User("u-1", "Bea"));
        assertThat(names.startingWith("an", 9)).isEmpty();
        assertThat(claim("u-2", "Ana")).isEqualTo("Ana");
        laptop.release();
        phone.release();
        assertThat(claim("u-3", "Bea")).as("one claim is left").isEqualTo("Bea 2");
        assertThat(names.startingWith("BEA", 9)).containsExactly(new User("u-1", "Bea"), new User("u-3", "Bea 2"));
        here.release();
        assertThat(names.startingWith("BEA", 9)).containsExactly(new User("u-3", "Bea 2"));
        assertThat(claim("u-4", "Bea")).isEqualTo("Bea");
    }

    @Test
    void aRenameToANameThatIsTakenGivesAnotherAndOneToOnesOwnTellsNobody() {
        claim("u-1", "Bea");
        AtomicInteger told = new AtomicInteger();
        Claim ana = names.claim(new User("u-2", "Ana"), Set.of(), told::incrementAndGet);
        renamed("u-2", "Bea");
        assertThat(ana.user().name()).isEqualTo("Bea 2");
        assertThat(told).hasValue(1);

        renamed("u-2", "Bea");
        renamed("u-2", "Bea 2");
        assertThat(told).as("the same name").hasValue(1);
        renamed("u-2", "BEA 2");
        assertThat(ana.user().name()).as("its case is one's own").isEqualTo("BEA 2");
        assertThat(told).hasValue(2);
    }

    /** Whatever the name and however often it is taken: the given name is one that hello would accept, and nobody else has it. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ana",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF", // 32
                "ABCDEFGHIJKLMNOPQRSTUVWXYZABC 2", // to be shortened at a space
                "A234567890 234567890 234567890 2",
                "語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語",
                "𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞",
                "🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪",
                "👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽",
                "x\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331"
                        + "\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331\u0331",
            })
    void everyGivenNameIsOneThatHelloAccepts(String wanted) throws CommandRejectedException {
        areLegalAndDifferent(Syntax.name(wanted), 1_100);
    }

    @Test
    void andSoIsEveryOneOfManyRandomNames() throws CommandRejectedException {
        Random random = new Random(20);
        String[] parts = {
            "a", "Ñ", " ", "e\u0301", "語", "𝄞", "🙂", "🇮🇩", "👍🏽", "\u0331", "9", "ß", "İ", "x\u0332\u0331", "가"
        };
        for (int round = 0; round < 300; round++) {
            StringBuilder raw = new StringBuilder("n");
            int most = 1 + random.nextInt(32);
            String next = parts[random.nextInt(parts.length)];
            while (!Syntax.isTooLong(raw + next, most)) {
                raw.append(next);
                next = parts[random.nextInt(parts.length)];
            }
            areLegalAndDifferent(Syntax.name(raw.toString()), 12);
        }
    }

    private void areLegalAndDifferent(String wanted, int clashes) throws CommandRejectedException {
        NamesInUse empty = new NamesInUse(List.of());
        Set<String> given = new HashSet<>();
        for (int n = 0; n < clashes; n++) {
            String name = empty.claim(new User("u-" + n, wanted), Set.of(), () -> {})
                    .user()
                    .name();
            assertThat(Syntax.name(name)).isEqualTo(name);
            assertThat(given.add(name.toUpperCase(Locale.ROOT))).as(name).isTrue();
        }
    }

    @Test
    void aHundredWhoWantOneNameAtOnceEachGetAnother() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Claim>> claims = new ArrayList<>();
            for (int n = 0; n < 100; n++) {
                String id = "u-" + n;
                claims.add(threads.submit(() -> {
                    start.await();
                    return Integer.parseInt(id.substring(2)) % 2 == 0 ? claimed(id, "Ana") : renamed(id, "ANA");
                }));
            }
            start.countDown();
            Set<String> given = new HashSet<>();
            for (Future<Claim> claim : claims) {
                given.add(claim.get(10, TimeUnit.SECONDS).user().name().toLowerCase(Locale.ROOT));
            }
            assertThat(given).hasSize(100);
        } finally {
            threads.shutdownNow();
        }
    }
}
