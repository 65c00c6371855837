package id.warung.drill;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A client as docs/protocol.md requires: it keeps its token, its positions and its unacknowledged posts, reconnects whenever it is
 * disconnected, continues from its positions, and repeats posts without an answer. One thread does everything; other threads observe it.
 */
final class Participant implements AutoCloseable {
    private static final long RECONNECT_MS = 50;
    private static final int LAST_AFTER_RESET = 50;
    private static final Set<String> RETRYABLE = Set.of("busy", "unavailable");

    /** A join that waits for its answer: whether the reading continues from there or starts anew. */
    private record Asked(String room, long after, boolean goesOn) {}

    private final String name;
    private final Supplier<URI> chat;
    private final List<String> rooms;
    private final Ledger ledger;
    private final Reading reading;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean retries = true;
    // for the thread only
    private final Map<String, Ledger.Post> unacked = new LinkedHashMap<>();
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();
    private Link link;
    private String token;
    private int window;
    private int posts;
    private long lostAt; // in nanoseconds; 0: it has lost nothing
    private long notBefore = System.nanoTime(); // in nanoseconds: the server has asked it to wait
    // for other threads
    private volatile boolean closed;
    private volatile boolean live;
    private volatile int waiting;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong longestOutageMs = new AtomicLong();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>(); // by code

