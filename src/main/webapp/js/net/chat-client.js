import { Emitter } from '../model/emitter.js';
import { Outbox, UNDO_MS } from '../model/outbox.js';
import { LAST } from '../model/timeline.js';
import { assemble } from './assembly.js';
import { MemoryIdentity } from './sign-in.js';

/**
 * A user in rooms, over one connection that comes back by itself. Emits `status`, `user`, `room` (something to show in
 * it changed), `message` (`{room, message, fresh}`), `removed` (`{room, reason}`: we are out for good), the entries of
 * the inbox (`invited`, `mentioned`, `revoked`), `visited` (`{in}`: read on another device), `notice` (an `error` that
 * belongs to nothing else) and `refused` (a name that is none). All events of a frame are applied before `room` is
 * emitted, once for each room. What asks the server something returns a promise, and rejects with a `ChatError`.
 */
export class ChatClient extends Emitter {
    #parts;

    /**
     * `identity` keeps who we are, `outbox` what is not in the log yet; by default both live in memory. A delete may be
     * taken back for `undoMs`. `env` may replace what the library needs of its surroundings.
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
        /** The line itself: `open()` connects at once, `offline()` is for when the network is gone. */
        this.connection = this.#parts.connection;
    }

    /** `{id, name}` once signed in. */
    get user() {
        return this.#parts.signIn.user;
    }

    /** `{phase, held?, code?, retryAt?, offline?}`; phases: idle, connecting, live, waiting, stopped. */
    get status() {
        return this.#parts.joiner.status;
    }

    /** What the server takes: `{maxTextChars}`. */
    get limits() {
        return this.#parts.joiner.limits;
    }

    /** Connects; false when nobody has said yet who we are. */
    start() {
        if (!this.#parts.signIn.possible) return false;
        this.connection.open();
        return true;
    }

    stop() {
        this.connection.stop();
    }

    /** Is from now on called `name`. A session says `hello` once, so this connects anew. */
    rename(name) {
        this.#parts.signIn.rename(name);
        this.connection.reopen();
    }

    /**
     * Something may have happened to the line: connects at once if there is none, else asks whether it is still good.
     */
    wake() {
        this.#parts.joiner.probe();
    }

    /** The `Room` of this name; null when we have not heard of it. */
    find(name) {
        return this.#parts.rooms.get(name);
    }

    /** The room `name`, read from now on; the `last` of its entries come first, `{last}`. */
    join(name, options) {
        this.#parts.joiner.open(name, options?.last ?? LAST);
        return this.find(name);
    }

    /** Stops reading a room; what was read is kept for the next time. */
    leave(name) {
        this.#parts.joiner.leave(name);
    }

    /**
     * Says something in a joined room, with `{replyTo, mentions, epoch}`, sent until the server has it. `epoch`: of the
     * log of `replyTo`, when not ours. Returns the item.
     */
    post(room, text, options) {
        this.#parts.typingAndReads.said(room);
        return this.#parts.delivery.post(room, text, options ?? {});
    }

    /**
     * Makes the message `seq` of the log of `{epoch}` say something else: here at once, elsewhere when the server
     * agrees. Returns the item.
     */
    edit(room, seq, text, options) {
        return this.#parts.delivery.edit(room, seq, text, options ?? {});
    }

    /**
     * Deletes the message `seq`: it goes out in a few seconds, unless the item is discarded before. Returns the item.
     */
    remove(room, seq) {
        return this.#parts.delivery.remove(room, seq);
    }

    /** Sends items of the outbox that its store has already, and this client has not. */
    deliver(items) {
        const { delivery, joiner, typingAndReads } = this.#parts;
        for (const { room } of items) typingAndReads.said(room);
        delivery.restore(items);
        for (const name of this.outbox.rooms) joiner.open(name);
        for (const name of new Set(items.map(({ room }) => room))) delivery.deliver(name);
    }

    /** Tries again what the server refused. */
    retry(item) {
        this.outbox.retry(item);
        this.#parts.joiner.open(item.room);
        this.#parts.delivery.deliver(item.room);
    }

    /** Gives up what the server refused, or takes back what has not gone out. */
    discard(item) {
        this.#parts.delivery.discard(item);
    }

    /** Our user is writing in this room. */
    typing(room) {
        this.#parts.typingAndReads.typing(room);
    }

    /** Our user has read as far as `seq`. */
    read(name, seq) {
        const room = this.find(name);
        if (!room.readTo(seq)) return;
        this.#parts.typingAndReads.read(name, seq);
        this.emit('room', room);
    }

    /** The program may be about to end: tells the server now how far our user has read. */
    hurry() {
        this.#parts.typingAndReads.hurry();
    }

    /**
     * Reads more of what was said before the range that holds `seq` (or the live one); resolves when it is there, or
     * cannot be had.
     */
    earlier(name, seq) {
        return this.#parts.history.earlier(this.find(name), seq);
    }

    /** The same after it. */
    later(name, seq) {
        return this.#parts.history.later(this.find(name), seq);
    }

    /** Reads what is around `seq`; resolves with true when that is there now. */
    around(name, seq) {
        return this.#parts.history.around(this.find(name), seq);
    }

    /** One entry as it is to be seen, or null when there is none: the source of a quote, say. */
    fetchEntry(name, seq) {
        return this.#parts.history.entry(this.find(name), seq);
    }

    /**
     * The rooms our user may read, as `Room`s, the latest first: all they are in, then the first public ones; with
     * `more` those that follow.
     */
    rooms(options) {
        return options?.more ? this.#parts.directory.moreRooms() : this.#parts.directory.rooms();
    }

    /** One of them, with its members: `{room, members}`. */
    room(name) {
        return this.#parts.directory.room(name);
    }

    /** People whose names begin with `q`, as `{id, name}`. */
    people(q) {
        return this.#parts.directory.people(q);
    }

    /** The latest messages with all words of `q` (before seq `before`), as `{entry, around}`. */
    search(room, q, before) {
        return this.#parts.directory.search(room, q, before);
    }

    /** Makes a room, with `{access, topic}`. This and what follows resolve when the server has done it. */
    create(room, options) {
        const { access, topic } = options ?? {};
        return this.#parts.requests.ask({ type: 'create', room, access, topic });
    }

    /** Changes the room's `topic`, or whether it is `archived`. */
    change(room, { topic, archived }) {
        return this.#parts.requests.ask({ type: 'change', room, topic, archived });
    }

    /** Makes somebody a member. */
    add(room, userId) {
        return this.#parts.requests.ask({ type: 'add', room, user: userId });
    }

    removeMember(room, userId) {
        return this.#parts.requests.ask({ type: 'remove', room, user: userId });
    }

    /** Our user is in this room no more: not among its members, and what is unread in it is not counted. */
    async leaveRoom(name) {
        const room = this.find(name);
        if (room.access === 'members') return void (await this.removeMember(name, this.user.id));
        this.#parts.typingAndReads.read(name, 0);
        room.readTo(0);
        this.leave(name);
        this.emit('room', room);
    }

    /** Resolves with the name of the room of our user and this one. */
    direct(userId) {
        return this.#parts.requests.direct(userId);
    }
}
