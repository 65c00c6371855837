import { Room } from '../model/room.js';

/** The rooms this client knows: which of them are open (read), and which have changed since the last query. */
export class RoomSet {
    #now;
    #rooms = new Map();
    #open = new Set();
    #changed = new Set();
    #healed = new Set();

    /** `now` is a monotonic clock in milliseconds. */
    constructor(now) {
        this.#now = now;
    }

    /** Returns the room of this name, or null. */
    get(name) {
        return this.#rooms.get(name) ?? null;
    }

    /** The open rooms. */
    get open() {
        return [...this.#open].map((name) => this.#rooms.get(name));
    }

    isOpen(name) {
        return this.#open.has(name);
    }

    /** Opens the room, and adds it if it is unknown. */
    add(name, last) {
        const room = this.#rooms.get(name) ?? new Room(name, last, this.#now);
        if (!this.#open.has(name)) room.reopen(last);
        this.#rooms.set(name, room);
        this.#open.add(name);
        return room;
    }

    /** Adds the room from the server's list, without opening it. */
    know(summary) {
        const room = this.#rooms.get(summary.room) ?? new Room(summary.room, 0, this.#now);
        this.#rooms.set(summary.room, room);
        room.told(summary);
        return room;
    }

    /** Closes the room; false when it was not open. */
    remove(name) {
        if (!this.#open.delete(name)) return false;
        this.#rooms.get(name).joined = false;
        return true;
    }

    /** Returns the room whose `join` this error refuses, or null. */
    refused({ command, room }) {
        // an older server names no command, and the room only in errors of joins
        return command === 'join' || command == null ? this.get(room) : null;
    }

    changed(name) {
        this.#changed.add(name);
    }

    /** Returns the rooms that have changed since the last call. */
    takeChanged() {
        const rooms = [...this.#changed].map((name) => this.#rooms.get(name));
        this.#changed.clear();
        return rooms;
    }

    /** True when expected entries are missing, and this connection has not requested them again. */
    wantsHealing(room) {
        if (!room.timeline.hasGap || this.#healed.has(room)) return false;
        this.#healed.add(room);
        return true;
    }

    interrupted() {
        this.#healed.clear();
        for (const room of this.#rooms.values()) room.joined = false;
    }
}
