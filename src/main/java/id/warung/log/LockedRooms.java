package id.warung.log;

import java.util.HashMap;
import java.util.Map;

/**
 * The rooms that somebody else has locked. Their requests go to a committer that waits for them, until none of them waits any more.
 * Thread-safe.
 */
final class LockedRooms {
    private final Committer committer;
    private final Map<String, Integer> requests = new HashMap<>(); // by room: how many wait

    /** The committer writes nothing else. */
    LockedRooms(Committer committer) {
        this.committer = committer;
    }

    Committer committer() {
        return committer;
    }

    /** Takes a request whose room was found locked. Those of a room come in their order. */
    void add(AppendRequest request) {
        synchronized (requests) {
            requests.merge(request.room(), 1, Integer::sum);
        }
        offer(request);
    }

    /** Takes the request if an earlier one of its room still waits. */
    boolean takes(AppendRequest request) {
        synchronized (requests) {
            if (requests.computeIfPresent(request.room(), (room, many) -> many + 1) == null) {
                return false;
            }
        }
        offer(request);
        return true;
    }

    private void offer(AppendRequest request) {
        committer.offer(request.with(result -> {
            synchronized (requests) {
                requests.computeIfPresent(request.room(), (room, many) -> many == 1 ? null : many - 1);
            }
            return request.callback().settled(result);
        }));
    }
}
