import { addressOf, isRoomName, placeIn, readable } from '../model/address.js';
import { Emitter } from '../model/emitter.js';

/** The room that everyone can join. */
export const FIRST_ROOM = 'lobby';

/** Returns the name of the room in the address, otherwise `last`, or the first room if that is invalid. */
export function roomWanted(last) {
    return placeIn(location.hash).room ?? (isRoomName(last ?? '') ? last : FIRST_ROOM);
}

/**
 * Where the user is: the room in the address and, if it names one, the message; without a room, where they were last.
 * Emits `moved`, and `astray` with an address that names no room: then the user stays where they are.
 */
export class Navigation extends Emitter {
    #client;
    #settings;
    /** The current `Room`. */
    room = null;
    /** The seq of the message in the address, or null. */
    seq = null;
    /** True when the address has named the room: the user wants this one. */
    isNamed = false;

    constructor(client, settings) {
        super();
        this.#client = client;
        this.#settings = settings;
        client.on('user', () => this.room && this.stay());
    }

    /** Goes to the address, which names the room in the one right way from then on, so that going back leads here. */
    follow() {
        const left = this.room;
        const { hash } = location;
        const { room, seq } = placeIn(hash);
        this.seq = seq;
        this.isNamed = room != null;
        this.room = this.#client.join(room ?? left?.name ?? roomWanted(this.#settings.place));
        this.stay();
        const address = addressOf(this.room.name, seq);
        if (hash !== address) history.replaceState(null, '', address);
        this.emit('moved', { left });
        if (room == null && hash.length > 1) this.emit('astray', readable(hash));
    }

    /** Notes that the user is here now: of all pages, this is the one they return to. Of nobody, nothing is noted. */
    stay() {
        if (this.#client.user) this.#settings.place = this.room.name;
    }

    /** Goes to another room than the one that the page has opened by itself, which nobody can go back to. */
    replace(name) {
        history.replaceState(null, '', addressOf(name));
        this.follow();
        this.isNamed = false;
    }

    /** Returns the address of a message in this room. */
    address(seq) {
        return new URL(addressOf(this.room.name, seq), location.href).href;
    }

    /** The user has moved on from the message in the address. */
    rest() {
        if (this.seq == null) return;
        this.seq = null;
        history.replaceState(null, '', `#${this.room.name}`);
    }

    /** Goes to a room, and to a message in it. */
    go(name, seq = null) {
        const hash = addressOf(name, seq);
        if (location.hash === hash) this.follow();
        else location.hash = hash;
    }
}
