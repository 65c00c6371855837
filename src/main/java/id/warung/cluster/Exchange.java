package id.warung.cluster;

import id.warung.log.Hints;
import id.warung.log.Leases;
import id.warung.log.Leases.Part;
import id.warung.pump.FatalErrors;
import id.warung.pump.Pump;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Tells the other nodes what this one says about people, at most once a second, and hears what they say about the same. While nobody is on
 * this node it asks nothing, and while nothing changes it writes nothing but its lease. Thread-safe; never blocks its caller.
 */
public final class Exchange {
    /** Hears what the other nodes say. Called on the executor, one call at a time. */
    public interface Listener {
        /** What all other live nodes say about this now: as many texts as nodes say something. */
        void others(String key, Collection<String> texts);
    }

    /** What else has to be done while somebody is on this node; may block. */
    public interface Turn {
        /**
         * Takes its turn, about once a second.
         *
         * @param standing the nodes
         * @param held whether this node's lease has held since the last turn; otherwise everything has to be claimed again
         */
        void take(Leases.Standing standing, boolean held) throws IOException;
    }

    /** Not a room's name: a hint with it says that some node says something new about people. */
    static final String HINT = "*people";

    private static final Logger LOG = System.getLogger(Exchange.class.getName());
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long RENEWAL_NANOS = TimeUnit.SECONDS.toNanos(Leases.RENEWAL_SECONDS);
    private static final long FORGIVE_NANOS = 2 * RENEWAL_NANOS;
    private static final int SHARE = 20; // of the time, for what hints cause

    private final Leases leases;
    private final Hints hints;
    private final Listener listener;
    private final Turn turn;
    private final LongSupplier clock;
    private final Pump pump;
    private final Map<String, String> waiting = new HashMap<>(); // to be said, with a lock of its own
    private volatile boolean hinted;
    private volatile long due; // written by the pump only, as is the next one
    private volatile long notBefore;

    // the pump's own
    private final Map<String, String> said = new HashMap<>(); // not empty ones
    private final Map<String, Map<String, String>> heard =
            new HashMap<>(); // by key and node; only what is also said here
    private final Map<String, Long> versions = new HashMap<>(); // by node: what was heard
    private long version;
    private long renewedAt;
    private long sayAt;
    private boolean isAlone = true; // it has no lease, and needs none
    private boolean failing;
    private boolean anew; // everything has to be said and claimed again
    private long forgiveUntil; // after a failure the others need a while to renew their leases

    /**
     * Creates it; nothing happens before the first {@link #tick}.
     *
     * @param blocking runs what reads and writes the leases
     * @param clock monotonic, in nanoseconds
     */
    public Exchange(Leases leases, Hints hints, Listener listener, Turn turn, Executor blocking, LongSupplier clock) {
        this.leases = leases;
        this.hints = hints;
        this.listener = listener;
        this.turn = turn;
        this.clock = clock;
        this.pump = new Pump("exchange with other nodes", this::step, blocking, 1);
        long now = clock.getAsLong();
        this.due = now;
        this.notBefore = now;
        this.sayAt = now;
        this.renewedAt = now;
        this.forgiveUntil = now;
    }

    /** Says this about the key from now on; an empty text says nothing any more. Any thread may call it. */
    public void say(String key, String text) {
        synchronized (waiting) {
            waiting.put(key, text);
        }
    }

    /** Another node says something new, perhaps. Any thread may call it. */
    public void hint() {
        hinted = true;
    }

    /** Does what is due. Call it several times a second. */
    public void tick() {
        if (isDue(clock.getAsLong())) {
            pump.wake();
        }
    }

    private boolean isDue(long now) {
        return now - notBefore >= 0 && (hinted || now - due >= 0);
    }

    private Pump.Step step() {
        long begin = clock.getAsLong();
        if (!isDue(begin)) {
            return Pump.Step.IDLE; // several ticks while it waited for a thread
        }
        hinted = false;
        try {
            takeTurn(begin);
            failing = false;
        } catch (IOException | RuntimeException | Error e) {
            FatalErrors.report(e);
            failed(e);
        }
        notBefore = begin + Math.min(SHARE * (clock.getAsLong() - begin), RENEWAL_NANOS); // or the lease ends
        due = begin + INTERVAL_NANOS;
        return Pump.Step.IDLE;
    }

