package id.warung.log.postgres;

import static id.warung.log.postgres.Pipeline.numbers;
import static id.warung.log.postgres.Pipeline.texts;

import id.warung.log.Position;
import id.warung.log.RoomState;
import id.warung.log.command.Needs;
import id.warung.log.command.Needs.Place;
import id.warung.protocol.RoomName;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rooms of one group: makes the rows of missing ones, and locks those that the group writes. Rooms are locked by name, inboxes after
 * them, so that no two groups wait for each other in a circle. For one thread.
 */
final class GroupRooms {
    /** The names of the inboxes of those who have written messages. */
    static final String AUTHORS_INBOX =
            "'inbox.' || e.author AS name FROM unnest(?::text[], ?::bigint[]) AS k (room, seq)"
                    + " JOIN {s}.rooms q ON q.name = k.room JOIN {s}.entries e ON e.room_id = q.id AND e.seq = k.seq AND e.kind = 0";

    private final Schema schema;
    private final String epoch;
    private final MemberCache members;
    private final KnownRooms knownRooms;
    private final boolean keepsInboxes;
    private final Map<String, RoomRow> rooms = new HashMap<>();
    private final Set<String> locked = new HashSet<>();
    private final Set<String> looked = new HashSet<>(); // those that were looked for, also if there was nothing
    private final Set<Place> authors = new HashSet<>(); // messages whose authors' inboxes were locked
    private final Map<String, Long> created = new HashMap<>(); // ids of rows that this group has made

    GroupRooms(Schema schema, String epoch, MemberCache members, KnownRooms knownRooms) {
        this.schema = schema;
        this.epoch = epoch;
        this.members = members;
        this.knownRooms = knownRooms;
        this.keepsInboxes = schema.logged();
    }

    /** The row of a room; null while it does not exist. */
    RoomRow row(String name) {
        return rooms.get(name);
    }

    RoomState state(String name) {
        RoomRow row = rooms.get(name);
        return row == null ? RoomState.initial(name, epoch) : row.state();
    }

    /** The ids of the rows that this group has made, by name. */
    Map<String, Long> created() {
        return created;
    }

    boolean isLocked(String name) {
        return locked.contains(name);
    }

    /** The rooms to lock for these needs, as far as they exist. */
    static Set<String> toLock(Needs needs, boolean keepsInboxes) {
        Set<String> names = needed(needs, keepsInboxes);
        if (keepsInboxes) { // who is named may be mentioned
            needs.users().forEach(user -> names.add(RoomName.inboxOf(user)));
        }
        return names;
    }

    private static Set<String> needed(Needs needs, boolean keepsInboxes) {
        Set<String> names = new HashSet<>(needs.written());
        if (keepsInboxes) {
            needs.glances().stream().filter(RoomName::isInbox).forEach(names::add);
            needs.marks().forEach(mark -> names.add(RoomName.inboxOf(mark.userId())));
        }
        return names;
    }

    /** Adds what locks the rooms of these needs to a pipeline, and reads their rows; returns false when there is nothing to add. */
    boolean lock(Needs needs, Pipeline pipeline) {
        Set<String> inboxes = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        for (String name : toLock(needs, keepsInboxes)) {
            if (!locked.contains(name)) {
                (RoomName.isInbox(name) ? inboxes : others).add(name);
            }
        }
        List<Place> messages =
                keepsInboxes ? needs.authors().stream().filter(authors::add).toList() : List.of();
        if (inboxes.isEmpty() && others.isEmpty() && messages.isEmpty()) {
            return false;
        }
        Map<String, String> onlyIfKnown = new HashMap<>(); // the users to whom inboxes belong
        Set<String> needed = needed(needs, keepsInboxes);
        for (String user : needs.users()) {
            if (!needs.named().contains(user) && !needed.contains(RoomName.inboxOf(user))) {
                onlyIfKnown.put(RoomName.inboxOf(user), user);
            }
        }
        List<String> all = new ArrayList<>(others);
        all.addAll(inboxes);
        create(all.stream().filter(name -> !knownRooms.contains(name)).toList(), onlyIfKnown, messages, pipeline);
        if (!others.isEmpty()) {
            lock("SELECT x FROM unnest(?::text[]) AS x", others, pipeline, texts(others));
        }
        if (!inboxes.isEmpty() || !messages.isEmpty()) {
            lock(
                    "SELECT x FROM unnest(?::text[]) AS x UNION SELECT " + AUTHORS_INBOX,
                    inboxes,
                    pipeline,
                    texts(inboxes),
                    texts(messages, Place::room),
                    numbers(messages, Place::seq));
        }
        return true;
    }

