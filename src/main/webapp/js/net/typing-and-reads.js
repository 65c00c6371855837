const TYPING_MS = 3_000;
const READ_MS = 1_000;

/**
 * Says what our user is about, in moderation: that they are writing, at most every 3 seconds a room; how far they have
 * read, about once a second, and again after an interruption until the server has confirmed it. Until then it is kept
 * with who we are, for pages that come meanwhile.
 */
export class TypingAndReads {
    #send;
    #rooms;
    #identity;
    #env;
    #typedAt = new Map();
    #read = new Map();
    #unsaid = new Set();
    #timer = null;

    /** `send(command)` is false when we are not connected and signed in. */
    constructor({ send, rooms, identity, env }) {
        this.#send = send;
        this.#rooms = rooms;
        this.#identity = identity;
        this.#env = env;
    }

    /** The rooms of which something is kept. */
    get kept() {
        return Object.keys(this.#identity.load().reads ?? {});
    }

    /** They are writing. */
    typing(room) {
        const now = this.#env.now();
        if (now - (this.#typedAt.get(room) ?? -TYPING_MS) < TYPING_MS) return;
        if (this.#send({ type: 'typing', room })) this.#typedAt.set(room, now);
    }

    /** They have said it: when they write again, that is news. */
    said(room) {
        this.#typedAt.delete(room);
    }

    /** The user has read as far as `seq`; 0: they have left the room. */
    read(room, seq) {
        if (seq !== 0 && seq <= this.#read.get(room)) return;
        this.#read.set(room, seq);
        this.#unsaid.add(room);
        const { timeline, read } = this.#rooms.get(room);
        this.#keep(room, seq && { epoch: timeline.epoch, ...read });
        this.#sendReads();
    }

    /** The server says how far they have read. */
    confirmed(room, seq) {
        const wanted = this.#read.get(room);
        if (wanted === 0 ? seq === 0 : seq >= wanted) this.#read.delete(room);
        if (seq === 0 || this.#identity.load().reads?.[room]?.seq <= seq) this.#keep(room);
    }

    /** We are in this room: what was read in this log on another page, or before this one came, has been read. */
    entered(room) {
        const { epoch, seq, n } = this.#identity.load().reads?.[room.name] ?? {};
        if (epoch === room.timeline.epoch && room.readTo(seq, n)) this.read(room.name, seq);
    }

    /** The log began anew, or is closed to us: they have read nothing of it. */
    reset(room) {
        this.#read.delete(room);
        this.#keep(room);
    }

    /** We are signed in, or in a room: what is not confirmed is said again. */
    resume() {
        this.#sendReads();
    }

    /** There may be no later: says at once what waits for its turn. */
    hurry() {
        this.#env.clearTimeout(this.#timer);
        this.#timer = null;
        this.#sendReads();
    }

    interrupted() {
        this.#env.clearTimeout(this.#timer);
        this.#timer = null;
        this.#typedAt.clear();
        for (const room of this.#read.keys()) this.#unsaid.add(room);
    }

    /** Without a mark, nothing is kept of this room. */
    #keep(name, mark) {
        const { [name]: _, ...reads } = this.#identity.load().reads ?? {};
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
