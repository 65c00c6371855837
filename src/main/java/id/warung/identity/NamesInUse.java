package id.warung.identity;

import id.warung.protocol.Folding;
import id.warung.protocol.LookAlikes;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of all online users. No two users ever have the same name at the same time: everybody who speaks, over
 * WebSocket or HTTP, first claims a name here. A user has one name, however many claims they hold. Thread-safe.
 */
public final class NamesInUse {
    /** A user's claim on their name: they are online until it is released. Thread-safe. */
    public final class Claim {
        private final Holder holder;
        private final Runnable renamed;

        private Claim(Holder holder, Runnable renamed) {
            this.holder = holder;
            this.renamed = renamed;
        }

        /** The user with their current name. */
        public User user() {
            return holder.user;
        }

        /** Releases the claim; further calls have no effect. */
        public void release() {
            NamesInUse.this.release(this);
        }
    }

    private static final class Holder {
        private volatile User user;
        private String searchKey; // null: reserved names are not found
        private final Set<Claim> claims = new LinkedHashSet<>();

        private Holder(User user) {
            this.user = user;
        }
    }

    private final Map<String, Holder> byName = new HashMap<>(); // by each of their keys
    private final NavigableMap<String, User> bySearchKey = new TreeMap<>(); // for prefixes, however many are online
    private final Map<String, Holder> byId = new HashMap<>();

    /** Starts with reserved names, which nobody else ever gets. */
    public NamesInUse(Collection<User> reserved) {
        reserved.forEach(user -> take(user.name(), new Holder(user)));
    }

    /**
     * Claims a name. A user who is online already keeps their current name; others get the wanted name or, if it is
     * taken, that name with the lowest free number appended.
     *
     * @param wanted a name that {@link Syntax#name} accepts
     * @param renamed called, on any thread, when the user gets another name; must not block or call back
     */
    public synchronized Claim claim(User wanted, Runnable renamed) {
        Holder holder = byId.computeIfAbsent(wanted.id(), id -> named(new Holder(wanted), wanted.name()));
        Claim claim = new Claim(holder, renamed);
        holder.claims.add(claim);
        return claim;
    }

    /** Claims another name, which becomes the name of all claims of the user. */
    public Claim rename(User wanted, Runnable renamed) {
        List<Claim> others;
        Claim claim;
        synchronized (this) {
            Holder holder = byId.get(wanted.id());
            if (holder == null) {
                return claim(wanted, renamed);
            }
            User before = holder.user;
            forget(holder);
            named(holder, wanted.name());
            others = holder.user.equals(before) ? List.of() : List.copyOf(holder.claims);
            claim = claim(wanted, renamed);
        }
        others.forEach(other -> other.renamed.run());
        return claim;
    }

    /** The online user with this id, or null. */
    public synchronized User find(String id) {
        Holder holder = byId.get(id);
        return holder == null ? null : holder.user;
    }

    /** At most {@code limit} online users whose names start with the prefix, by name. */
    public List<User> startingWith(String prefix, int limit) {
        String searched = Folding.of(prefix);
        synchronized (this) {
            return bySearchKey.tailMap(searched).entrySet().stream()
                    .takeWhile(each -> each.getKey().startsWith(searched))
                    .limit(limit)
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    private synchronized void release(Claim claim) {
        Holder holder = claim.holder;
        if (holder.claims.remove(claim) && holder.claims.isEmpty()) {
            forget(holder);
            byId.remove(holder.user.id());
        }
    }

    private void forget(Holder holder) {
        byName.keySet().removeAll(keys(holder.user.name()));
        bySearchKey.remove(holder.searchKey);
    }

    /** Gives the holder the wanted name, or the nearest free one. */
    private Holder named(Holder holder, String wanted) {
        String name = wanted;
        for (int number = 2; !take(name, holder); number++) {
            name = Syntax.numberedName(wanted, number);
        }
        holder.user = new User(holder.user.id(), name);
        holder.searchKey = Folding.of(name) + '\0' + holder.user.id();
        bySearchKey.put(holder.searchKey, holder.user);
        return holder;
    }

    /** Takes the name for the holder; false when it is taken. */
    private boolean take(String name, Holder holder) {
        if (byName.containsKey(folded(name))) { // first, as it is cheap: a name may be taken with a thousand numbers
            return false;
        }
        Set<String> keys = keys(name);
        if (keys.stream().anyMatch(byName::containsKey)) {
            return false;
        }
        keys.forEach(key -> byName.put(key, holder));
        return true;
    }

    /** The forms in which names must differ: as they are spelt and as they look. */
    private static Set<String> keys(String name) {
        return Stream.of(name, LookAlikes.skeleton(name))
                .map(NamesInUse::folded)
                .collect(Collectors.toSet());
    }

    /** Without regard to case; searches fold further: José is not Jose. */
    private static String folded(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
