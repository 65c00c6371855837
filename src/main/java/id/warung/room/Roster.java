package id.warung.room;

import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The users in a room, in order of arrival. With more than {@value #MAX_NAMED} users, it gives their number and names those who spoke last.
 * A user stays for a while after disconnecting, so that a reload is not shown as leaving. {@link Presence} holds the lock.
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
        change();
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
                change();
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
            change();
        }
    }

    /** The user with their current name; null when they are not here. */
    User user(String id) {
        Member member = here.get(id);
        return member == null ? null : member.user;
    }

    int count() {
        return here.size();
    }

    /** Whether it names only some of the users here. */
    boolean isLarge() {
        return here.size() > MAX_NAMED;
    }

    @Override
    boolean isPending() {
        return departed > 0 || super.isPending();
    }

    @Override
    Reply present() {
        return new Reply.Roster(room, here.size(), named());
    }

    private List<User> named() {
        List<User> named = new ArrayList<>();
        if (!isLarge()) {
            here.values().forEach(member -> named.add(member.user));
        } else if (speakers != null) {
            for (String id : speakers) {
                User speaker = user(id);
                if (speaker != null) {
                    named.add(speaker);
                }
            }
        }
        return named;
    }
}
