import { Room } from '../model/room.js';

/** The rooms this client knows: which of them it reads, and in which something changed since it was last asked. */
export class RoomSet {
    #rooms = new Map();
    #open = new Set();
    #changed = new Set();
    #healed = new Set();

    /** The room of this name, or undefined. */
    get(name) {
        return this.#rooms.get(name);
    }

    /** The rooms that are read. */
    get open() {
        return [...this.#open].map((name) => this.#rooms.get(name));
    }

    isOpen(name) {
        return this.#open.has(name);
    }

    /** Reads the room from now on, and makes it known when it is not. */
    add(name, last) {
        if (!this.#rooms.has(name)) this.#rooms.set(name, new Room(name, last));
        this.#open.add(name);
        return this.#rooms.get(name);
    }

    /** Reads the room no more; false when it was not read. */
    remove(name) {
        if (!this.#open.delete(name)) return false;
        this.#rooms.get(name).joined = false;
        return true;
    }

    changed(name) {
        this.#changed.add(name);
    }

    /** The rooms in which something changed since the last call. */
    takeChanged() {
        const rooms = [...this.#changed].map((name) => this.#rooms.get(name));
        this.#changed.clear();
        return rooms;
    }

    /** True when entries are missing that should have come, and nobody has asked for them over this connection. */
    wantsHealing(room) {
        if (!room.timeline.torn || this.#healed.has(room)) return false;
        this.#healed.add(room);
        return true;
    }

    interrupted() {
        this.#healed.clear();
        for (const room of this.#rooms.values()) room.joined = false;
    }
}