    Participant(String name, Supplier<URI> chat, List<String> rooms, Ledger ledger) {
        this.name = name;
        this.chat = chat;
        this.rooms = rooms;
        this.ledger = ledger;
        this.reading = new Reading(name);
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Never repeats a post: unanswered ones may be there, or not. */
    Participant ephemeralCommitter() {
        retries = false;
        return this;
    }

    Participant start() {
        thread.start();
        return this;
    }

    Reading reading() {
        return reading;
    }

    /** Whether all joins over the current connection are answered. */
    boolean isLive() {
        return live;
    }

    /** The number of posts whose fate is unknown. */
    int waiting() {
        return waiting;
    }

    /** How often it has connected. */
    int connections() {
        return connections.get();
    }

    /** The longest time, in milliseconds, from the loss of a connection until it was live again, since this was asked the last time. */
    long takeLongestOutageMs() {
        return longestOutageMs.getAndSet(0);
    }

    /** How often it was told to try again, with this code. */
    int refusals(String code) {
        return refusals.getOrDefault(code, 0);
    }

    /** Keeps this many posts unanswered, in all of its rooms in turn; 0: posts nothing new. */
    void keepPosting(int outstanding) {
        inbox.add(() -> {
            window = outstanding;
            fill();
        });
    }

    /** Posts once, if it is connected. */
    void postOnce() {
        inbox.add(() -> {
            window = unacked.size() + 1;
            fill();
            window = 0;
        });
    }

    /** Reads a room from another position of the same log, and drops its copy of the room. */
    void readFrom(String room, long after) {
        live = false;
        inbox.add(() -> join(room, reading.epoch(room), after, false));
    }

    private void run() {
        while (!closed) {
            try {
                if (link == null) {
                    connect();
                }
                Runnable next = link == null ? inbox.poll(RECONNECT_MS, TimeUnit.MILLISECONDS) : inbox.take();
                if (next != null) {
                    next.run();
                }
            } catch (RuntimeException e) {
                ledger.fault(name + ": " + e);
            } catch (InterruptedException e) {
                break;
            }
        }
        if (link != null) {
            link.cut();
        }
    }

    private void connect() {
        URI now = notBefore - System.nanoTime() > 0 ? null : chat.get();
        link = now == null ? null : Link.open(now, (from, events) -> inbox.add(() -> hear(from, events)));
        if (link == null) {
            return;
        }
        connections.incrementAndGet();
        String who = token == null ? "\"name\":\"" + name + "\"" : "\"token\":\"" + token + "\"";
        say("{\"type\":\"hello\"," + who + "}");
        for (String room : rooms) {
            if (reading.epoch(room) != null) {
                join(room, reading.epoch(room), reading.position(room), true);
            } else {
                asked.add(new Asked(room, -1, false));
                say("{\"type\":\"join\",\"room\":\"" + room + "\",\"last\":0}");
            }
        }
        if (!retries) {
            unacked.clear();
        }
        List.copyOf(unacked.values()).forEach(this::sayPost);
        fill();
    }

    private void join(String room, String epoch, long after, boolean goesOn) {
        asked.add(new Asked(room, after, goesOn));
        say("{\"type\":\"join\",\"room\":\"" + room + "\",\"epoch\":\"" + epoch + "\",\"after\":" + after + "}");
    }

    private void fill() {
        while (link != null && unacked.size() < window) {
            posts++;
            String id = name + "-" + posts;
            String room = rooms.get(posts % rooms.size());
            Ledger.Post post = new Ledger.Post(room, id, id + " says " + "something ".repeat(posts % 20));
            ledger.sent(post);
            unacked.put(id, post);
            sayPost(post);
        }
        waiting = unacked.size();
    }

    private void sayPost(Ledger.Post post) {
        say("{\"type\":\"post\",\"room\":\"" + post.room() + "\",\"id\":\"" + post.id() + "\",\"text\":\"" + post.text()
                + "\"}");
    }

    private void say(String json) {
        if (link != null && !link.say(json)) {
            gone();
        }
    }

    private void gone() {
        live = false;
        lostAt = lostAt == 0 ? System.nanoTime() : lostAt;
        asked.clear();
        link.cut();
        link = null;
    }

    private void hear(Link from, List<JsonObject> events) {
        if (from != link) {
            return; // from a connection that was given up
        }
        if (events == null) {
            gone();
            return;
        }
        for (JsonObject event : events) {
            if (from == link) { // what follows the refusal of a hello is refused as well
                hear(event);
            }
        }
        fill();
    }

    private void hear(JsonObject event) {
        String room = event.getString("room", null);
        switch (event.getString("type")) {
            case "welcome", "roster" -> {}
            case "bye" -> notBefore = System.nanoTime() + event.getInt("reconnectAfterMs", 0) * 1_000_000L;
            case "signed-in" -> token = event.getString("token");
            case "ping" -> say("{\"type\":\"pong\",\"n\":" + event.get("n") + "}");
            case "joined" -> joined(room, event.getString("epoch"), seq(event, "head"));
            case "reset" -> reading.reset(room);
            case "gap" -> reading.gap(room, seq(event, "from"), seq(event, "to"));
            case "message" -> reading.apply(room, Seen.of(event));
            case "ack" -> {
                ledger.acked(event.getString("id"), seq(event, "seq"));
                unacked.remove(event.getString("id"));
            }
            case "error" -> refused(event);
            default -> ledger.fault(name + " heard " + event);
        }
    }

    private static long seq(JsonObject event, String field) {
        return event.getJsonNumber(field).longValueExact();
    }

    private void joined(String room, String epoch, long head) {
        Asked join = asked.poll();
        if (join == null || !join.room().equals(room)) {
            ledger.fault(name + " was told to have joined " + room + ", but asked for " + join);
            return;
        }
        boolean wasReset = join.after() >= 0 && reading.epoch(room) == null;
        if (wasReset) {
            reading.begin(room, epoch, Math.max(0, head - LAST_AFTER_RESET));
        } else if (!join.goesOn()) {
            reading.begin(room, epoch, join.after() < 0 ? head : join.after());
        } else if (!epoch.equals(reading.epoch(room))) {
            ledger.fault(name + " goes on in " + room + " in another epoch, without a reset");
        }
        live = asked.isEmpty();
        if (live && lostAt != 0) {
            longestOutageMs.accumulateAndGet((System.nanoTime() - lostAt) / 1_000_000, Math::max);
            lostAt = 0;
        }
    }

    private void refused(JsonObject error) {
        String id = error.getString("id", null);
        if (!RETRYABLE.contains(error.getString("code"))) {
            ledger.fault(name + " was refused: " + error);
        } else if (id == null) {
            gone(); // the join was not possible: from the beginning
        } else {
            refusals.merge(error.getString("code"), 1, Integer::sum);
            Link over = link;
            CompletableFuture.delayedExecutor(error.getInt("retryAfterMs"), TimeUnit.MILLISECONDS)
                    .execute(() -> inbox.add(() -> sayAgain(over, id)));
        }
    }

    private void sayAgain(Link over, String id) {
        if (over == link && unacked.containsKey(id)) {
            sayPost(unacked.get(id));
        }
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        closed = true;
        inbox.add(() -> {});
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
