package id.warung.drill;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The entries that one client has applied to its rooms, and errors in their order. Thread-safe. */
final class Reading {
    /** The copy of one room. It starts anew when the server says so, or when the client chooses another position. */
    private static final class OfRoom {
        private final String epoch;
        private long position;
        private final Map<Long, Seen> entries = new TreeMap<>();
        private final Set<String> ids = new HashSet<>();

        private OfRoom(String epoch, long position) {
            this.epoch = epoch;
            this.position = position;
        }
    }

    private final String client;
    private final Map<String, OfRoom> rooms = new LinkedHashMap<>();
    private final List<OfRoom> past = new ArrayList<>();
    private final Map<OfRoom, String> names = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private int resets;
    private int gaps;

    Reading(String client) {
        this.client = client;
    }

    /** Entries after this position follow. The client drops its copy of the room. */
    synchronized void begin(String room, String epoch, long after) {
        OfRoom earlier = rooms.put(room, new OfRoom(epoch, after));
        names.put(rooms.get(room), room);
        if (earlier != null) {
            past.add(earlier);
        }
    }

    /** The server has said that the client's position is invalid. */
    synchronized void reset(String room) {
        resets++;
        OfRoom earlier = rooms.remove(room);
        if (earlier == null) {
            faults.add(client + ": reset of " + room + ", of which it has nothing");
        } else {
            past.add(earlier);
        }
    }

    synchronized void gap(String room, long from, long to) {
        gaps++;
        OfRoom its = rooms.get(room);
        if (its == null || its.position != from - 1 || to < from) {
            faults.add(
                    client + ": a gap " + from + "-" + to + " in " + room + " that does not follow " + position(room));
        } else {
            its.position = to;
        }
    }

    synchronized void apply(String room, Seen entry) {
        OfRoom its = rooms.get(room);
        if (its == null) {
            faults.add(client + ": " + entry + " of " + room + ", which it does not read");
            return;
        }
        if (entry.seq() != its.position + 1) {
            faults.add(client + ": after " + its.position + " of " + room + " came " + entry);
        }
        if (entry.id() != null && !its.ids.add(entry.id())) {
            faults.add(client + ": " + room + " twice " + entry);
        }
        its.position = entry.seq();
        its.entries.put(entry.seq(), entry);
    }

    /** The latest seq of the room; -1 when the client does not read it. */
    synchronized long position(String room) {
        OfRoom its = rooms.get(room);
        return its == null ? -1 : its.position;
    }

    /** Whether it is exactly there in each of these rooms. */
    synchronized boolean isAt(Map<String, Long> heads) {
        return heads.entrySet().stream().allMatch(head -> position(head.getKey()) == head.getValue());
    }

    /** The epoch of its copy of the room, or null. */
    synchronized String epoch(String room) {
        OfRoom its = rooms.get(room);
        return its == null ? null : its.epoch;
    }

    synchronized List<Seen> entries(String room) {
        OfRoom its = rooms.get(room);
        return its == null ? List.of() : List.copyOf(its.entries.values());
    }

    /** Forgets the entries, which have been compared, to have memory for more; positions stay. */
    synchronized void forgetEntries() {
        past.clear();
        names.keySet().retainAll(rooms.values());
        rooms.values().forEach(its -> {
            its.entries.clear();
            its.ids.clear();
        });
    }

    synchronized int resets() {
        return resets;
    }

    synchronized int gaps() {
        return gaps;
    }

    /** The errors found by itself, and the entries it saw that the logs do not contain. Entries of other epochs are not checked. */
    synchronized List<String> faults(Map<String, RoomLog> logs) {
        List<String> all = new ArrayList<>(faults);
        List<OfRoom> ever = new ArrayList<>(past);
        ever.addAll(rooms.values());
        for (OfRoom its : ever) {
            RoomLog log = logs.get(names.get(its));
            if (log == null || !log.epoch().equals(its.epoch)) {
                continue;
            }
            for (Seen entry : its.entries.values()) {
                if (entry.seq() >= log.first() && !entry.equals(log.at(entry.seq()))) {
                    all.add(client + " saw in " + log.room() + " " + entry + ", there is " + log.at(entry.seq()));
                }
            }
        }
        return all;
    }
}
