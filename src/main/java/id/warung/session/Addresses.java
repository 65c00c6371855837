package id.warung.session;

import id.warung.identity.ClientAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many sessions each address has, and how many it may have. Whoever has entered leaves once. Keeps nothing of an address that
 * nobody is connected from. Thread-safe.
 */
final class Addresses {
    private final int most;
    private final ConcurrentMap<String, Integer> sessions = new ConcurrentHashMap<>();

    /** Lets so many sessions in from each address; 0: any number. */
    Addresses(int most) {
        this.most = most;
    }

    /** Takes a session in, unless its address has as many as it may have. */
    boolean enter(ClientAddress address) {
        if (most == 0 || address.customer() == null) {
            return true;
        }
        // the counter and the decision in one atomic step
        boolean[] entered = new boolean[1];
        sessions.compute(address.customer(), (customer, count) -> {
            int now = count == null ? 0 : count;
            entered[0] = now < most;
            return entered[0] ? now + 1 : count;
        });
        return entered[0];
    }

    /** Gives back what {@link #enter} took. */
    void leave(ClientAddress address) {
        if (most > 0 && address.customer() != null) {
            sessions.computeIfPresent(address.customer(), (customer, count) -> count == 1 ? null : count - 1);
        }
    }

    /** How many addresses have a session that counts. */
    int count() {
        return sessions.size();
    }
}
