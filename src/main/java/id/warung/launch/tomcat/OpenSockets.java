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
 * The sockets that are open, by the address that they are counted by: how many there are in all and from each address, and how many
 * there may be; and how many of them have a request, which costs some three times as much memory as anything else. A socket that has
 * entered leaves once. Thread-safe; never blocks for long.
 *
 * @param <S> a socket
 */
final class OpenSockets<S> {
    /** What a socket is used for at the moment. */
    enum Use {
        /** For nothing: a request is still to come, or has come in part. */
        WAITS,
        /** A request is being answered, and the client does not go on: its body does not come, or it does not take its answer. */
        STUCK,
        /** A request is with the application, which answers it later. */
        PENDING,
        /** A request is being answered at this moment. */
        BUSY,
        /** It is a WebSocket, and stays one. */
        SESSION
    }

    private static final String UNCOUNTED = "";
    private static final int SHARE_WITH_REQUESTS = 3; // a third
    private static final int LEAST_WITH_REQUESTS = 64; // as many as there are threads that answer

    private final int most;
    private final int mostWithRequests;
    private final int mostPerAddress;
    private final Function<InetAddress, String> keys;
    private final Map<S, String> open = new HashMap<>();
    private final Map<String, Integer> byAddress = new HashMap<>();
    private final Set<S> idle =
            new LinkedHashSet<>(); // those that may be waiting for a request, and for longest the first; none that is
    // not counted
    private final Set<S> withRequests = new LinkedHashSet<>(); // the first began first

    /**
     * @param most sockets in all, of which a third may have requests, and at least 64; 0: any number
     * @param mostPerAddress sockets of one address; 0: any number
     * @param keys what an address is counted by; null when it is not counted
     */
    OpenSockets(int most, int mostPerAddress, Function<InetAddress, String> keys) {
        this.most = most;
        this.mostWithRequests =
                most == 0 ? Integer.MAX_VALUE : Math.max(LEAST_WITH_REQUESTS, most / SHARE_WITH_REQUESTS);
        this.mostPerAddress = mostPerAddress;
        this.keys = keys;
    }

    /** Takes a socket in, unless its address has as many as it may have. */
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

    /** The socket has been answered, and begins to wait anew: others have waited for longer. */
    void idles(S socket) {
        synchronized (open) {
            if (idle.remove(socket)) {
                idle.add(socket);
            }
        }
    }

    /** A request begins; false when too many others have one, or the socket has left. */
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

    /** Gives back what {@link #enter} took. Harmless for a socket that did not enter, or has left. */
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

    /** Whether one more would be too many in all. */
    boolean isFull() {
        synchronized (open) {
            return most > 0 && open.size() >= most;
        }
    }

    /**
     * Of the sockets that wait for a request, the one that has done so for longest; null when none of the first {@code tries} does.
     * Those that are busy go to the end of the line, so that the next call asks about others; those that are sessions by now are not
     * asked about again. One that is not counted speaks for many, and never gives way.
     */
    S oldestWaiting(Function<S, Use> use, int tries) {
        return oldest(idle, use, EnumSet.of(Use.WAITS), tries);
    }

    /**
     * In the same way, of those that have a request, the first that waits for its client, whether it is counted or not; when none of them
     * does, the first that waits for the application: else whoever has many questions would keep newcomers out until all are answered.
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

    /** How many addresses have a socket that counts. */
    int addresses() {
        synchronized (open) {
            return byAddress.size();
        }
    }
}
