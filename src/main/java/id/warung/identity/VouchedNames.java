package id.warung.identity;

import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.Syntax;
import java.util.Optional;

/** The names of people for whom others vouch: whatever an issuer, a server or a proxy says, the name is one that may be shown. Static. */
final class VouchedNames {
    private static final int ID_CHARS_IN_NAME = 6;

    private VouchedNames() {}

    /** The text as a name, shortened if need be; empty when it cannot be one, as with control characters. */
    static Optional<String> of(String text) {
        try {
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(Syntax.name(Syntax.shortened(Syntax.withoutLoneSurrogates(text))));
        } catch (CommandRejectedException unfit) {
            return Optional.empty();
        }
    }

    /** The name of a user without any other. */
    static String ofId(String id) {
        return "user-" + id.substring(2, 2 + ID_CHARS_IN_NAME);
    }
}
