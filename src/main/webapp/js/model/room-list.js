import { fold } from './text.js';

/** As many rooms are seen at once: the unread ones among them need no place of their own. */
const FEW = 12;

/**
 * Returns the user's rooms in order: `rooms` by name, so that each keeps its place, and `directs`, the latest activity
 * first; `starred` ones are apart, by name. The current room, `here`, is included; archived rooms are not, unless they
 * are starred or have unread messages. Where there are many, `unread` ones come first, without `muted` ones and with
 * the one that the user has `entered` from there.
 */
export function roomList(all, here = null, given = null) {
    const shown = all.filter((room) =>
        room === here ? !room.closed : isListed(room) && (!room.archived || room.starred || room.unread > 0),
    );
    const { muted, entered } = given ?? {};
    const isFirst = (room) =>
        shown.length > FEW &&
        !room.starred &&
        (room === entered || (room !== here && room.unread > 0 && !muted?.has(room.name)));
    const others = shown.filter((room) => !room.starred && !isFirst(room));
    const latest = (a, b) => (b.at ?? '').localeCompare(a.at ?? '') || a.name.localeCompare(b.name);
    return {
        starred: shown.filter(({ starred }) => starred).sort(byName),
        unread: shown.filter(isFirst).sort((a, b) => b.mentions - a.mentions || latest(a, b)),
        rooms: others.filter((room) => !isDirect(room)).sort(byName),
        directs: others.filter(isDirect).sort(latest),
    };
}

/** By what they are called: `room-9` comes before `room-10`. */
function byName(a, b) {
    return calledOf(a).localeCompare(calledOf(b), 'en', { numeric: true }) || a.name.localeCompare(b.name);
}

function calledOf({ name, title, with: other }) {
    return other?.name ?? (title || name);
}

/** Returns the names of those of the `rooms` that have a title like that of another one. */
export function namesakesIn(rooms) {
    const first = new Map();
    const alike = new Set();
    for (const { name, title } of rooms) {
        const key = fold(title ?? '');
        if (key === '') continue;
        if (first.has(key)) alike.add(name).add(first.get(key));
        else first.set(key, name);
    }
    return alike;
}

/** True for rooms in which the user is a member or has read something. */
export function isIn({ closed, member, read }) {
    return !closed && (member || read != null);
}

/** True for rooms that the user is in, and for others that are starred or in which messages mention them. */
export function isListed(room) {
    return isIn(room) || (!room.closed && (room.starred || room.mentions > 0));
}

/** True for direct conversations. */
export function isDirect({ name }) {
    return name.startsWith('direct.');
}

/** True when the other person of a direct conversation is here, as far as that is known. */
export function isHere({ with: other, joined, roster }) {
    return joined && other != null && roster.here.some(({ id }) => id === other.id);
}

/** Returns the total number of unread messages outside `muted` rooms. */
export function unreadIn(rooms, muted) {
    const heard = rooms.filter((room) => isListed(room) && !muted?.has(room.name));
    return heard.reduce((sum, { unread }) => sum + unread, 0);
}

/** Returns how many unread messages concern the user: those that mention them, and all in direct conversations. */
export function callsIn(rooms, muted) {
    const heard = rooms.filter((room) => isListed(room) && !muted?.has(room.name));
    return heard.reduce((sum, room) => sum + (isDirect(room) ? room.unread : room.mentions), 0);
}

/** Returns the room `step` places after (or before) `here` in the list; null if there is none. */
export function neighbour({ starred, unread, rooms, directs }, here, step) {
    const all = [...starred, ...unread, ...rooms, ...directs];
    return all[(all.indexOf(here) + step + all.length) % all.length] ?? null;
}

/** Returns the next room with unread messages after `here` in the list, without `muted` ones; null if there is none. */
export function nextUnread({ starred, unread, rooms, directs }, here, muted) {
    const all = [...starred, ...unread, ...rooms, ...directs];
    const at = all.indexOf(here) + 1;
    const isUnread = (room) => room !== here && room.unread > 0 && !muted?.has(room.name);
    return [...all.slice(at), ...all.slice(0, at)].find(isUnread) ?? null;
}
