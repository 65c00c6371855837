import { answer } from './fake-commands.js';
import { FakeHttp } from './fake-http.js';
import { FakeRoom } from './fake-room.js';

const BUDI = { id: 'u-other', name: 'Budi' };

/**
 * A server of the wire protocol in memory, with lines on which everything stays until it is moved. Its logs begin anew
 * with `restart`, as those of a server that keeps nothing do.
 */
export class FakeServer {
    sockets = [];
    rooms = new Map();
    users = new Map([[BUDI.id, BUDI]]);
    /** How far each user has read in each room: `{seq, n}` by `user room`. */
    marks = new Map();
    /** `epoch id` of all that was acknowledged. */
    acked = new Set();
    /** Every command that came, on whatever line. */
    received = [];
    #epoch = 1;
    /**
     * Hooks of a test: refuse this command as busy? let the ack overtake all that waits? send no more than this many
     * entries after a join? is a token known?
     */
    busy = () => false;
    ackFirst = () => false;
    most = Infinity;
    knows = () => true;
    /** Does it refuse this command for a while, `{code, ms}`? Are there guests? When do the others' sign-ins end? */
    limited = () => null;
    guests = true;
    /** Can it not reach its storage, which this command needs? */
    unavailable = () => false;
    expiresAt = '2026-11-30T12:00:00Z';
    /** For each `sign-out`: everywhere? */
    signedOut = [];

    constructor() {
        this.http = new FakeHttp(this);
    }

    get epoch() {
        return `e-${this.#epoch}`;
    }

    /** To use as `fetch`; answered when told to. */
    get fetch() {
        return this.http.fetch;
    }

    /** The log of the lobby. */
    get log() {
        return this.room('lobby').entries;
    }

    room(name) {
        if (!this.rooms.has(name)) this.rooms.set(name, new FakeRoom(name));
        return this.rooms.get(name);
    }

    /** The class to use as `WebSocket`; `lines` gets each socket that is made with it. */
    socketClass(lines = []) {
        const server = this;
        return class {
            constructor(url, protocols) {
                Object.assign(this, { url, protocols, toServer: [], toClient: [], user: null, reading: new Set() });
                server.sockets.push(this);
                lines.push(this);
            }

            send(frame) {
                this.toServer.push(frame);
            }

            close() {
                server.forget(this);
            }
        };
    }

    get WebSocket() {
        return this.socketClass();
    }

    get line() {
        return this.sockets.at(-1);
    }

    forget(socket) {
        this.sockets = this.sockets.filter((other) => other !== socket);
    }

    accept(socket) {
        socket.toClient.push({
            type: 'welcome',
            version: '0.1.0',
            heartbeatSeconds: 25,
            maxFrameBytes: 65536,
            maxTextChars: 4000,
        });
    }

    /** The line breaks: what is on it is lost. */
    cut(socket, code = 1006) {
        this.forget(socket);
        socket.onclose?.({ code });
    }

    restart() {
        for (const socket of [...this.sockets]) this.cut(socket);
        this.#epoch++;
        this.rooms.clear();
        this.marks.clear();
    }

    /** Takes the next frame of the client in. */
    take(socket) {
        const frame = socket.toServer.shift();
        if (frame === undefined) return;
        this.received.push(JSON.parse(frame));
        answer(this, socket, this.received.at(-1));
    }

    /** Hands the next `count` events to the client in one frame. */
    give(socket, count = Infinity) {
        const events = socket.toClient.splice(0, count);
        if (events.length > 0) socket.onmessage?.({ data: new TextEncoder().encode(JSON.stringify(events)).buffer });
    }

    /** Moves everything until nothing is left to move. */
    settle() {
        const busy = () => this.sockets.find(({ toServer, toClient }) => toServer.length + toClient.length > 0);
        for (let socket = busy(); socket; socket = busy()) {
            this.take(socket);
            this.give(socket);
        }
    }

    /** The client is too slow for this room: what waits for it of the log will not come. */
    skip(socket, name) {
        const passed = socket.toClient.filter(
            ({ room, seq, n }) => room === name && seq !== undefined && n !== undefined,
        );
        if (passed.length === 0) return;
        const seqs = passed.map(({ seq }) => seq);
        const gap = { type: 'gap', room: name, from: Math.min(...seqs), to: Math.max(...seqs) };
        socket.toClient = socket.toClient.flatMap((event) =>
            event === passed[0] ? gap : passed.includes(event) ? [] : event,
        );
    }

    /** Somebody else says something in the lobby. */
    say(text, from = BUDI, { id, name = 'lobby', ...more } = {}) {
        return this.append(name, 'message', from, id, { ...more, text });
    }

    /** Somebody changes a message, or deletes it. */
    amend(type, target, { from = BUDI, name = 'lobby', id, ...more } = {}) {
        return this.append(name, type, from, id, { target, ...more });
    }

    /** Somebody reacts to a message, or does not any more; absent if that is so already. */
    react(target, emoji, on, { from = BUDI, name = 'lobby', id } = {}) {
        const users = this.room(name).reactions(target).find((kind) => kind.emoji === emoji)?.users ?? [];
        if (users.some((user) => user.id === from.id) === on) return null;
        return this.append(name, 'reacted', from, id, { target, emoji, on });
    }

    /** Something happens in a room; who reads it is told. */
    append(name, type, from, id, fields) {
        const entry = this.room(name).append(type, from, id, fields);
        this.tell(name, entry);
        return entry;
    }

    /** Something for all who read a room. */
    tell(name, event) {
        for (const socket of this.sockets) if (socket.reading.has(name)) socket.toClient.push(event);
    }

    /** How far a user has read: for all their lines. */
    mark(userId, name, seq, back = false) {
        const room = this.room(name);
        const key = `${userId} ${name}`;
        const at = Math.min(seq, room.head);
        if (back) this.marks.set(key, { seq: at, n: room.entries[at - 1]?.n ?? 0, back });
        else if (seq === 0) this.marks.delete(key);
        else if (at <= (this.marks.get(key)?.seq ?? 0)) return;
        else this.marks.set(key, { seq: at, n: room.entries[at - 1].n });
        this.tell(`inbox.${userId}`, this.reads(userId, name));
    }

    /** The event that says so, of one room or all. */
    reads(userId, name) {
        const names = name
            ? [name]
            : [...this.marks.keys()].filter((key) => key.startsWith(`${userId} `)).map((key) => key.split(' ')[1]);
        const rooms = names.map((room) => ({ room, ...(this.marks.get(`${userId} ${room}`) ?? { seq: 0, n: 0 }) }));
        return { type: 'reads', room: `inbox.${userId}`, rooms };
    }

    newUser(name) {
        const user = { id: `u-${this.users.size}`, name };
        this.users.set(user.id, user);
        return user;
    }
}