    private void takeTurn(long now) throws IOException {
        Map<String, String> news = now - sayAt >= 0 ? takeWaiting() : Map.of();
        if (said.isEmpty() && news.isEmpty()) {
            isAlone = true; // the lease ends by itself: who goes on elsewhere was not away
            return;
        }
        try {
            if (isAlone || now - renewedAt >= RENEWAL_NANOS) {
                anew |= !leases.renew();
                renewedAt = now;
                isAlone = false;
            }
            Set<String> begun = sayAll(news, now);
            Leases.Standing standing = leases.standing();
            hear(standing, begun, now);
            turn.take(standing, !anew);
            anew = false;
        } catch (IOException | RuntimeException | Error e) {
            synchronized (waiting) {
                news.forEach(waiting::putIfAbsent);
            }
            throw e;
        }
    }

    private Map<String, String> takeWaiting() {
        synchronized (waiting) {
            Map<String, String> taken = new HashMap<>(waiting);
            waiting.clear();
            return taken;
        }
    }

    /** Says the news, or everything; returns the keys about which it said nothing before. */
    private Set<String> sayAll(Map<String, String> news, long now) throws IOException {
        Map<String, String> all = new HashMap<>(anew ? said : Map.of());
        news.forEach((key, text) -> {
            if (!text.equals(said.getOrDefault(key, ""))) {
                all.put(key, text);
            }
        });
        if (!all.isEmpty()) {
            version++;
            leases.publish(version, all);
            sayAt = now + INTERVAL_NANOS;
            hints.send(List.of(HINT));
        }
        Set<String> begun = new HashSet<>();
        all.forEach((key, text) -> {
            if (text.isEmpty()) {
                said.remove(key);
                heard.remove(key);
            } else if (said.put(key, text) == null) {
                begun.add(key);
            }
        });
        return begun;
    }

    private void hear(Leases.Standing standing, Set<String> begun, long now) throws IOException {
        Map<String, Long> live = standing.others();
        Set<String> changed = new HashSet<>();
        if (now - forgiveUntil >= 0) {
            forget(gone -> !live.containsKey(gone), changed);
        }
        Map<String, Long> since = new HashMap<>();
        Set<String> asked = begun;
        for (Map.Entry<String, Long> other : live.entrySet()) {
            Long before = versions.get(other.getKey());
            if (before == null || other.getValue() - before > Leases.REMEMBERED_VERSIONS) {
                forget(other.getKey()::equals, changed);
                asked = said.keySet();
            } else if (before < other.getValue()) {
                since.put(other.getKey(), before);
            }
        }
        if (!asked.isEmpty() && !live.isEmpty()) {
            leases.about(asked).forEach(part -> heard(part, changed));
        }
        if (!since.isEmpty()) {
            leases.since(since).forEach(part -> heard(part, changed));
        }
        versions.putAll(live);
        changed.forEach(key -> listener.others(
                key, List.copyOf(heard.getOrDefault(key, Map.of()).values())));
    }

    private void heard(Part part, Set<String> changed) {
        if (!said.containsKey(part.key())) {
            return; // about nobody here
        }
        Map<String, String> byNode = heard.computeIfAbsent(part.key(), key -> new HashMap<>(2));
        String before = part.text().isEmpty() ? byNode.remove(part.node()) : byNode.put(part.node(), part.text());
        if (!part.text().equals(before)) {
            changed.add(part.key());
        }
    }

    private void forget(Predicate<String> nodes, Set<String> changed) {
        if (versions.keySet().removeIf(nodes)) {
            heard.forEach((key, byNode) -> {
                if (byNode.keySet().removeIf(nodes)) {
                    changed.add(key);
                }
            });
        }
    }

    /** The others cannot renew their leases either, perhaps. */
    private void failed(Throwable failure) {
        if (!failing) {
            LOG.log(
                    Logger.Level.WARNING,
                    "This node cannot tell the others who is here, nor hear it from them; it tries again each second. "
                            + failure.getMessage(),
                    failure instanceof IOException ? null : failure);
        }
        failing = true;
        isAlone = true; // renews its lease as soon as it can
        forgiveUntil = clock.getAsLong() + FORGIVE_NANOS;
    }
}
