/**
 * Returns the user's rooms in order: `rooms` by name, so that each keeps its place, and `directs`, the latest activity
 * first. The current room, `here`, is included; archived rooms are not, unless they have unread messages.
 */
export function roomList(all, here = null) {
    const shown = all.filter((room) =>
        room === here ? !room.closed : isListed(room) && (!room.archived || room.unread > 0),
    );
    return {
        rooms: shown
            .filter((room) => !isDirect(room))
            .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
        directs: shown
            .filter(isDirect)
            .sort((a, b) => (b.at ?? '').localeCompare(a.at ?? '') || a.name.localeCompare(b.name)),
    };
}

/** True for rooms in which the user is a member or has read something. */
export function isIn({ closed, member, read }) {
    return !closed && (member || read != null);
}

/** True for rooms that the user is in, and for others in which messages mention them. */
export function isListed(room) {
    return isIn(room) || (!room.closed && room.mentions > 0);
}

/** True for direct conversations. */
export function isDirect({ name }) {
    return name.startsWith('direct.');
}

/** Returns the total number of unread messages outside `muted` rooms. */
export function unreadIn(rooms, muted) {
    const heard = rooms.filter((room) => isListed(room) && !muted?.has(room.name));
    return heard.reduce((sum, { unread }) => sum + unread, 0);
}

/** Returns the room `step` places after (or before) `here` in the list; null if there is none. */
export function neighbour({ rooms, directs }, here, step) {
    const all = [...rooms, ...directs];
    return all[(all.indexOf(here) + step + all.length) % all.length] ?? null;
}
