import { Emitter } from '../model/emitter.js';
import { ChatError } from './http.js';

const BUSY_MS = 1_000;
/** The errors after which an item is sent again; `slow-mode` concerns its room alone. */
const PASSING = new Set(['busy', 'unavailable', 'rate-limited', 'slow-mode']);
/** Those whose end the user is told. */
const TIMED = new Set(['rate-limited', 'slow-mode']);

/** The command for each type of item. */
const COMMANDS = {
    post: ({ room, id, text, replyTo, mentions, call, calls }) => ({
        type: 'post',
        room,
        id,
        text,
        replyTo,
        mentions,
        call,
        calls,
    }),
    edit: ({ room, id, target, text, mentions, calls }) => ({
        type: 'edit',
        room,
        id,
        seq: target,
        text,
        mentions,
        calls,
    }),
    delete: ({ room, id, target }) => ({ type: 'delete', room, id, seq: target }),
};

/**
 * Sends the outbox: each item is shown at once and sent under one id until the server answers. Each room has one item
 * under way at a time, so that none overtakes one that the server did not accept yet. When the server asks for a pause,
 * in one room or in all, the items wait for its end. Emits `held` when `held` changes.
 */
export class OutboxDelivery extends Emitter {
    #outbox;
    #rooms;
    #signIn;
    #send;
    #changed;
    #env;
    #undoMs;
    /** The pauses that have not ended, by room, that of all rooms at null: `{timer, held}`. */
    #pauses = new Map();
    #held = null;

    /**
     * `send(command)` passes it to the connection; `changed(room)` is called when there is something new to show; a
     * delete can be undone for `undoMs`.
     */
    constructor({ outbox, rooms, signIn, send, changed, env, undoMs }) {
        super();
        this.#outbox = outbox;
        this.#rooms = rooms;
        this.#signIn = signIn;
        this.#send = send;
        this.#changed = changed;
        this.#env = env;
        this.#undoMs = undoMs;
    }

    /**
     * Why the server accepts nothing now, `{held, retryAt?, room?}`: `busy`, `unavailable`, `rate-limited` or
     * `slow-mode` (of one room), the latter two until `retryAt`. Null if it accepted the last item.
     */
    get held() {
        return this.#held;
    }

    post(room, text, { replyTo, mentions, call, calls, epoch }) {
        return this.#add({ type: 'post', room, text, replyTo, mentions, call, calls, epoch }, replyTo);
    }

    edit(room, target, text, { mentions, calls, epoch }) {
        return this.#add({ type: 'edit', room, target, text, mentions, calls, epoch }, target);
    }

    /** Holds the delete back for a while, so that it can be undone. */
    remove(room, target) {
        const item = this.#add({ type: 'delete', room, target }, target, 'undoable');
        this.#env.setTimeout(() => this.#outbox.settle(item) && this.deliver(room), this.#undoMs);
        return item;
    }

    /** Adds items from the outbox's store: a seq without an epoch belongs to the current log. */
    restore(items) {
        for (const item of items) item.epoch ??= this.#epochOf(item.room, item.target ?? item.replyTo);
        this.#outbox.restore(items);
    }

    /** Retries a failed item, as a new one if its id can never work; returns the item that is sent now. */
    retry(item) {
        return this.#awaitable(this.#outbox.retry(item));
    }

    discard(item) {
        this.#outbox.remove(item);
        this.deliver(item.room);
    }

    /** Sends the waiting items of the room of this name, if it is known, and reports the change. */
    deliver(name) {
        const room = this.#rooms.get(name);
        if (!room) return;
        this.send(room);
        this.#changed(room);
    }

