package id.warung.session;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Limits what all strangers together may have of the sessions, from however many addresses they come: those who have not signed in yet have a
 * quarter; on a server that knows its users otherwise, guests have half. So at least a quarter is left for those who are known. Thread-safe.
 */
final class Strangers {
    private static final int SHARE_BEFORE_HELLO = 4; // a quarter
    private static final int SHARE_OF_GUESTS = 2; // half

    private final int mostBeforeHello; // 0: any number
    private final int mostGuests; // 0: any number
    private final Set<ChatSession> beforeHello = new LinkedHashSet<>(); // the oldest first
    private final Set<ChatSession> guests = new HashSet<>();

    /**
     * @param mostSessions about how many sessions there can be; 0: any number
     * @param guestsOnly whether everybody is a guest here
     */
    Strangers(int mostSessions, boolean guestsOnly) {
        this.mostBeforeHello = mostSessions == 0 ? 0 : Math.max(1, mostSessions / SHARE_BEFORE_HELLO);
        this.mostGuests = mostSessions == 0 || guestsOnly ? 0 : Math.max(1, mostSessions / SHARE_OF_GUESTS);
    }

    /** A session has begun. Returns the one that has waited longest for its hello, if there are too many; otherwise null. */
    synchronized ChatSession arrives(ChatSession session) {
        beforeHello.add(session);
        if (mostBeforeHello == 0 || beforeHello.size() <= mostBeforeHello) {
            return null;
        }
        Iterator<ChatSession> all = beforeHello.iterator();
        ChatSession oldest = all.next();
        all.remove();
        return oldest;
    }

    /** A session signs in as a guest; false when there are too many guests: then nothing changes. */
    synchronized boolean admitsGuest(ChatSession session) {
        if (mostGuests > 0 && guests.size() >= mostGuests && !guests.contains(session)) {
            return false;
        }
        guests.add(session);
        beforeHello.remove(session);
        return true;
    }

    /** The user of a session is known, or the session has ended. */
    synchronized void leaves(ChatSession session) {
        beforeHello.remove(session);
        guests.remove(session);
    }

    /** How many sessions it counts. */
    synchronized int count() {
        return beforeHello.size() + guests.size();
    }
}
