package id.warung.session;

import id.warung.identity.Guests;
import id.warung.log.Accounts;
import id.warung.log.Leases;
import id.warung.protocol.LookAlikes;
import id.warung.protocol.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The names of this node's users among those of all nodes: no two guests have names that look alike. A name is claimed when somebody says
 * hello, before they are told it; what could not be claimed then is claimed within a second or two after the storage works again, and a
 * guest whose name somebody else has by then gets another one. Methods block; thread-safe.
 */
public final class NameClaims {
    /** Longer than it takes to sign in once the name is claimed. */
    private static final long RELEASE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Guests guests;
    private final Leases leases;
    private final Accounts accounts;
    private final LongSupplier nanoTime;
    private final Map<String, Claimed> claimed = new ConcurrentHashMap<>(); // by user id
    private final Map<String, User> stored =
            new ConcurrentHashMap<>(); // those who are online, as they were stored last
    private long lostNames;

    private record Claimed(String name, long atNanos) {}

    public NameClaims(Guests guests, Leases leases, Accounts accounts, LongSupplier nanoTime) {
        this.guests = guests;
        this.leases = leases;
        this.accounts = accounts;
        this.nanoTime = nanoTime;
    }

    /** An id for a new guest. */
    String newGuest() {
        return guests.newId();
    }

    /** Whether the user is on this node already, with the name that they keep. */
    boolean isOnline(String userId) {
        return guests.find(userId) != null;
    }

    /**
     * Claims the first free one of these names for a guest who comes in.
     *
     * @param taken keys that are not free
     * @return the keys that are not free: only the claimed name is free here
     */
    Set<String> claim(String guestId, List<String> choices, Set<String> taken) {
        List<String> free = choices.stream()
                .filter(name -> LookAlikes.keys(name).stream().noneMatch(taken::contains))
                .toList();
        if (free.isEmpty()) {
            return taken;
        }
        try {
            String name = leases.claim(guestId, free);
            Set<String> others = new HashSet<>(taken);
            choices.forEach(choice -> others.addAll(LookAlikes.keys(choice)));
            if (name != null) {
                others.removeAll(LookAlikes.keys(name));
                claimed.put(guestId, new Claimed(name, nanoTime.getAsLong()));
            }
            return others;
        } catch (IOException away) {
            return taken; // the next turn claims the name that they get
        }
    }

    /** Claims the name of somebody who is signed in, and comes in; a guest who has it loses it. */
    void claim(User person) {
        try {
            Set<String> unused = leases.claim(List.of(person));
            claimed.put(person.id(), new Claimed(person.name(), nanoTime.getAsLong()));
        } catch (IOException away) {
            claimed.remove(person.id()); // the next turn claims it
        }
    }

    /**
     * Claims what is not claimed, releases what nobody uses, and renames guests who have lost their names. For one thread at a time, about
     * once a second.
     *
     * @param held whether this node's lease has held since the last turn
     */
    public void takeTurn(Leases.Standing standing, boolean held) throws IOException {
        if (!held) {
            claimed.clear();
        }
        Collection<User> online = guests.online();
        release(online);
        List<User> unclaimed = online.stream().filter(user -> !isClaimed(user)).toList();
        Set<String> without = new HashSet<>();
        if (!unclaimed.isEmpty()) {
            without.addAll(leases.claim(unclaimed));
            long now = nanoTime.getAsLong();
            unclaimed.stream()
                    .filter(user -> !without.contains(user.id()))
                    .forEach(user -> claimed.put(user.id(), new Claimed(user.name(), now)));
        }
        if (standing.lostNames() != lostNames) {
            without.addAll(leases.lost(online.stream().filter(User::isGuest).toList()));
        }
        for (User user : online) {
            if (without.contains(user.id())) {
                rename(user);
            }
        }
        lostNames = standing.lostNames();
    }

    /**
     * Follows the names that users have been given on other nodes. What is stored is compared with what was stored before, and not with
     * the name here, which may be newer.
     *
     * @param accounts of some who are online, as they are stored now, by id
     */
    public void follow(Map<String, Accounts.Account> accounts) {
        Set<String> online = new HashSet<>();
        guests.online().forEach(user -> online.add(user.id()));
        stored.keySet().retainAll(online);
        accounts.forEach((id, account) -> {
            User before = online.contains(id) ? stored.put(id, account.user()) : null;
            if (before != null && !before.equals(account.user())) {
                guests.follow(account.user());
            }
        });
    }

    private boolean isClaimed(User user) {
        Claimed its = claimed.get(user.id());
        return its != null && its.name().equals(user.name());
    }

    private void release(Collection<User> online) throws IOException {
        Set<String> ids = new HashSet<>();
        online.forEach(user -> ids.add(user.id()));
        long now = nanoTime.getAsLong();
        List<String> gone = new ArrayList<>();
        claimed.forEach((id, its) -> {
            if (!ids.contains(id) && now - its.atNanos() >= RELEASE_NANOS && claimed.remove(id, its)) {
                gone.add(id);
            }
        });
        if (!gone.isEmpty()) {
            leases.release(gone);
            gone.forEach(claimed::remove); // who came in meanwhile claims again
        }
    }

    private void rename(User guest) throws IOException {
        List<String> choices = Guests.choices(null, guest);
        Set<String> taken = accounts.takenKeys(Guests.keysOfChoices(null, guest));
        claimed.remove(guest.id());
        guests.rename(guest, claim(guest.id(), choices.subList(1, choices.size()), withOwn(guest, taken)));
    }

    private static Set<String> withOwn(User guest, Set<String> taken) {
        Set<String> all = new HashSet<>(taken);
        all.addAll(LookAlikes.keys(guest.name()));
        return all;
    }
}
