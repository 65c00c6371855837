import { isRoomName } from '../model/names.js';

/** Where everybody may go. */
export const FIRST_ROOM = 'lobby';

/** The name of the room in the address (`#room` or `#room/seq`); without one, `last`; the first room, when that is none. */
export function roomWanted(last) {
    const [name] = location.hash.slice(1).split('/');
    const wanted = name || (last ?? '');
    return isRoomName(wanted) ? wanted : FIRST_ROOM;
}

/** The seq of the message the address leads to, or null. */
export function seqWanted() {
    return Number(/\/([1-9]\d{0,14})$/.exec(location.hash)?.[1] ?? 0) || null;
}
