package id.warung.log;

import id.warung.protocol.Folding;
import id.warung.protocol.LookAlikes;
import id.warung.protocol.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The leases of several nodes in one process, with a clock of the test's. */
public final class MemoryLeases {
    private final LongSupplier nanoTime;
    private final Map<String, Row> nodes = new HashMap<>();
    private final Map<String, Map<String, Said>> presence = new TreeMap<>(); // by key and node
    private final Map<String, Claimed> names = new TreeMap<>(); // by key
    private boolean away;
    private int writes;

    private static final class Row {
        private long expiresAt;
        private long version;
        private long lost;
    }

    private record Said(long version, String text) {}

    private record Claimed(User user, Set<String> nodes) {}

    public MemoryLeases(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Fails from now on, or works again. */
    public synchronized void setAway(boolean isAway) {
        away = isAway;
    }

    /** As after a crash of the database. */
    public synchronized void clear() {
        nodes.clear();
        presence.clear();
        names.clear();
    }

    /** How often something was written. */
    public synchronized int writes() {
        return writes;
    }

    public Leases node(String name) {
        return new Node(name);
    }

    private boolean isLive(String node) {
        Row row = nodes.get(node);
        return row != null && row.expiresAt - nanoTime.getAsLong() > 0;
    }

    private boolean isFreeFor(User user, String key) {
        Claimed its = names.get(key);
        return its == null
                || its.user().id().equals(user.id())
                || its.nodes().stream().noneMatch(this::isLive)
                || (its.user().isGuest() && !user.isGuest());
    }

    private void check() throws IOException {
        if (away) {
            throw new IOException("away");
        }
    }

    private final class Node implements Leases {
        private final String node;
        private boolean lapsed;

        Node(String node) {
            this.node = node;
        }

        @Override
        public String node() {
            return node;
        }

        @Override
        public boolean renew() throws IOException {
            synchronized (MemoryLeases.this) {
                check();
                boolean held = isLive(node) && !lapsed;
                lapsed = false;
                extend();
                removeLitter();
                return held;
            }
        }

        private void extend() {
            writes++;
            nodes.computeIfAbsent(node, n -> new Row()).expiresAt =
                    nanoTime.getAsLong() + TimeUnit.SECONDS.toNanos(LEASE_SECONDS);
        }

        private void removeLitter() {
            long now = nanoTime.getAsLong();
            nodes.values().removeIf(row -> now - row.expiresAt > TimeUnit.SECONDS.toNanos(60));
            presence.values().forEach(byNode -> byNode.keySet().removeIf(name -> !nodes.containsKey(name)));
            names.values().removeIf(its -> its.nodes().stream().noneMatch(nodes::containsKey));
        }

        private void extendLapsed() {
            if (!isLive(node)) {
                lapsed = true;
                extend();
            }
        }

        @Override
        public void publish(long version, Map<String, String> texts) throws IOException {
            synchronized (MemoryLeases.this) {
                check();
                writes++;
                texts.forEach((key, text) ->
                        presence.computeIfAbsent(key, k -> new HashMap<>()).put(node, new Said(version, text)));
                presence.values().forEach(its -> its.entrySet()
                        .removeIf(one -> one.getKey().equals(node)
                                && one.getValue().text().isEmpty()
                                && one.getValue().version() <= version - REMEMBERED_VERSIONS));
                if (nodes.containsKey(node)) {
                    nodes.get(node).version = version;
                }
            }
        }

        @Override
        public Standing standing() throws IOException {
            synchronized (MemoryLeases.this) {
                check();
                Map<String, Long> others = new HashMap<>();
                nodes.forEach((name, row) -> {
                    if (isLive(name) && !name.equals(node)) {
                        others.put(name, row.version);
                    }
                });
                return new Standing(others, isLive(node) ? nodes.get(node).lost : 0);
            }
        }

        @Override
        public List<Part> about(Collection<String> keys) throws IOException {
            return parts((part, said) -> keys.contains(part.key())
                    && !part.node().equals(node)
                    && !part.text().isEmpty()
                    && isLive(part.node()));
        }

        @Override
        public List<Part> since(Map<String, Long> versions) throws IOException {
            return parts((part, version) -> versions.containsKey(part.node()) && version > versions.get(part.node()));
        }

        private interface Which {
            boolean test(Part part, long version);
        }

        private List<Part> parts(Which which) throws IOException {
            synchronized (MemoryLeases.this) {
                check();
                List<Part> parts = new ArrayList<>();
                presence.forEach((key, byNode) -> byNode.forEach((name, said) -> {
                    Part part = new Part(key, name, said.text());
                    if (which.test(part, said.version())) {
                        parts.add(part);
                    }
                }));
                return parts;
            }
        }

        @Override
        public String claim(String userId, List<String> choices) throws IOException {
            synchronized (MemoryLeases.this) {
                check();
                extendLapsed();
                for (String name : choices) {
                    User user = new User(userId, name);
                    if (LookAlikes.keys(name).stream().allMatch(key -> isFreeFor(user, key))) {
                        names.entrySet()
                                .removeIf(one -> one.getValue().user().id().equals(userId)
                                        && Set.of(node)
                                                .containsAll(one.getValue().nodes()));
                        put(user);
                        return name;
                    }
                }
                return null;
            }
        }

        private void put(User user) {
            writes++;
            for (String key : LookAlikes.keys(user.name())) {
                Claimed before = names.get(key);
                Set<String> where = new HashSet<>(Set.of(node));
                if (before != null && before.user().id().equals(user.id())) {
                    where.addAll(before.nodes());
                }
                names.put(key, new Claimed(user, where));
            }
        }

        @Override
        public Set<String> claim(Collection<User> users) throws IOException {
            synchronized (MemoryLeases.this) {
                check();
                extendLapsed();
                Set<String> without = new HashSet<>();
                users.stream().sorted(Comparator.comparing(User::isGuest)).forEach(user -> {
                    Set<String> keys = LookAlikes.keys(user.name());
                    keys.stream()
                            .map(names::get)
                            .filter(had -> had != null && had.user().isGuest() && !user.isGuest())
                            .flatMap(had -> had.nodes().stream())
                            .filter(nodes::containsKey)
                            .forEach(name -> nodes.get(name).lost++);
                    if (keys.stream().allMatch(key -> isFreeFor(user, key))) {
                        put(user);
                    } else if (user.isGuest()) {
                        without.add(user.id());
                    }
                });
                return without;
            }
        }

        @Override
        public Set<String> lost(Collection<User> guests) throws IOException {
            synchronized (MemoryLeases.this) {
                check();
                Set<String> lost = new HashSet<>();
                for (User guest : guests) {
                    for (String key : LookAlikes.keys(guest.name())) {
                        Claimed its = names.get(key);
                        if (its == null || !its.user().id().equals(guest.id())) {
                            lost.add(guest.id());
                        }
                    }
                }
                return lost;
            }
        }

        @Override
        public void release(Collection<String> userIds) throws IOException {
            synchronized (MemoryLeases.this) {
                check();
                writes++;
                names.entrySet().removeIf(one -> {
                    boolean its = userIds.contains(one.getValue().user().id());
                    return its
                            && one.getValue().nodes().remove(node)
                            && one.getValue().nodes().isEmpty();
                });
            }
        }

        @Override
        public User user(String id) throws IOException {
            return live().stream()
                    .filter(user -> user.id().equals(id))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public List<User> startingWith(String folded, int limit) throws IOException {
            return live().stream()
                    .filter(user -> Folding.of(user.name()).startsWith(folded))
                    .distinct()
                    .sorted(Comparator.comparing((User user) -> Folding.of(user.name()))
                            .thenComparing(User::id))
                    .limit(limit)
                    .toList();
        }

        private List<User> live() throws IOException {
            synchronized (MemoryLeases.this) {
                check();
                return names.values().stream()
                        .filter(its -> its.nodes().stream().anyMatch(MemoryLeases.this::isLive))
                        .map(Claimed::user)
                        .toList();
            }
        }
    }
}
