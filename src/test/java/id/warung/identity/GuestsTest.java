package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuestsTest {
    private final WarungTokens tokens = new WarungTokens(new byte[32], Clock.systemUTC());
    private final Authenticator authenticator = new Authenticator(tokens, new ApiKeys(Map.of()), List.of(), true);
    private final Guests guests = new Guests(tokens, List.of());

    private Guests.SignedIn hello(String token, String name) throws CommandRejectedException {
        return hello(token, name, null);
    }

    private Guests.SignedIn hello(String token, String name, User known) throws CommandRejectedException {
        return hello(guests, token, name, known);
    }

    private Guests.SignedIn hello(Guests guests, String token, String name, User known)
            throws CommandRejectedException {
        User holder = token == null
                ? null
                : authenticator.identify(token).toCompletableFuture().join().user();
        return guests.signIn(holder, name, known, Set.of(), Instant.now(), () -> {});
    }

    private User verified(String token) {
        return tokens.verify(token).orElseThrow().user();
    }

    private static User user(Guests.SignedIn signedIn) {
        return signedIn.claim().user();
    }

    @Test
    void eachNewGuestIsSomebodyElse() throws CommandRejectedException {
        User ana = user(hello(null, "Ana"));
        User budi = user(hello(null, "Budi"));

        assertThat(ana.name()).isEqualTo("Ana");
        assertThat(ana.id()).matches("u-[a-z2-9]{12}").isNotEqualTo(budi.id());
    }

    @Test
    void theTokenBringsTheSameGuestBack() throws CommandRejectedException {
        Guests.SignedIn first = hello(null, "Ana");
        first.claim().release();

        Guests.SignedIn back = hello(first.token(), null);
        assertThat(user(back)).isEqualTo(user(first));
        assertThat(back.news()).isFalse();
    }

    @Test
    void aNameBesideTheTokenRenames() throws CommandRejectedException {
        Guests.SignedIn first = hello(null, "Ana");
        Guests.SignedIn renamed = hello(first.token(), "Ana Maria");

        assertThat(user(renamed)).isEqualTo(new User(user(first).id(), "Ana Maria"));
        assertThat(verified(renamed.token())).isEqualTo(user(renamed));
        assertThat(renamed.news()).isTrue();
    }

    @Test
    void theTokenHoldsTheNameThatWasGiven() throws CommandRejectedException {
        hello(null, "Ana");
        Guests.SignedIn second = hello(null, "Ana");

        assertThat(user(second).name()).isEqualTo("Ana 2");
        assertThat(verified(second.token())).isEqualTo(user(second));
    }

    @Test
    void aReturningGuestWhoseNameIsTakenGetsAnother() throws CommandRejectedException {
        Guests.SignedIn first = hello(null, "Ana");
        first.claim().release();
        hello(null, "Ana");

        Guests.SignedIn back = hello(first.token(), null);
        assertThat(user(back)).isEqualTo(new User(user(first).id(), "Ana 2"));
        assertThat(back.news()).isTrue();
    }

    @Test
    void theLatestNameCountsAndNotTheOneInAnOlderToken() throws CommandRejectedException {
        Guests.SignedIn first = hello(null, "Ana");
        String id = user(first).id();
        Guests.SignedIn renamed = hello(first.token(), "Bea");
        assertThat(user(hello(first.token(), null))).as("still here").isEqualTo(new User(id, "Bea"));

        Guests others = new Guests(tokens, List.of());
        Guests.SignedIn back = hello(others, first.token(), null, user(renamed));
        assertThat(user(back)).as("from the directory").isEqualTo(new User(id, "Bea"));
        assertThat(verified(back.token())).isEqualTo(new User(id, "Bea"));
    }

    /** Earlier versions gave such names, after a long name. */
    @Test
    void aNameThatIsNoneAnyMoreIsMadeOne() throws CommandRejectedException {
        String tooLong = "N".repeat(32) + " 2";
        User back = user(hello(tokens.ofGuest(new User("u-1", tooLong), Instant.now()), null));
        assertThat(back).isEqualTo(new User("u-1", "N".repeat(32)));

        User mixed = user(hello(tokens.ofGuest(new User("u-2", "Аna\u202E"), Instant.now()), null));
        assertThat(Syntax.name(mixed.name())).isEqualTo(mixed.name()).startsWith("guest-");
        assertThat(guests.claim(new User("u-3", tooLong), Set.of()).user().name())
                .isEqualTo("N".repeat(30) + " 2");
    }

    @Test
    void aForeignTokenIsRefusedAndTakesNoName() throws CommandRejectedException {
        String foreign =
                new WarungTokens(new byte[] {1}, Clock.systemUTC()).ofGuest(new User("u-1", "Ana"), Instant.now());
        CommandRejectedException refused =
                catchThrowableOfType(CommandRejectedException.class, () -> hello(foreign, "Ana"));

        assertThat(refused.reply().code()).isEqualTo(ErrorCode.BAD_TOKEN);
        assertThat(user(hello(null, "Ana")).name()).isEqualTo("Ana");
    }

    @Test
    void theNamelessGetNamesOfTheirOwn() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            names.add(guests.signInNameless().user().name());
        }
        assertThat(names).hasSize(1_000).allMatch(name -> name.matches("guest-[a-z2-9]{4}( [2-9])?"));
    }
}
