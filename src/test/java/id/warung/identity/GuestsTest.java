package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuestsTest {
    private final GuestTokens tokens = new GuestTokens(new byte[32]);
    private final Guests guests = new Guests(tokens, List.of());

    private Guests.SignedIn hello(String token, String name) throws CommandRejectedException {
        return hello(token, name, null);
    }

    private Guests.SignedIn hello(String token, String name, User known) throws CommandRejectedException {
        return guests.signIn(new Command.Hello(token, name), known, () -> {});
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
        assertThat(tokens.verify(renamed.token())).contains(user(renamed));
        assertThat(renamed.news()).isTrue();
    }

    @Test
    void theTokenHoldsTheNameThatWasGiven() throws CommandRejectedException {
        hello(null, "Ana");
        Guests.SignedIn second = hello(null, "Ana");

        assertThat(user(second).name()).isEqualTo("Ana 2");
        assertThat(tokens.verify(second.token())).contains(user(second));
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
        Guests.SignedIn back = others.signIn(new Command.Hello(first.token(), null), user(renamed), () -> {});
        assertThat(user(back)).as("from the directory").isEqualTo(new User(id, "Bea"));
        assertThat(tokens.verify(back.token())).contains(new User(id, "Bea"));
    }

    /** Earlier versions gave such names, after a long name. */
    @Test
    void aNameThatIsNoneAnyMoreIsMadeOne() throws CommandRejectedException {
        String tooLong = "N".repeat(32) + " 2";
        User back = user(hello(tokens.issue(new User("u-1", tooLong)), null));
        assertThat(back).isEqualTo(new User("u-1", "N".repeat(32)));

        User mixed = user(hello(tokens.issue(new User("u-2", "Аna\u202E")), null));
        assertThat(Syntax.name(mixed.name())).isEqualTo(mixed.name()).startsWith("guest-");
        assertThat(guests.claim(new User("u-3", tooLong)).user().name()).isEqualTo("N".repeat(30) + " 2");
    }

    @Test
    void aForeignTokenIsRefusedAndTakesNoName() throws CommandRejectedException {
        String foreign = new GuestTokens(new byte[] {1}).issue(new User("u-1", "Ana"));
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
        assertThat(names).hasSize(1_000).allMatch(name -> name.matches("guest-[a-z2-9]{4}( 2)?"));
    }
}
