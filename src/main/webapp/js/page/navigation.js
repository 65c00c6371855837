import { Emitter } from '../model/emitter.js';
import { isRoomName } from '../model/names.js';

/** The room that everyone can join. */
export const FIRST_ROOM = 'lobby';

/**
 * Returns the room name in the address (`#room` or `#room/seq`), otherwise `last`, or the first room if that is
 * invalid.
 */
export function roomWanted(last) {
    const [name] = location.hash.slice(1).split('/');
    const wanted = name || (last ?? '');
    return isRoomName(wanted) ? wanted : FIRST_ROOM;
}

/** Returns the seq of the message in the address, or null. */
export function seqWanted() {
    return Number(/\/([1-9]\d{0,14})$/.exec(location.hash)?.[1] ?? 0) || null;
}

/**
 * Where the user is: the room in the address and, if it names one, the message; without a room, where they were last.
 * Emits `moved`.
 */
export class Navigation extends Emitter {
    #client;
    #settings;
    /** The current `Room`. */
    room = null;
    /** The seq of the message in the address, or null. */
    seq = null;

    constructor(client, settings) {
        super();
        this.#client = client;
        this.#settings = settings;
    }

    /** Goes to the address; one without a room names this room from then on, so that going back leads here. */
    follow() {
        const left = this.room;
        this.seq = seqWanted();
        this.room = this.#client.join(roomWanted(this.#settings.place));
        this.stay();
        if (!names(this.room)) history.replaceState(null, '', `#${this.room.name}`);
        this.emit('moved', { left });
    }

    /** Notes that the user is here now: of all pages, this is the one they return to. */
    stay() {
        this.#settings.place = this.room.name;
    }

    /** Returns the address of a message in this room. */
    address(seq) {
        return new URL(`#${this.room.name}/${seq}`, location.href).href;
    }

    /** The user has moved on from the message in the address. */
    rest() {
        if (this.seq == null) return;
        this.seq = null;
        history.replaceState(null, '', `#${this.room.name}`);
    }

    /** Goes to a room, and to a message in it. */
    go(name, seq = null) {
        const hash = seq == null ? `#${name}` : `#${name}/${seq}`;
        if (location.hash === hash) this.follow();
        else location.hash = hash;
    }
}

function names({ name }) {
    return location.hash.slice(1).split('/')[0] === name;
}
