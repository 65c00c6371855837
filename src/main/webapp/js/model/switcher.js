import { isRoomName } from './names.js';
import { isDirect, isIn } from './room-list.js';
import { fold } from './text.js';

const MOST = 50;

/** The name of a room as somebody may have meant it: `#Soto Tonight` is `soto-tonight`. */
export function roomNameFrom(text) {
    return text.trim().replace(/^#/, '').toLowerCase().replace(/\s+/g, '-');
}

/** False for names that are none, and for those the server keeps for itself. */
export function mayBeMade(name) {
    return isRoomName(name) && !/^(inbox|direct)\./.test(name);
}

/**
 * The `rooms` that fit what was typed, the best first: the one that is called so, names that begin so before those that
 * have it elsewhere, topics last; those the user is in before the others, then those with something unread, then the
 * latest. Where nothing was typed, all but the one one is `here` in. At most `most` of them.
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
    const name = isDirect(room) ? fold(room.with?.name ?? '') : room.name;
    const found =
        name === wanted
            ? -1
            : name.startsWith(wanted)
              ? 0
              : name.includes(wanted)
                ? 1
                : wanted !== '' && fold(room.topic).includes(wanted)
                  ? 2
                  : null;
    return found == null ? null : found * 2 + (isIn(room) ? 0 : 1);
}
