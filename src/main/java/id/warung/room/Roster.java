package id.warung.room;

import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The users in a room, in order of arrival on this node, and then those on other nodes. With more than {@value #MAX_NAMED} users, it gives
 * their number and names those who spoke last. A user stays for a while after disconnecting, so that a reload is not shown as leaving.
 * {@link Presence} holds the lock.
 */
final class Roster extends SoftState {
    static final int MAX_NAMED = 200;
    private static final int MAX_SPEAKERS = 20;

    private static final class Member {
        private User user;
        private int sessions;
        private long leftAt; // nanoseconds; only valid while there are no sessions
    }

    private final String room;
    private final Map<String, Member> here = new LinkedHashMap<>(2); // by id
    private OtherNodes others = OtherNodes.NONE;
    private int onlyElsewhere; // of the others, those who are named and not here
    private ArrayDeque<String> speakers; // the latest first; null until somebody speaks while the room is large
    private int departed; // the number of users here without a session

    Roster(String room, long publishedAt) {
        super(publishedAt);
        this.room = room;
    }

    /** Adds a session of the user; true when the user is new here, and a roster with them will follow. */
    boolean enter(User user) {
        Member member = here.computeIfAbsent(user.id(), id -> new Member());
        boolean isNew = member.user == null;
        onlyElsewhere -= isNew && isElsewhere(user.id()) ? 1 : 0;
        if (!isNew && member.sessions == 0) {
            departed--;
        }
        member.sessions++;
        rename(member, user);
        return isNew;
    }

    /** Renames the user; returns whether they are here and had another name. */
    boolean renamed(User user) {
        Member member = here.get(user.id());
        return member != null && rename(member, user);
    }

    private boolean rename(Member member, User user) {
        if (user.equals(member.user)) {
            return false;
        }
        member.user = user;
        changeHere();
        return true;
    }

    /** Removes a session of the user. */
    void leave(User user, long nowNanos) {
        Member member = here.get(user.id());
        if (member != null && member.sessions > 0) {
            member.sessions--;
            member.leftAt = nowNanos;
            departed += member.sessions == 0 ? 1 : 0;
        }
    }

    /** Removes the users whose last session ended that long ago, and reports them. */
    void evictDeparted(long nowNanos, long graceNanos, Consumer<String> evicted) {
        if (departed == 0) {
            return;
        }
        for (Iterator<Member> all = here.values().iterator(); all.hasNext(); ) {
            Member member = all.next();
            if (member.sessions == 0 && nowNanos - member.leftAt >= graceNanos) {
                all.remove();
                departed--;
                onlyElsewhere += isElsewhere(member.user.id()) ? 1 : 0;
                changeHere();
                evicted.accept(member.user.id());
            }
        }
    }

    /** The user has spoken; they may be here or not. */
    void recordPost(String userId) {
        if (!isLarge()) {
            return;
        }
        if (speakers == null) {
            speakers = new ArrayDeque<>();
        }
        if (!userId.equals(speakers.peekFirst())) {
            speakers.remove(userId);
            speakers.addFirst(userId);
            if (speakers.size() > MAX_SPEAKERS) {
                speakers.removeLast();
            }
            if (here.size() > MAX_NAMED) {
                changeHere();
            } else {
                change();
            }
        }
    }

    /** Those on other nodes are these now. */
    void setOthers(OtherNodes others) {
        int countBefore = count();
        List<User> before = named();
        this.others = others;
        onlyElsewhere = (int) others.named().keySet().stream()
                .filter(id -> !here.containsKey(id))
                .count();
        if (count() != countBefore || !named().equals(before)) {
            change();
        }
    }

    private boolean isElsewhere(String id) {
        return others.named().containsKey(id);
    }

    /** The user with their current name; null when they are not known to be here. */
    User user(String id) {
        Member member = here.get(id);
        return member == null ? others.named().get(id) : member.user;
    }

    /** How many users there are on all nodes; a user on several may count several times where not all are named. */
    int count() {
        return here.size() + onlyElsewhere + others.unnamed();
    }

    /** Whether it names only some of the users. */
    boolean isLarge() {
        return count() > MAX_NAMED;
    }

    /** Who is here on this node, for the other nodes. */
    RoomPart part(List<User> typing) {
        boolean large = here.size() > MAX_NAMED;
        List<User> named = large
                ? speakers().stream()
                        .filter(user -> here.containsKey(user.id()))
                        .toList()
                : here.values().stream().map(member -> member.user).toList();
        return new RoomPart(here.size(), named, typing);
    }

    @Override
    boolean isPending() {
        return departed > 0 || super.isPending();
    }

    @Override
    Reply present() {
        return new Reply.Roster(room, count(), named());
    }

    private List<User> named() {
        if (isLarge()) {
            return speakers();
        }
        List<User> named = new ArrayList<>(count());
        here.values().forEach(member -> named.add(member.user));
        others.named().values().stream()
                .filter(user -> !here.containsKey(user.id()))
                .forEach(named::add);
        return named;
    }

    /** The same; 0 when nobody is here on this node, as it hears nothing of others then. */
    int countIfHere() {
        return here.isEmpty() ? 0 : count();
    }

    /** Everybody who is known by name, here and on other nodes; nobody when nobody is here on this node, as it hears nothing of others then. */
    RoomPart everybody() {
        if (here.isEmpty()) {
            return RoomPart.NOBODY;
        }
        List<User> all = new ArrayList<>(here.size() + onlyElsewhere);
        here.values().forEach(member -> all.add(member.user));
        others.named().values().stream()
                .filter(user -> !here.containsKey(user.id()))
                .forEach(all::add);
        return new RoomPart(count(), all, List.of());
    }

    private List<User> speakers() {
        return speakers == null
                ? List.of()
                : speakers.stream().map(this::user).filter(Objects::nonNull).toList();
    }
}
