package id.warung.identity;

import id.warung.protocol.Folding;
import id.warung.protocol.LookAlikes;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The names of all online users: everybody who speaks, over WebSocket or HTTP, first claims a name here. A guest never has the name of
 * somebody else; people who have signed in have the names that others vouch for, also if two are called the same. A user has one name,
 * however many claims they hold. Thread-safe.
 */
public final class NamesInUse {
    /** Beyond it, numbers are drawn: nobody can foresee who gets which, and nobody who signs in is called so. */
    private static final int MAX_NUMBER = 20;

    private static final int RARE = 1_000;

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
    private final Map<String, Holder> reservedHolders = new HashMap<>(); // by id

    /** Starts with reserved names, which nobody else ever gets. */
    public NamesInUse(Collection<User> reserved) {
        reserved.forEach(user -> {
            Holder holder = new Holder(user);
            boolean unused = take(user.name(), holder, Set.of());
            reservedHolders.put(user.id(), holder);
        });
    }

    /**
     * Claims a name. A user who is online already keeps their current name; others get the wanted name or, if it is
     * taken, that name with the lowest free number appended.
     *
     * @param wanted a name that {@link Syntax#name} accepts
     * @param taken keys of names that are not free, though nobody here has them: see {@link LookAlikes#keys}
     * @param renamed called, on any thread, when the user gets another name; must not block or call back
     */
    public synchronized Claim claim(User wanted, Set<String> taken, Runnable renamed) {
        Holder holder = reservedHolders.get(wanted.id());
        if (holder == null) {
            holder = byId.computeIfAbsent(wanted.id(), id -> named(new Holder(wanted), wanted.name(), taken));
        }
        Claim claim = new Claim(holder, renamed);
        holder.claims.add(claim);
        return claim;
    }

    /** Claims another name, which becomes the name of all claims of the user. */
    public Claim rename(User wanted, Set<String> taken, Runnable renamed) {
        List<Claim> others;
        Claim claim;
        synchronized (this) {
            Holder holder = byId.get(wanted.id());
            if (holder == null) {
                return claim(wanted, taken, renamed);
            }
            User before = holder.user;
            forget(holder);
            named(holder, wanted.name(), taken);
            others = holder.user.equals(before) ? List.of() : List.copyOf(holder.claims);
            claim = claim(wanted, taken, renamed);
        }
        others.forEach(other -> other.renamed.run());
        return claim;
    }

    /** Claims the name of a person for whom others vouch: it is theirs, and a guest who has it gets another one. */
    public Claim claimVouched(User person, Runnable renamed) {
        List<Claim> told = new ArrayList<>();
        Claim claim;
        synchronized (this) {
            for (String key : LookAlikes.keys(person.name())) {
                Holder guest = byName.get(key);
                if (guest != null && guest.user.isGuest()) {
                    forget(guest);
                    named(guest, person.name(), LookAlikes.keys(person.name()));
                    told.addAll(guest.claims);
                }
            }
            Holder holder = byId.get(person.id());
            if (holder != null && !holder.user.equals(person)) {
                forget(holder);
                told.addAll(holder.claims);
            }
            if (holder == null || !holder.user.equals(person)) {
                holder = holder == null ? new Holder(person) : holder;
                byId.put(person.id(), holder);
                Holder vouched = holder;
                LookAlikes.keys(person.name()).forEach(key -> byName.putIfAbsent(key, vouched));
                present(holder, person.name());
            }
            claim = new Claim(holder, renamed);
            holder.claims.add(claim);
        }
        told.forEach(other -> other.renamed.run());
        return claim;
    }

    /** The online user with this id, or null. */
    public synchronized User find(String id) {
        Holder holder = byId.get(id);
        return holder == null ? null : holder.user;
    }

    /** All online users, without reserved ones; a copy. */
    synchronized List<User> online() {
        return byId.values().stream().map(holder -> holder.user).toList();
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
        if (holder.claims.remove(claim) && holder.claims.isEmpty() && byId.remove(holder.user.id()) != null) {
            forget(holder);
        }
    }

    private void forget(Holder holder) {
        LookAlikes.keys(holder.user.name()).forEach(key -> byName.remove(key, holder));
        bySearchKey.remove(holder.searchKey);
    }

    /** Gives the holder the wanted name, or the nearest free one. */
    private Holder named(Holder holder, String wanted, Set<String> taken) {
        String name = wanted;
        for (int number = 2; !take(name, holder, taken); number++) {
            name = Syntax.numberedName(
                    wanted,
                    number <= MAX_NUMBER ? number : ThreadLocalRandom.current().nextInt(RARE, 1000 * RARE));
        }
        present(holder, name);
        return holder;
    }

    private void present(Holder holder, String name) {
        holder.user = new User(holder.user.id(), name);
        holder.searchKey = Folding.of(name) + '\0' + holder.user.id();
        bySearchKey.put(holder.searchKey, holder.user);
    }

    /** Takes the name for the holder; false when it is taken. */
    private boolean take(String name, Holder holder, Set<String> taken) {
        Set<String> keys = LookAlikes.keys(name);
        if (keys.stream().anyMatch(key -> byName.containsKey(key) || taken.contains(key))) {
            return false;
        }
        keys.forEach(key -> byName.put(key, holder));
        return true;
    }

    /** The keys of a name and of those that a guest could get instead, as numbers go. */
    static Set<String> keysOfChoices(String name) {
        return choices(name).stream()
                .flatMap(choice -> LookAlikes.keys(choice).stream())
                .collect(Collectors.toSet());
    }

    /** A name and those that a guest could get instead, in order. */
    static List<String> choices(String name) {
        return IntStream.rangeClosed(1, MAX_NUMBER)
                .mapToObj(number -> number == 1 ? name : Syntax.numberedName(name, number))
                .toList();
    }
}
