package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Refused;
import id.warung.protocol.User;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuestsTest {
    private final GuestTokens tokens = new GuestTokens(new byte[32]);
    private final Guests guests = new Guests(tokens);

    private Guests.SignedIn hello(String token, String name) throws Refused {
        return guests.signIn(new Command.Hello(token, name));
    }

    @Test
    void eachNewGuestIsSomebodyElse() throws Refused {
        User ana = hello(null, "Ana").user();
        User budi = hello(null, "Budi").user();

        assertThat(ana.name()).isEqualTo("Ana");
        assertThat(ana.id()).matches("u-[a-z2-9]{12}").isNotEqualTo(budi.id());
    }

    @Test
    void theTokenBringsTheSameGuestBack() throws Refused {
        Guests.SignedIn first = hello(null, "Ana");
        guests.signOut(first.user());

        assertThat(hello(first.token(), null).user()).isEqualTo(first.user());
    }

    @Test
    void aNameBesideTheTokenRenames() throws Refused {
        Guests.SignedIn first = hello(null, "Ana");
        Guests.SignedIn renamed = hello(first.token(), "Ana Maria");

        assertThat(renamed.user()).isEqualTo(new User(first.user().id(), "Ana Maria"));
        assertThat(tokens.verify(renamed.token())).contains(renamed.user());
    }

    @Test
    void theTokenHoldsTheNameThatWasGiven() throws Refused {
        hello(null, "Ana");
        Guests.SignedIn second = hello(null, "Ana");

        assertThat(second.user().name()).isEqualTo("Ana 2");
        assertThat(tokens.verify(second.token())).contains(second.user());
    }

    @Test
    void whoComesBackToATakenNameIsToldAnother() throws Refused {
        Guests.SignedIn first = hello(null, "Ana");
        guests.signOut(first.user());
        hello(null, "Ana");

        User back = hello(first.token(), null).user();
        assertThat(back).isEqualTo(new User(first.user().id(), "Ana 2"));
    }

    @Test
    void aForeignTokenIsRefusedAndTakesNoName() throws Refused {
        String foreign = new GuestTokens(new byte[] {1}).issue(new User("u-1", "Ana"));
        Refused refused = catchThrowableOfType(Refused.class, () -> hello(foreign, "Ana"));

        assertThat(refused.reply().code()).isEqualTo(ErrorCode.BAD_TOKEN);
        assertThat(hello(null, "Ana").user().name()).isEqualTo("Ana");
    }

    @Test
    void theNamelessGetNamesOfTheirOwn() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            names.add(guests.signInNameless().name());
        }
        assertThat(names).hasSize(1_000).allMatch(name -> name.matches("guest-[a-z2-9]{4}( 2)?"));
    }
}
