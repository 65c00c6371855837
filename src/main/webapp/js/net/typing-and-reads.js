const TYPING_MS = 3_000;
const READ_MS = 1_000;

/**
 * Sends typing signals (at most one per room every 3 s) and read positions (about once a second, repeated after a
 * reconnect until confirmed). Unconfirmed positions are kept with the identity, for pages opened meanwhile.
 */
export class TypingAndReads {
    #send;
    #rooms;
    #identity;
    #env;
    #typedAt = new Map();
    #read = new Map();
    #backs = new Map();
    #unsaid = new Set();
    #timer = null;

    /** `send(command)` is false when the client is not connected and signed in. */
    constructor({ send, rooms, identity, env }) {
        this.#send = send;
        this.#rooms = rooms;
        this.#identity = identity;
        this.#env = env;
    }

    /** The rooms with a kept read position. */
    get kept() {
        return Object.keys(this.#identity.load().reads ?? {});
    }

    /** The user is typing. */
    typing(room) {
        const now = this.#env.now();
        if (now - (this.#typedAt.get(room) ?? -TYPING_MS) < TYPING_MS) return;
        if (this.#send({ type: 'typing', room })) this.#typedAt.set(room, now);
    }

    /** The user has posted: the next typing signal is sent at once. */
    said(room) {
        this.#typedAt.delete(room);
    }

    /** The user has read up to `seq`; 0: they have left the room. */
    read(room, seq) {
        if (seq !== 0 && seq <= this.#read.get(room)) return;
        this.#read.set(room, seq);
        this.#unsaid.add(room);
        const { timeline, read } = this.#rooms.get(room);
        this.#keep(room, seq && { epoch: timeline.epoch, ...read });
        this.#sendReads();
    }

    /** The server confirms how far the user has read. */
    confirmed(room, seq) {
        const wanted = this.#read.get(room);
        if (wanted === 0 ? seq === 0 : seq >= wanted) this.#read.delete(room);
        if (seq === 0 || this.#identity.load().reads?.[room]?.seq <= seq) this.#keep(room);
    }

    /**
     * The server says whether the user's latest change was to go `back` to `seq`; true when that is new: then what
     * waited to be sent was decided before. It is said again with what changes in other rooms.
     */
    wentBack(room, seq, back) {
        const known = this.#backs.get(room);
        if (back) this.#backs.set(room, seq);
        else this.#backs.delete(room);
        if (!back || known === seq) return false;
        this.reset(room);
        return true;
    }

    /** The room is joined: applies what was read in this log on another page, or before this page opened. */
    entered(room) {
        const { epoch, seq, n } = this.#identity.load().reads?.[room.name] ?? {};
        if (epoch === room.timeline.epoch && room.readTo(seq, n)) this.read(room.name, seq);
    }

    /** The log was reset, or the user is out of the room: they have read nothing of it. */
    reset(room) {
        this.#read.delete(room);
        this.#keep(room);
    }

    /** The user is signed in, or in a room: sends unconfirmed positions again. */
    resume() {
        this.#sendReads();
    }

    /** Sends waiting positions at once, as there may be no later time. */
    hurry() {
        this.#env.clearTimeout(this.#timer);
        this.#timer = null;
        this.#sendReads();
    }

    interrupted() {
        this.#env.clearTimeout(this.#timer);
        this.#timer = null;
        this.#typedAt.clear();
        this.#unsay();
    }

    /** The server could not store a position: sends all that are not confirmed. */
    again() {
        this.#unsay();
        this.#sendReads();
    }

    #unsay() {
        for (const room of this.#read.keys()) this.#unsaid.add(room);
    }

    /** Keeps the mark of this room, unless the user has left; without a mark, removes it. */
    #keep(name, mark) {
        const { id, reads: kept } = this.#identity.load();
        if (id == null) return;
        const { [name]: _, ...reads } = kept ?? {};
        this.#identity.save({ reads: mark ? { ...reads, [name]: mark } : reads });
    }

    #sendReads() {
        if (this.#timer != null) return;
        const ready = [...this.#unsaid].filter((room) => this.#read.get(room) === 0 || this.#rooms.get(room)?.joined);
        const said = ready.filter(
            (room) => !this.#read.has(room) || this.#send({ type: 'read', room, seq: this.#read.get(room) }),
        );
        for (const room of said) this.#unsaid.delete(room);
        if (said.length === 0) return;
        this.#timer = this.#env.setTimeout(() => {
            this.#timer = null;
            this.#sendReads();
        }, READ_MS);
    }
}
