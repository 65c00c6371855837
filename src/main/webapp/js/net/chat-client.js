import { Emitter } from '../model/emitter.js';
import { Outbox, UNDO_MS } from '../model/outbox.js';
import { LAST } from '../model/timeline.js';
import { assemble } from './assembly.js';
import { MemoryIdentity } from './sign-in.js';

/**
 * A user in rooms, over one connection that reconnects by itself. Emits `status`, `user`, `room` (something to show in
 * it changed), `message` (`{room, message, fresh}`), `removed` (`{room, reason}`: the user is out for good), the
 * entries of the inbox (`invited`, `mentioned`, `revoked`), `visited` (`{in}`: read on another device), `notice` (an
 * `error` that belongs to nothing else) and `refused` (an invalid name). All events of a frame are applied before
 * `room` is emitted, once for each room. Requests to the server return a promise, and reject with a `ChatError`.
 */
export class ChatClient extends Emitter {
    #parts;

    /**
     * `identity` keeps the user's identity, `outbox` what is not in the log yet; by default both live in memory. A
     * delete can be undone for `undoMs`. `env` may replace what the library needs from its environment.
     */
    constructor({ url, name, identity, outbox, undoMs, env }) {
        super();
        this.outbox = outbox ?? new Outbox();
        this.#parts = assemble({
            url,
            env,
            identity: identity ?? new MemoryIdentity(name),
            outbox: this.outbox,
            undoMs: undoMs ?? UNDO_MS,
            tell: (about, detail) => this.emit(about, detail),
        });
        /** The connection: `open()` connects at once, `offline()` is for when the network is gone. */
        this.connection = this.#parts.connection;
    }

    /** The user, `{id, name}`, once signed in. */
    get user() {
        return this.#parts.signIn.user;
    }

    /** The status, `{phase, held?, code?, retryAt?, offline?}`; phases: idle, connecting, live, waiting, stopped. */
    get status() {
        return this.#parts.joiner.status;
    }

    /** The server's limits: `{maxTextChars}`. */
    get limits() {
        return this.#parts.joiner.limits;
    }

    /** Connects; false when the user has no name yet. */
    start() {
        if (!this.#parts.signIn.possible) return false;
        this.connection.open();
        return true;
    }

    stop() {
        this.connection.stop();
    }

    /** Changes the user's name to `name`. A session says `hello` once, so this reconnects. */
    rename(name) {
        this.#parts.signIn.rename(name);
        this.connection.reopen();
    }

    /** The connection may have changed: connects at once if there is none, otherwise checks whether it still works. */
    wake() {
        this.#parts.joiner.probe();
    }

    /** Returns the `Room` of this name; null if it is unknown. */
    find(name) {
        return this.#parts.rooms.get(name);
    }

    /** Starts reading the room `name` and returns it; its last `{last}` entries come first. */
    join(name, options) {
        this.#parts.joiner.open(name, options?.last ?? LAST);
        return this.find(name);
    }

    /** Stops reading a room; what was read is kept for the next time. */
    leave(name) {
        this.#parts.joiner.leave(name);
    }

    /**
     * Posts to a joined room, with `{replyTo, mentions, epoch}`, and sends until the server has it. `epoch` is that of
     * the log of `replyTo`, if it is not the current one. Returns the item, which is a promise too: of its position in
     * the log, `{epoch, seq}`. It rejects with a `ChatError` when the server refuses the item, or it is discarded.
     */
    post(room, text, options) {
        this.#parts.typingAndReads.said(room);
        return this.#parts.delivery.post(room, text, options ?? {});
    }

    /**
     * Edits the message `seq` of the log of `{epoch}`, with `{mentions}`: here at once, elsewhere when the server
     * accepts. Returns the item.
     */
    edit(room, seq, text, options) {
        return this.#parts.delivery.edit(room, seq, text, options ?? {});
    }

    /**
     * Deletes the message `seq`: the command is sent after a few seconds, unless the item is discarded before. Returns
     * the item.
     */
    remove(room, seq) {
        return this.#parts.delivery.remove(room, seq);
    }

    /** Sends items that are in the outbox's store, and not in this client yet. */
    deliver(items) {
        const { delivery, joiner, typingAndReads } = this.#parts;
        for (const { room } of items) typingAndReads.said(room);
        delivery.restore(items);
        for (const name of this.outbox.rooms) joiner.open(name);
        for (const name of new Set(items.map(({ room }) => room))) delivery.deliver(name);
    }

    /** Retries an item that the server refused; returns the item that is sent now, which is a promise again. */
    retry(item) {
        const again = this.#parts.delivery.retry(item);
        this.#parts.joiner.open(item.room);
        this.#parts.delivery.deliver(item.room);
        return again;
    }

    /** Discards a refused item, or undoes one that was not sent. */
    discard(item) {
        this.#parts.delivery.discard(item);
    }

    /** The user is typing in this room. */
    typing(room) {
        this.#parts.typingAndReads.typing(room);
    }

    /** The user has read up to `seq`. */
    read(name, seq) {
        const room = this.find(name);
        if (!room.readTo(seq)) return;
        this.#parts.typingAndReads.read(name, seq);
        this.emit('room', room);
    }

    /** Sends the read positions now, as the program may be about to end. */
    hurry() {
        this.#parts.typingAndReads.hurry();
    }

    /**
     * Loads earlier entries than the range of `seq` (or the live range); resolves when they are there, or cannot be
     * loaded.
     */
    earlier(name, seq) {
        return this.#parts.history.earlier(this.find(name), seq);
    }

    /** Loads later entries in the same way. */
    later(name, seq) {
        return this.#parts.history.later(this.find(name), seq);
    }

    /** Loads the entries around `seq`; resolves with true when that is there now. */
    around(name, seq) {
        return this.#parts.history.around(this.find(name), seq);
    }

    /** Returns one entry as displayed, or null if there is none: the source of a quote, for example. */
    fetchEntry(name, seq) {
        return this.#parts.history.entry(this.find(name), seq);
    }

    /**
     * Returns the rooms the user may read, as `Room`s, latest first: all they are in, then the first public ones; with
     * `more`, those that follow.
     */
    rooms(options) {
        return options?.more ? this.#parts.directory.moreRooms() : this.#parts.directory.rooms();
    }

    /** Returns a room and its members: `{room, members}`. */
    room(name) {
        return this.#parts.directory.room(name);
    }

    /** Returns people with names that start with `q`, as `{id, name}`. */
    people(q) {
        return this.#parts.directory.people(q);
    }

    /** Returns the latest messages with all words of `q` (before seq `before`), as `{entry, around}`. */
    search(room, q, before) {
        return this.#parts.directory.search(room, q, before);
    }

    /** Creates a room, with `{access, topic}`. This and the following resolve when the server has done it. */
    create(room, options) {
        const { access, topic } = options ?? {};
        return this.#parts.requests.ask({ type: 'create', room, access, topic });
    }

    /** Changes the room's `topic`, or whether it is `archived`. */
    change(room, { topic, archived }) {
        return this.#parts.requests.ask({ type: 'change', room, topic, archived });
    }

    /** Adds a member. */
    add(room, userId) {
        return this.#parts.requests.ask({ type: 'add', room, user: userId });
    }

    removeMember(room, userId) {
        return this.#parts.requests.ask({ type: 'remove', room, user: userId });
    }

    /** Leaves the room for good: the user is no longer a member, and its unread messages are not counted. */
    async leaveRoom(name) {
        const room = this.find(name);
        if (room.access === 'members') return void (await this.removeMember(name, this.user.id));
        this.#parts.typingAndReads.read(name, 0);
        room.readTo(0);
        this.leave(name);
        this.emit('room', room);
    }

    /** Resolves with the name of the direct conversation with this user. */
    direct(userId) {
        return this.#parts.requests.direct(userId);
    }
}