    /**
     * Sends the next waiting item of `room`, if it is open and none is under way. When the server has asked for a
     * pause, all wait and keep their order. An item with a seq waits, and all behind it, until it is known whether the
     * log is still the one it was written for.
     */
    send(room) {
        if (this.#pauses.has(null) || this.#pauses.has(room.name)) return;
        if (!this.#signIn.maySend || !this.#rooms.isOpen(room.name) || this.#outbox.isSending(room.name)) return;
        for (const item of this.#outbox.waiting(room.name)) {
            if (item.epoch && !room.joined) return;
            if (item.epoch && item.epoch !== room.timeline.epoch) {
                this.#outbox.failed(item, 'no-such-message');
                continue;
            }
            this.#outbox.sent(item, this.#signIn.userId);
            this.#send(COMMANDS[item.type](item));
            return;
        }
    }

    /** The server accepts items (again). */
    resumed() {
        if (!this.#held?.retryAt) this.#hold(null);
    }

    /**
     * The log has the item: an ack says so, or its own entry, which may come alone. The item leaves the outbox as soon
     * as the `timeline` has the entry.
     */
    acked({ id, seq }, timeline) {
        const item = this.#outbox.find(id);
        if (!item) return;
        this.#outbox.acked(item, seq, timeline.epoch);
        if (timeline.knows(seq)) this.#outbox.remove(item);
    }

    /** Removes the items whose entries will not come. */
    passedOver(room, timeline) {
        const gone = this.#outbox.of(room).filter(({ state, seq }) => state === 'acked' && timeline.knows(seq));
        for (const item of gone) this.#outbox.remove(item);
    }

    /** Handles an error that belongs to an item, and returns the item; null if it belongs to none. */
    refused({ id, code, message, retryAfterMs }) {
        const item = this.#outbox.find(id);
        if (!item || item.state === 'acked') return null;
        if (PASSING.has(code)) this.#later(item, code, retryAfterMs ?? BUSY_MS);
        else if (code !== 'not-signed-in') this.#fail(item, code, message);
        return item;
    }

    /** The connection was lost, and with it the answers to what was sent. */
    interrupted() {
        for (const { timer } of this.#pauses.values()) this.#env.clearTimeout(timer);
        this.#pauses.clear();
        this.#held = null;
        this.#outbox.interrupted();
    }

    /**
     * Adds an item with its epoch, as a seq is only meaningful in one log: the current one, unless it was read in
     * another.
     */
    #add(said, seq, state) {
        const epoch = seq == null ? null : (said.epoch ?? this.#epochOf(said.room, seq));
        const item = this.#awaitable(this.#outbox.add({ ...said, epoch }, state));
        this.deliver(said.room);
        return item;
    }

    /**
     * Makes the item a promise as well: of the position `{epoch, seq}` of its entry. Who ignores the promise need not
     * catch its error. A copy of the item is no promise.
     */
    #awaitable(item) {
        const promise = this.#outbox.outcome(item).then(({ state, position, error, words }) => {
            if (state === 'acked') return position;
            throw state === 'failed'
                ? new ChatError(error, words)
                : new ChatError('discarded', 'The item was discarded before the server had it.');
        });
        promise.catch(() => {});
        for (const name of ['then', 'catch', 'finally'])
            Object.defineProperty(item, name, { value: promise[name].bind(promise), configurable: true });
        return item;
    }

    #epochOf(name, seq) {
        return seq == null ? null : (this.#rooms.get(name)?.timeline.epoch ?? null);
    }

    #hold(held) {
        if (this.#held?.held === held?.held && this.#held?.retryAt === held?.retryAt) return;
        this.#held = held;
        this.emit('held');
    }

    #fail(item, code, message) {
        this.resumed();
        this.#outbox.failed(item, code, message);
    }

    #later(item, code, ms) {
        this.#outbox.busy(item);
        const room = code === 'slow-mode' ? item.room : null;
        if (this.#pauses.has(room)) return;
        const held = { held: code };
        if (TIMED.has(code)) held.retryAt = this.#env.now() + ms;
        if (room) held.room = room;
        this.#pauses.set(room, { timer: this.#env.setTimeout(() => this.#resume(room), ms), held });
        this.#hold(held);
    }

    /** A pause has ended, of one room or of all. */
    #resume(room) {
        const { held } = this.#pauses.get(room);
        this.#pauses.delete(room);
        if (held.retryAt && this.#held === held) this.#hold([...this.#pauses.values()].at(-1)?.held ?? null);
        for (const open of this.#rooms.open) this.send(open);
    }
}