    /** {@code which} selects the names of these rooms, and perhaps of inboxes. */
    private void lock(String which, Collection<String> names, Pipeline pipeline, Object... values) {
        String select = "SELECT " + RoomRow.COLUMNS + " FROM {s}.rooms r WHERE name = ANY (ARRAY (" + which
                + ")) ORDER BY name FOR NO KEY UPDATE";
        read(
                select,
                names,
                row -> {
                    locked.add(row.name());
                    if (!created.containsKey(row.name())) {
                        knownRooms.add(row.name());
                    }
                },
                pipeline,
                values);
    }

    private void create(List<String> names, Map<String, String> onlyIfKnown, List<Place> messages, Pipeline pipeline) {
        if (names.isEmpty() && messages.isEmpty()) {
            return;
        }
        List<String> accesses = new ArrayList<>();
        List<String> owners = new ArrayList<>();
        List<String> epochs = new ArrayList<>();
        for (String name : names) {
            accesses.add(RoomState.initial(name, "").access().wire());
            owners.add(onlyIfKnown.get(name));
            epochs.add(schema.logged() ? null : Position.newEpoch());
        }
        pipeline.query(
                rows -> {
                    while (rows.next()) {
                        created.put(rows.getString(1), rows.getLong(2));
                    }
                },
                "INSERT INTO {s}.rooms (name, access, epoch) SELECT y.name, y.access, y.epoch FROM ("
                        + " SELECT x.name, x.access, x.epoch"
                        + " FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS x (name, access, epoch, of)"
                        + " WHERE x.of IS NULL OR EXISTS (SELECT FROM {s}.users WHERE id = x.of)"
                        + " UNION SELECT z.name, 'members', NULL FROM (SELECT " + AUTHORS_INBOX
                        + ") z WHERE NOT EXISTS (SELECT FROM {s}.rooms s WHERE s.name = z.name)) y"
                        + " ORDER BY starts_with(y.name, 'inbox.'), y.name COLLATE \"C\""
                        + " ON CONFLICT (name) DO NOTHING RETURNING name, id",
                texts(names),
                texts(accesses),
                texts(epochs),
                texts(owners),
                texts(messages, Place::room),
                numbers(messages, Place::seq));
    }

    /** Adds what reads the rows of rooms that stay as they are; returns false when there is nothing to add. */
    boolean look(Needs needs, Pipeline pipeline) {
        List<String> names = needs.glances().stream()
                .filter(name -> !(keepsInboxes && RoomName.isInbox(name)) && looked.add(name))
                .toList();
        if (names.isEmpty()) {
            return false;
        }
        String select = "SELECT " + RoomRow.COLUMNS + " FROM {s}.rooms r WHERE name = ANY (?)";
        read(select, names, row -> {}, pipeline, texts(names));
        return true;
    }

    private interface RowReader {
        void read(RoomRow row);
    }

    /** Reads rows of rooms, with members where these are not known as they are. */
    private void read(String select, Collection<String> names, RowReader reader, Pipeline pipeline, Object... values) {
        List<RoomRow> found = new ArrayList<>();
        pipeline.query(
                rows -> {
                    while (rows.next()) {
                        found.add(RoomRow.of(rows, epoch));
                    }
                },
                select,
                values);
        RoomReader.withMembers(names, found, members, pipeline, row -> {
            rooms.put(row.name(), row);
            reader.read(row);
        });
    }

    /** Checks that all rooms to write are locked now. */
    void checkLocked(Needs needs) throws SQLTransientException {
        for (String name : needs.written()) {
            if (!locked.contains(name)) { // it is gone since we knew of it
                knownRooms.remove(name);
                throw new SQLTransientException("A room was removed meanwhile", PostgresFailure.AGAIN);
            }
        }
    }
}
