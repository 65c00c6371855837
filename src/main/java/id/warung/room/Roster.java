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
 * Who is in a room, in the order in which they came; of more than {@value #MAX_NAMED} it tells how many, and names those who spoke last. A
 * user who goes away stays for a while, so that a reload is not seen. {@link Presence} has the lock.
 */
final class Roster extends SoftState {
    static final int MAX_NAMED = 200;
    private static final int MAX_SPEAKERS = 20;

    private static final class Member {
        private User user;
        private int sessions;
        private long leftAt; // nanoseconds; of meaning while there are no sessions
    }

    private final String room;
    private final Map<String, Member> here = new LinkedHashMap<>(2); // by id
    private ArrayDeque<String> speakers; // the last one first; null until somebody speaks while the room is large
    private int departed; // how many of those here have no session any more

    Roster(String room, long publishedAt) {
        super(publishedAt);
        this.room = room;
    }

    /** True when they are new here, so that a roster with them in it is to come. */
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

    /** Whether they are here, and were under another name until now. */
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

    /** One of their sessions has gone. */
    void leave(User user, long nowNanos) {
        Member member = here.get(user.id());
        if (member != null && member.sessions > 0) {
            member.sessions--;
            member.leftAt = nowNanos;
            departed += member.sessions == 0 ? 1 : 0;
        }
    }

    /** Forgets those whose last session went so long ago, and tells who they are. */
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

    /** They have said something, whether they are here or not. */
    void spoke(String userId) {
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

    /** Under the name they have now; null when they are not here. */
    User user(String id) {
        Member member = here.get(id);
        return member == null ? null : member.user;
    }

    int count() {
        return here.size();
    }

    /** Whether it names only some of those who are here. */
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
