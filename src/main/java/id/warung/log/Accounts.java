package id.warung.log;

import id.warung.protocol.LookAlikes;
import id.warung.protocol.User;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What is asked about users when they sign in. Methods block; any thread may call them. */
public interface Accounts {
    /**
     * What is known of a user.
     *
     * @param notBefore seconds since 1970: tokens given out before are no longer good
     * @param ended the sign-ins that were ended one by one, and whose tokens would still be good
     */
    record Account(User user, long notBefore, Set<String> ended) {}

    /** The account with this id, or null. */
    Account account(String id) throws IOException;

    /** The accounts with these ids, by id; unknown ones are missing. */
    default Map<String, Account> accounts(Collection<String> ids) throws IOException {
        Map<String, Account> found = new HashMap<>();
        for (String id : ids) {
            Account account = account(id);
            if (account != null) {
                found.put(id, account);
            }
        }
        return found;
    }

    /** Those of these keys that a signed-in person's name has: see {@link LookAlikes#keys}. */
    Set<String> takenKeys(Collection<String> keys) throws IOException;
}
