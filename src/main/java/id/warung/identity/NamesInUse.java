package id.warung.identity;

import id.warung.protocol.User;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The names of those who are connected, so that two people never have the same at one time. One user may hold a name with
 * several sessions. Thread-safe.
 */
public final class NamesInUse {
    private static final class Holder {
        private final String userId;
        private int sessions = 1;

        private Holder(String userId) {
            this.userId = userId;
        }
    }

    private final Map<String, Holder> holders = new HashMap<>();
    private final Map<String, User> users = new HashMap<>(); // by id; the name that was claimed last

    /** The name, or, when somebody else has it, the name with the lowest number behind it that is free. */
    public synchronized User claim(User wanted) {
        String name = wanted.name();
        for (int number = 2; !claimed(name, wanted.id()); number++) {
            name = wanted.name() + " " + number;
        }
        User user = new User(wanted.id(), name);
        users.put(user.id(), user);
        return user;
    }

    /** Somebody who holds a name, by his id; or null. */
    public synchronized User find(String id) {
        return users.get(id);
    }

    /** To be called once for each {@link #claim}, with what it returned; of no effect when it is somebody else's. */
    public synchronized void release(User user) {
        holders.computeIfPresent(folded(user.name()), (name, holder) -> {
            if (!holder.userId.equals(user.id())) {
                return holder;
            }
            holder.sessions--;
            if (holder.sessions == 0) {
                users.remove(user.id(), user);
                return null;
            }
            return holder;
        });
    }

    private boolean claimed(String name, String userId) {
        Holder holder = holders.get(folded(name));
        if (holder == null) {
            holders.put(folded(name), new Holder(userId));
            return true;
        }
        if (holder.userId.equals(userId)) {
            holder.sessions++;
            return true;
        }
        return false;
    }

    private static String folded(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
