/**
 * The rooms a user is in, in their order: `rooms` by name, so that each stays where it was, and `directs`, the
 * conversation in which something was said last first. The room on the page, `here`, is among them; archived ones are
 * not, unless something in them is unread.
 */
export function roomList(all, here = null) {
    const shown = all.filter((room) =>
        room === here ? !room.closed : isIn(room) && (!room.archived || room.unread > 0),
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

/** True in the rooms a user is a member of, or has read something in. */
export function isIn({ closed, member, read }) {
    return !closed && (member || read != null);
}

export function isDirect({ name }) {
    return name.startsWith('direct.');
}

/** How many messages are unread in all, but for the rooms that are `muted`. */
export function unreadIn(rooms, muted) {
    const heard = rooms.filter((room) => isIn(room) && !muted?.has(room.name));
    return heard.reduce((sum, { unread }) => sum + unread, 0);
}

/** The room `step` places after (or before) `here` in the list; null when there is none. */
export function neighbour({ rooms, directs }, here, step) {
    const all = [...rooms, ...directs];
    return all[(all.indexOf(here) + step + all.length) % all.length] ?? null;
}
