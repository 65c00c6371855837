const ROOM = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const SEQ = /^[1-9]\d{0,14}$/;

/** True for valid room names. */
export function isRoomName(text) {
    return ROOM.test(text);
}

/** Returns the room name that the text may mean: `#Soto Tonight` is `soto-tonight`. */
export function roomNameFrom(text) {
    return text.trim().replace(/^#/, '').toLowerCase().replace(/\s+/g, '-');
}

/**
 * Returns the place that the fragment of an address names, `#room` or `#room/seq`, as `{room, seq}`: a name in capitals
 * or with spaces is read as the switcher reads it. `room` is null if that is no room's address.
 */
export function placeIn(fragment) {
    const [name, seq] = readable(fragment).replace(/^#/, '').split('/');
    const room = roomNameFrom(name);
    if (!isRoomName(room)) return { room: null, seq: null };
    return { room, seq: SEQ.test(seq?.trim()) ? Number(seq) : null };
}

/** Returns the fragment of the address of a room, or of a message in it. */
export function addressOf(room, seq) {
    return seq == null ? `#${room}` : `#${room}/${seq}`;
}

/** Returns the fragment of an address as people read it. */
export function readable(fragment) {
    try {
        return decodeURIComponent(fragment);
    } catch {
        return fragment;
    }
}
