package id.warung.session;

import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import id.warung.room.Frame;
import id.warung.room.Subscription;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The rooms that one session has joined, served in turn. {@link #next} is for one thread at a time, the other methods for any. */
final class Subscriptions {
    private volatile Subscription[] all = {};
    private boolean ended;
    private int turn;

    /** The next frame of any room, or null. */
    Frame next() {
        Subscription[] now = all;
        for (int i = 0; i < now.length; i++) {
            turn = turn + 1 < now.length ? turn + 1 : 0;
            Subscription subscription = now[turn];
            Frame frame = subscription.next();
            if (subscription.hasEnded()) {
                end(subscription);
            }
            if (frame != null) {
                return frame;
            }
        }
        return null;
    }

    Subscription in(String room) {
        for (Subscription subscription : all) {
            if (subscription.room().name().equals(room)) {
                return subscription;
            }
        }
        return null;
    }

    /** The names of the rooms, with that of the inbox; a copy. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        for (Subscription subscription : all) {
            names.add(subscription.room().name());
        }
        return names;
    }

    /** The reader has a new name: their rooms show it. */
    void renamed(User user) {
        for (Subscription subscription : all) {
            subscription.room().renamed(user);
        }
    }

    /** How many rooms count towards the limit: all but the inbox, which every user has. */
    int count() {
        int count = 0;
        for (Subscription subscription : all) {
            count += RoomName.isInbox(subscription.room().name()) ? 0 : 1;
        }
        return count;
    }

    synchronized void add(Subscription subscription) {
        if (ended) {
            subscription.end();
            return;
        }
        Subscription[] grown = Arrays.copyOf(all, all.length + 1);
        grown[all.length] = subscription;
        all = grown;
    }

    /** True when it had not ended before. */
    synchronized boolean end(Subscription subscription) {
        boolean first = subscription.end();
        all = Arrays.stream(all).filter(other -> other != subscription).toArray(Subscription[]::new);
        return first;
    }

    /** Ends all subscriptions, present and future; the rooms remain known for posts that are still on their way. */
    synchronized void endAll() {
        if (ended) {
            return;
        }
        ended = true;
        for (Subscription subscription : all) {
            subscription.end();
        }
    }
}
