package id.warung.session;

import id.warung.identity.Identity;
import id.warung.identity.NamesInUse.Claim;
import id.warung.log.Principal;
import id.warung.protocol.User;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who a session acts for, from hello to its end. Thread-safe. */
final class CurrentUser {
    /** In which a sign-in that has ended can still be renewed. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    private static final Duration LONG = Duration.ofDays(3650);
    /** Tokens without a sign-in of their own are renewed every few minutes or hours; those of long ago have ended by themselves. */
    private static final int MOST_SIGN_INS = 8;

    private static final long NEVER = Long.MAX_VALUE;

    /** Null before hello. */
    private record State(Claim claim, Identity identity, Principal principal, long endsAtNanos, List<String> signIns) {}

    private final NodeContext node;
    private volatile State state;
    private volatile boolean ended;

    CurrentUser(NodeContext node) {
        this.node = node;
    }

    /**
     * Goes on as this identity, under the claimed name; false when the session has ended, and only commands that came before are still
     * executed. Synchronized with its end: each claim is released once.
     */
    synchronized boolean becomes(Claim claim, Identity identity) {
        State before = state;
        Principal principal = node.principals().of(identity.named(claim.user()));
        state = new State(claim, identity, principal, endsAt(identity.expiresAt()), signIns(before, identity));
        if (before != null && !ended) {
            before.claim().release();
        }
        if (ended) {
            claim.release();
        }
        return !ended;
    }

    /** Those of the tokens before, as far as they are remembered, and that of the new one. */
    private static List<String> signIns(State before, Identity identity) {
        Set<String> all = new LinkedHashSet<>(before == null ? List.of() : before.signIns());
        all.remove(identity.signIn());
        all.add(identity.signIn());
        return all.stream().skip(Math.max(0, all.size() - MOST_SIGN_INS)).toList();
    }

    /** The session has ended: the name is free. */
    synchronized void end() {
        if (!ended && state != null) {
            state.claim().release();
        }
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** The sign-ins of all tokens with which the session came so far, the latest last; empty until the user is known. */
    List<String> signIns() {
        State now = state;
        return now == null ? List.of() : now.signIns();
    }

    /** The user with their current name; null until the user is known. */
    User user() {
        State now = state;
        return now == null ? null : now.claim().user();
    }

    /** Null until the user is known. */
    Identity identity() {
        State now = state;
        return now == null ? null : now.identity();
    }

    /** The user with their current name and their rights; null until the user is known. */
    Principal principal() {
        State now = state;
        if (now == null) {
            return null;
        }
        Principal its = now.principal();
        User user = now.claim().user();
        return its.user().equals(user) ? its : new Principal(user, its.rights(), its.rooms());
    }

    /** Whether the sign-in has ended by itself, and a while has passed. */
    boolean isOver(long nowNanos) {
        State now = state;
        return now != null && now.endsAtNanos() != NEVER && nowNanos - now.endsAtNanos() >= 0;
    }

    /** On the monotonic clock. A token that has just ended was still good where the clock is late. */
    private long endsAt(Instant expiresAt) {
        if (expiresAt == null) {
            return NEVER;
        }
        Duration left = Duration.between(node.clock().instant(), expiresAt);
        Duration bounded = left.isNegative() ? Duration.ZERO : left.compareTo(LONG) > 0 ? LONG : left;
        return node.nanoTime().getAsLong() + bounded.plus(GRACE).toNanos();
    }
}
