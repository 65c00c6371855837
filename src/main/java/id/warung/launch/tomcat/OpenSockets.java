package id.warung.launch.tomcat;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The open sockets, counted in total and by address, with their limits; and which of them have a request, which costs
 * some three times as much memory as anything else. Every socket that has entered leaves exactly once. Thread-safe;
 * never blocks for long.
 *
 * @param <S> a socket
 */
final class OpenSockets<S> {
    /** The present use of a socket. */
    enum Use {
        /** Nothing: a request is still to come, or has partly arrived. */
        WAITS,
        /** A request is being answered, but its client makes no progress: it neither sends the body nor reads the response. */
        STUCK,
        /** A request is with the application, which answers later. */
        PENDING,
        /** A request is being answered at this moment. */
        BUSY,
        /** A WebSocket, which it remains. */
        SESSION
    }

    private static final String UNCOUNTED = "";
    private static final int SHARE_WITH_REQUESTS = 3; // a third
    private static final int LEAST_WITH_REQUESTS = 64; // one for each thread that answers

    private final int most;
    private final int mostWithRequests;
    private final int mostPerAddress;
    private final Function<InetAddress, String> keys;
    private final Map<S, String> open = new HashMap<>();
    private final Map<String, Integer> byAddress = new HashMap<>();
    private final Map<String, Integer> requestsByAddress = new HashMap<>(); // of those in withRequests
    // may be waiting for a request, the longest first; only counted sockets
    private final Set<S> idle = new LinkedHashSet<>();
    private final Set<S> withRequests = new LinkedHashSet<>(); // the first started first

    /**
     * @param most sockets in total, of which a third, and at least 64, may have requests; 0: any number
     * @param mostPerAddress sockets of one address; 0: any number
     * @param keys the key by which an address is counted; null when it is not counted
     */
    OpenSockets(int most, int mostPerAddress, Function<InetAddress, String> keys) {
        this.most = most;
        this.mostWithRequests =
                most == 0 ? Integer.MAX_VALUE : Math.max(LEAST_WITH_REQUESTS, most / SHARE_WITH_REQUESTS);
        this.mostPerAddress = mostPerAddress;
        this.keys = keys;
    }

    /** Counts a new socket, unless its address has reached the limit. */
    boolean enter(S socket, InetAddress address) {
        String key = keys.apply(address);
        synchronized (open) {
            if (key != null) {
                int count = byAddress.getOrDefault(key, 0);
                if (mostPerAddress > 0 && count >= mostPerAddress) {
                    return false;
                }
                byAddress.put(key, count + 1);
                idle.add(socket);
            }
            open.put(socket, key == null ? UNCOUNTED : key);
            return true;
        }
    }

    /** The socket has been answered and starts to wait again: others have waited longer. */
    void idles(S socket) {
        synchronized (open) {
            if (idle.remove(socket)) {
                idle.add(socket);
            }
        }
    }

    /** A request starts; false when too many others have one, or the socket has left. */
    boolean asks(S socket) {
        synchronized (open) {
            if (!open.containsKey(socket)
                    || (withRequests.size() >= mostWithRequests && !withRequests.contains(socket))) {
                return false;
            }
            if (withRequests.add(socket)) {
                String key = open.get(socket);
                if (!key.equals(UNCOUNTED)) {
                    requestsByAddress.merge(key, 1, Integer::sum);
                }
            }
            return true;
        }
    }

    /** The socket has no request any more. */
    void asksNoMore(S socket) {
        synchronized (open) {
            if (withRequests.remove(socket)) {
                decrement(requestsByAddress, open.get(socket));
            }
        }
    }

