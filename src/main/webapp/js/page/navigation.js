import { Emitter } from '../model/emitter.js';
import { isRoomName } from '../model/names.js';

/** Where everybody may go. */
export const FIRST_ROOM = 'lobby';

/**
 * The name of the room in the address (`#room` or `#room/seq`); without one, `last`; the first room, when that is none.
 */
export function roomWanted(last) {
    const [name] = location.hash.slice(1).split('/');
    const wanted = name || (last ?? '');
    return isRoomName(wanted) ? wanted : FIRST_ROOM;
}

/** The seq of the message the address leads to, or null. */
export function seqWanted() {
    return Number(/\/([1-9]\d{0,14})$/.exec(location.hash)?.[1] ?? 0) || null;
}

/**
 * Where the reader is: the room and, if it names one, the message of the address; without one, where they were last.
 * Emits `moved`.
 */
export class Navigation extends Emitter {
    #client;
    #settings;
    /** The `Room` on the page. */
    room = null;
    /** The seq of the message the address leads to, or null. */
    seq = null;

    constructor(client, settings) {
        super();
        this.#client = client;
        this.#settings = settings;
    }

    /**
     * Goes where the address leads; one that names no room names this one from then on, so that the way back leads
     * here.
     */
    follow() {
        const left = this.room;
        this.seq = seqWanted();
        this.room = this.#client.join(roomWanted(this.#settings.place));
        this.stay();
        if (!names(this.room)) history.replaceState(null, '', `#${this.room.name}`);
        this.emit('moved', { left });
    }

    /** The reader is here now: of all pages, this is the one they come back to. */
    stay() {
        this.#settings.place = this.room.name;
    }

    /** The address that leads to a message of this room. */
    address(seq) {
        return new URL(`#${this.room.name}/${seq}`, location.href).href;
    }

    /** The reader has gone on from the message the address led to. */
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
