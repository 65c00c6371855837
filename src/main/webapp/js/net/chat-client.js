import { Outbox, UNDO_MS } from '../model/outbox.js';
import { SIGNED_OUT } from '../model/reconnect.js';
import { LAST } from '../model/timeline.js';
import { assemble } from './assembly.js';
import { RoomClient } from './room-client.js';
import { MemoryIdentity } from './sign-in.js';

/**
 * A user in rooms, over one connection that reconnects by itself. Emits `status`, `user`, `room` (something to show in
 * it changed), `message` (`{room, message, fresh}`), `removed` (`{room, reason}`: the user is out for good), the
 * entries of the inbox (`invited`, `mentioned`, `replied`, `reaction`, `starred`, `revoked`), `inbox-read` (`{seq}`: it
 * was read up to there), `visited` (`{in}`: read on another device), `read-back` (`{in, seq}`: what was read beyond
 * `seq` is unread again), `notice` (an `error` that belongs to nothing else), `signed-in` (`{roles, expiresAt}`, also
 * when a sign-in was renewed) and `refused` (an invalid name). All events of a frame are applied before `room` is
 * emitted, once for each room. Requests to the server return a promise, and reject with a `ChatError`.
 */
export class ChatClient extends RoomClient {
    #parts;

    /**
     * `name` is that of a guest; others sign in with a `token`. `identity` keeps the user's identity, `outbox` what is
     * not in the log yet; by default both live in memory. A delete can be undone for `undoMs`. `env` may replace what
     * the library needs from its environment.
     */
    constructor({ url, name, token, identity, outbox, undoMs, env }) {
        const items = outbox ?? new Outbox();
        super((tell) =>
            assemble({
                url,
                env,
                identity: identity ?? new MemoryIdentity(name, token),
                outbox: items,
                undoMs: undoMs ?? UNDO_MS,
                tell,
            }),
        );
        this.outbox = items;
        this.#parts = this.parts;
        /** The connection: `open()` connects at once, `offline()` is for when the network is gone. */
        this.connection = this.#parts.connection;
    }

    /** The user, `{id, name}`, once signed in. */
    get user() {
        return this.#parts.signIn.user;
    }

    /** What the server grants the user: `{roles, expiresAt}`; `expiresAt` (ISO 8601) is null if that has no end. */
    get grant() {
        const { roles, expiresAt } = this.#parts.signIn;
        return { roles, expiresAt };
    }

    /**
     * The status, `{phase, held?, code?, retryAt?, offline?, room?}`; phases: idle, connecting, live, waiting, stopped.
     */
    get status() {
        return this.#parts.joiner.status;
    }

    /** The server's limits: `{maxTextChars}`. */
    get limits() {
        return this.#parts.joiner.limits;
    }

    /** Connects; false when the user has neither a name nor a token. */
    start() {
        if (!this.#parts.signIn.possible) return false;
        this.connection.open();
        return true;
    }

    stop() {
        this.connection.stop();
    }

    /**
     * Signs in with `token`. A signed-in user goes on without a break: then it must be theirs, and this resolves when
     * the server has accepted it. Rejects with a `ChatError`, `already-signed-in` for the token of another user.
     */
    async useToken(token) {
        const { signIn, requests } = this.#parts;
        if (signIn.done) await requests.ask({ type: 'hello', token });
        signIn.take(token);
        if (!signIn.done) this.connection.reopen();
    }

    /**
     * Ends this sign-in, in all programs that share its token; with `{everywhere: true}` all sign-ins of the user.
     * Resolves when the server has done it: the connection has stopped then.
     */
    async signOut(options) {
        try {
            await this.#parts.requests.ask({ type: 'sign-out', everywhere: options?.everywhere ?? null });
        } catch (fault) {
            if (this.status.code !== SIGNED_OUT) throw fault;
        }
    }

    /** Returns the user's sign-ins that are in use, `[{id, since, address, agent, connections, current?}]`. */
    async sessions() {
        const { sessions } = await this.#parts.http.get('sessions');
        return sessions;
    }

    /** Ends one of them. */
    endSession(id) {
        return this.#parts.http.delete(`sessions/${id}`);
    }

    /** Changes the user's name to `name`. A session says `hello` once, so this reconnects. */
    rename(name) {
        this.#parts.signIn.rename(name);
        this.connection.reopen();
    }

    /** The identity has a new token of the same user: uses it, over the open connection if there is one. */
    renew() {
        this.#parts.signIn.renew();
    }

    /** When the server refuses the token, `refresh` may get another: it resolves with true when the identity has it. */
    refreshWith(refresh) {
        this.#parts.signIn.refreshWith(refresh);
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
     * Posts to a joined room, with `{replyTo, mentions, call, calls, epoch}`, and sends until the server has it. A
     * reply calls the author of `replyTo`, unless `call` is false; `calls` is `all` or `here`. `epoch` is that of the
     * log of `replyTo`, if it is not the current one. Returns the item, which is a promise too: of its position in
     * the log, `{epoch, seq}`. It rejects with a `ChatError` when the server refuses the item, or it is discarded.
     */
    post(room, text, options) {
        this.#parts.typingAndReads.said(room);
        return this.#parts.delivery.post(room, text, options ?? {});
    }

    /**
     * Edits the message `seq` of the log of `{epoch}`, with `{mentions, calls}`: here at once, elsewhere when the
     * server accepts. Returns the item.
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

    /**
     * Reacts to the message `seq`, or takes that back (`on` false): here at once, and not any more if it is refused;
     * then the promise rejects. Messages have `reactions`, `[{emoji, count, users}]`; `isMine(kind, userId)` tells
     * one's own.
     */
    react(room, seq, emoji, on) {
        return this.#parts.reacting.react(room, seq, emoji, on);
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

    /**
     * What is beyond `seq` is unread again, on all devices (0: everything). Resolves when the server has done it; a
     * later `read` goes forward again.
     */
    async readBack(name, seq) {
        const { typingAndReads, requests } = this.#parts;
        typingAndReads.reset(name);
        await requests.ask({ type: 'read', room: name, seq, back: true });
        const room = this.find(name);
        typingAndReads.wentBack(name, seq, true);
        if (room?.readBack(seq)) this.emit('room', room);
        if (room?.uncertain) this.#parts.directory.recount(room);
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
}
