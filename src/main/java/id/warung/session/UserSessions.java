package id.warung.session;

import id.warung.protocol.CloseCode;
import id.warung.protocol.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sessions of each user who is here, and how these users are connected to other nodes. Stores nothing for a user without sessions.
 * Thread-safe.
 */
public final class UserSessions {
    /** How long a user who acts without a session counts as being here. */
    private static final long ACTING_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final String HERE = "here";
    private static final int MAX_ACTING = 16_384;

    // the oldest first; the sets are used inside of compute only
    private final ConcurrentMap<String, Set<ChatSession>> byUser = new ConcurrentHashMap<>();
    // by user and without nodes that know of none; only where there are other nodes
    private final ConcurrentMap<String, List<List<Connection>>> elsewhere = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> acting = new ConcurrentHashMap<>(); // until when, by user
    private volatile BiConsumer<String, String> others; // null: there are no other nodes
    private volatile int most; // sessions of a user at a time; 0: any number

    /**
     * A sign-in with connections.
     *
     * @param id of the sign-in, the same in all of its tokens
     * @param since when its oldest connection began
     * @param address of its latest connection
     * @param agent what the client of its latest connection calls itself; null: nothing
     */
    public record Device(String id, Instant since, String address, String agent, int connections) {}

    /** Tells other nodes how each user is connected to this one: id and text, which is empty when they are not. Called once, at the start. */
    public void tellOthers(BiConsumer<String, String> listener) {
        others = listener;
    }

    /** Adds a session of a user. If there are now more than {@code most}, the oldest one ends; 0: any number. Back ends have any number. */
    void enter(User user, ChatSession session, int most) {
        this.most = most;
        ChatSession[] oldest = new ChatSession[1];
        byUser.compute(user.id(), (id, sessions) -> {
            Set<ChatSession> all = sessions == null ? new LinkedHashSet<>(2) : sessions;
            all.add(session);
            if (most > 0 && all.size() > most && !user.isBackEnd()) {
                oldest[0] = all.iterator().next();
                all.remove(oldest[0]);
            }
            return all;
        });
        if (oldest[0] != null) {
            oldest[0].end(CloseCode.REPLACED);
        }
        endOldest(user.id());
        tell(user.id());
    }

    void leave(String userId, ChatSession session) {
        byUser.computeIfPresent(userId, (id, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        });
        tell(userId);
    }

    private void tell(String userId) {
        if (others != null) {
            synchronized (acting) { // what is told last is what is so
                others.accept(userId, text(userId));
            }
        }
    }

    private String text(String userId) {
        String lines = connections(userId).stream().map(Connection::line).collect(Collectors.joining("\n"));
        return lines.isEmpty() && acting.containsKey(userId) ? HERE : lines;
    }

    private List<Connection> connections(String userId) {
        return of(userId).stream()
                .filter(session -> !session.signIns().isEmpty())
                .map(Connection::of)
                .toList();
    }

    /** The user does something on this node, perhaps without a session: limits count for all their nodes together. */
    void acts(String userId, long nowNanos) {
        if (others != null
                && !byUser.containsKey(userId)
                && acting.size() < MAX_ACTING
                && acting.put(userId, nowNanos + ACTING_NANOS) == null) {
            tell(userId);
        }
    }

    /** Forgets who acted a while ago. Called by one thread, about once a second. */
    public void forgetActing(long nowNanos) {
        acting.forEach((userId, until) -> {
            if (nowNanos - until >= 0 && acting.remove(userId, until)) {
                tell(userId);
            }
        });
    }

    /** What other nodes say about how a user is connected to them. If there are too many sessions, the oldest ones end. */
    public void setElsewhere(String userId, Collection<String> texts) {
        List<List<Connection>> all = texts.stream()
                .map(text -> text.equals(HERE)
                        ? List.<Connection>of()
                        : text.lines().map(Connection::of).toList())
                .toList();
        if (all.isEmpty()) {
            elsewhere.remove(userId);
        } else {
            elsewhere.put(userId, all);
            endOldest(userId);
        }
    }

    private Stream<Connection> elsewhere(String userId) {
        return elsewhere.getOrDefault(userId, List.of()).stream().flatMap(List::stream);
    }

    /** On how many nodes the user is, as far as is known; at least 1. */
    int nodesOf(String userId) {
        List<?> nodes = elsewhere.isEmpty() ? null : elsewhere.get(userId);
        return nodes == null ? 1 : 1 + nodes.size();
    }

    /** Of too many sessions on all nodes, each node ends the oldest ones that are its own. */
    private void endOldest(String userId) {
        if (most == 0 || userId.startsWith(User.BACK_END) || !elsewhere.containsKey(userId)) {
            return;
        }
        Map<String, ChatSession> here =
                of(userId).stream().collect(Collectors.toMap(ChatSession::id, session -> session, (one, other) -> one));
        List<Connection> all = Stream.concat(connections(userId).stream(), elsewhere(userId))
                .sorted(Connection.BY_AGE)
                .toList();
        all.stream()
                .limit(Math.max(0, all.size() - most))
                .map(old -> here.get(old.id()))
                .filter(Objects::nonNull)
                .forEach(session -> {
                    session.end(CloseCode.REPLACED);
                    leave(userId, session);
                });
    }

    /** A copy: the user's sessions now, the oldest first. */
    List<ChatSession> of(String userId) {
        List<ChatSession> copy = new ArrayList<>();
        byUser.computeIfPresent(userId, (id, sessions) -> {
            copy.addAll(sessions);
            return sessions;
        });
        return copy;
    }

    /** The ids of all users who have a session; a copy. */
    public List<String> users() {
        return List.copyOf(byUser.keySet());
    }

    /**
     * The sign-ins that belong to this one, and it: an issuer may give each token a sign-in of its own, and a session that goes on with the
     * next token connects them.
     */
    Set<String> relatedTo(String userId, String signIn) {
        Set<String> related = new LinkedHashSet<>(Set.of(signIn));
        List<List<String>> chains = Stream.concat(
                        of(userId).stream().map(ChatSession::signIns),
                        elsewhere(userId).map(Connection::signIns))
                .toList();
        for (int before = 0; before < related.size(); ) {
            before = related.size();
            for (List<String> chain : chains) {
                if (chain.stream().anyMatch(related::contains)) {
                    related.addAll(chain);
                }
            }
        }
        return related;
    }

    /** How many users have a session. */
    int count() {
        return byUser.size();
    }

    /** The sign-ins with which a user is connected, the oldest first; {@code texts} is what other nodes say. */
    public List<Device> devicesOf(String userId, Collection<String> texts) {
        Map<String, List<Connection>> bySignIn = Stream.concat(
                        connections(userId).stream(),
                        texts.stream()
                                .filter(text -> !text.equals(HERE))
                                .flatMap(String::lines)
                                .map(Connection::of))
                .collect(Collectors.groupingBy(Connection::signIn));
        return bySignIn.entrySet().stream()
                .map(entry -> device(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Device::since))
                .toList();
    }

    private static Device device(String signIn, List<Connection> connections) {
        Connection oldest = connections.stream().min(Connection.BY_AGE).orElseThrow();
        Connection latest = connections.stream().max(Connection.BY_AGE).orElseThrow();
        return new Device(signIn, oldest.since(), latest.address(), latest.agent(), connections.size());
    }
}
