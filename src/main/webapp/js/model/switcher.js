import { isRoomName, roomNameFrom } from './address.js';
import { isDirect, isIn } from './room-list.js';
import { fold } from './text.js';

const MOST = 50;

/** False for invalid names, and for those reserved by the server. */
export function mayBeMade(name) {
    return isRoomName(name) && !/^(inbox|direct)\./.test(name);
}

/** Returns the room that the typed text names whole, by its name or its title; null if there is none. */
export function roomNamed(typed, rooms) {
    const [name, title] = [roomNameFrom(typed), fold(typed.trim())];
    return rooms.find((room) => room.name === name || (title !== '' && fold(room.title ?? '') === title)) ?? null;
}

/**
 * Returns the `rooms` that match the typed text, best first: an exact title or name, those that start with it, those
 * that contain it, topics; then the user's own rooms, then those with unread messages, then the latest. For an empty
 * text, all except the current room, `here`. At most `most` of them.
 */
export function roomsFor(typed, rooms, here, most) {
    const wanted = fold(typed.trim().replace(/^#/, ''));
    const open = rooms.filter((room) => !room.closed && (wanted !== '' || room !== here));
    const ranked = open.map((room) => ({ room, rank: rankOf(room, wanted) })).filter(({ rank }) => rank != null);
    return ranked
        .sort((a, b) => a.rank - b.rank || inTurn(a.room, b.room))
        .map(({ room }) => room)
        .slice(0, most ?? MOST);
}

function inTurn(a, b) {
    return Number(b.unread > 0) - Number(a.unread > 0) || (b.at ?? '').localeCompare(a.at ?? '');
}

function rankOf(room, wanted) {
    const titles = room.title ? [fold(room.title)] : [];
    const names = isDirect(room) ? [fold(room.with?.name ?? '')] : [room.name, ...titles];
    const found = names.includes(wanted)
        ? -1
        : names.some((name) => name.startsWith(wanted))
          ? 0
          : names.some((name) => name.includes(wanted))
            ? 1
            : wanted !== '' && fold(room.topic).includes(wanted)
              ? 2
              : null;
    return found == null ? null : found * 2 + (isIn(room) ? 0 : 1);
}
