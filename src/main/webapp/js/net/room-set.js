import { Room } from '../model/room.js';

/** Errors that may be the answer to a `join`; they do not say of which room. */
const OF_JOIN = new Set(['bad-room', 'no-such-room', 'not-a-member', 'too-many-rooms', 'busy', 'unavailable']);

/** The rooms this client knows: which of them it reads, and in which something changed since it was last asked. */
export class RoomSet {
    #now;
    #rooms = new Map();
    #open = new Set();
    #changed = new Set();
    #healed = new Set();
    #entering = [];

    /** `now` is a monotonic clock in milliseconds. */
    constructor(now) {
        this.#now = now;
    }

    /** The room of this name, or null. */
    get(name) {
        return this.#rooms.get(name) ?? null;
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
        const room = this.#rooms.get(name) ?? new Room(name, last, this.#now);
        if (!this.#open.has(name)) room.reopen(last);
        this.#rooms.set(name, room);
        this.#open.add(name);
        return room;
    }

    /** Makes the room known as the server's list has it, without reading it. */
    know(summary) {
        const room = this.#rooms.get(summary.room) ?? new Room(summary.room, 0, this.#now);
        this.#rooms.set(summary.room, room);
        room.told(summary);
        return room;
    }

    /** Reads the room no more; false when it was not read. */
    remove(name) {
        if (!this.#open.delete(name)) return false;
        this.#rooms.get(name).joined = false;
        return true;
    }

    /** A `join` goes out. */
    entering(name) {
        this.#entering.push(name);
    }

    /** The `join` of this room was answered. */
    entered(name) {
        const index = this.#entering.indexOf(name);
        if (index >= 0) this.#entering.splice(index, 1);
    }

    /** The room whose `join` this error refuses, or null: joins are answered in the order in which they went out. */
    refused({ id, code }) {
        if (id != null || !OF_JOIN.has(code)) return null;
        return this.get(this.#entering.shift());
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
        if (!room.timeline.hasGap || this.#healed.has(room)) return false;
        this.#healed.add(room);
        return true;
    }

    interrupted() {
        this.#healed.clear();
        this.#entering = [];
        for (const room of this.#rooms.values()) room.joined = false;
    }
}
