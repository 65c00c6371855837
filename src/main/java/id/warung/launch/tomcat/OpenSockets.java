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
            withRequests.add(socket);
            return true;
        }
    }

    /** The socket has no request any more. */
    void asksNoMore(S socket) {
        synchronized (open) {
            withRequests.remove(socket);
        }
    }

    /** Releases what {@link #enter} counted. Harmless for a socket that did not enter, or has left. */
    void leave(S socket) {
        synchronized (open) {
            String key = open.remove(socket);
            idle.remove(socket);
            withRequests.remove(socket);
            if (key != null && !key.equals(UNCOUNTED)) {
                byAddress.computeIfPresent(key, (address, count) -> count == 1 ? null : count - 1);
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
     * The socket that has waited longest for a request; null when none of the first {@code tries} waits. Busy sockets
     * move to the end of the line, so that the next call looks at others; sockets that are sessions by now are not
     * looked at again. A socket that is not counted serves many clients and is never returned.
     */
    S oldestWaiting(Function<S, Use> use, int tries) {
        return oldest(idle, use, EnumSet.of(Use.WAITS), tries);
    }

    /**
     * In the same way, the first socket with a request that waits for its client, counted or not; if none does, the first that waits for
     * the application: otherwise a client with many requests would keep newcomers out until all of them are answered.
     */
    S oldestWithRequest(Function<S, Use> use, int tries) {
        S stuck = oldest(withRequests, use, EnumSet.of(Use.WAITS, Use.STUCK), tries);
        return stuck != null ? stuck : oldest(withRequests, use, EnumSet.of(Use.WAITS, Use.STUCK, Use.PENDING), tries);
    }

    private S oldest(Set<S> line, Function<S, Use> use, Set<Use> wanted, int tries) {
        synchronized (open) {
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