    private static void decrement(Map<String, Integer> counts, String address) {
        counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Releases what {@link #enter} counted. Harmless for a socket that did not enter, or has left. */
    void leave(S socket) {
        synchronized (open) {
            asksNoMore(socket);
            String key = open.remove(socket);
            idle.remove(socket);
            if (key != null && !key.equals(UNCOUNTED)) {
                decrement(byAddress, key);
            }
        }
    }

    /** Whether one more socket would exceed the total limit. */
    boolean isFull() {
        synchronized (open) {
            return most > 0 && open.size() >= most;
        }
    }

    /**
     * Of the first {@code tries} sockets in line, one that waits for a request and gives way to a newcomer: of those whose address has the
     * most sockets, the one that has waited longest. Null when none waits. Busy sockets move to the end of the line, so that the next call
     * looks at others; sockets that are sessions by now are not looked at again. A socket that is not counted serves many clients and is
     * never returned.
     */
    S heaviestWaiting(Function<S, Use> use, int tries) {
        synchronized (open) {
            return heaviest(idle, byAddress, UNCOUNTED, use, EnumSet.of(Use.WAITS), tries);
        }
    }

    /**
     * The same; null also when the newcomer's address already has about as many. Otherwise addresses that open as many as they can would
     * take the places from each other faster than anybody can shake hands.
     */
    S heaviestWaiting(InetAddress newcomer, Function<S, Use> use, int tries) {
        String key = keys.apply(newcomer);
        synchronized (open) {
            return heaviest(idle, byAddress, key == null ? UNCOUNTED : key, use, EnumSet.of(Use.WAITS), tries);
        }
    }

    /**
     * In the same way, a socket with a request that waits for its client, counted or not, and whose address has the most requests; if none
     * waits, the first that waits for the application: otherwise a client with many requests would keep newcomers out until all of them are
     * answered.
     */
    S heaviestWithRequest(Function<S, Use> use, int tries) {
        synchronized (open) {
            S stuck =
                    heaviest(withRequests, requestsByAddress, UNCOUNTED, use, EnumSet.of(Use.WAITS, Use.STUCK), tries);
            return stuck != null
                    ? stuck
                    : oldest(withRequests, use, EnumSet.of(Use.WAITS, Use.STUCK, Use.PENDING), tries);
        }
    }

    /** The same, of those that wait for their clients; null also when the newcomer's address already has about as many. */
    S heaviestWithRequest(S newcomer, Function<S, Use> use, int tries) {
        synchronized (open) {
            String key = open.getOrDefault(newcomer, UNCOUNTED);
            return heaviest(withRequests, requestsByAddress, key, use, EnumSet.of(Use.WAITS, Use.STUCK), tries);
        }
    }

    private S heaviest(
            Set<S> line,
            Map<String, Integer> counts,
            String newcomer,
            Function<S, Use> use,
            Set<Use> wanted,
            int tries) {
        S heaviest = null;
        int most = 0;
        for (S socket : line.stream().limit(tries).toList()) {
            Use now = use.apply(socket);
            int count = counts.getOrDefault(open.get(socket), 1);
            if (wanted.contains(now)) {
                heaviest = count > most ? socket : heaviest;
                most = Math.max(most, count);
            } else {
                line.remove(socket);
                if (now != Use.SESSION) {
                    line.add(socket);
                }
            }
        }
        int own = newcomer.equals(UNCOUNTED) ? 0 : counts.getOrDefault(newcomer, 0);
        return own == 0 || own + 1 < most ? heaviest : null;
    }

    private static <S> S oldest(Set<S> line, Function<S, Use> use, Set<Use> wanted, int tries) {
        for (int i = Math.min(tries, line.size()); i > 0; i--) {
            Iterator<S> first = line.iterator();
            S socket = first.next();
            Use now = use.apply(socket);
            if (wanted.contains(now)) {
                return socket;
            }
            first.remove();
            if (now != Use.SESSION) {
                line.add(socket);
            }
        }
        return null;
    }

    /** How many of the counted sockets wait for a request at this moment. */
    int waiting(Function<S, Use> use) {
        synchronized (open) {
            return (int) idle.stream()
                    .filter(socket -> use.apply(socket) == Use.WAITS)
                    .count();
        }
    }

    int count() {
        synchronized (open) {
            return open.size();
        }
    }

    /** How many addresses have a counted socket. */
    int addresses() {
        synchronized (open) {
            return byAddress.size();
        }
    }
}
