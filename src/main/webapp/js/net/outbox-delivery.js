import { Emitter } from '../model/emitter.js';

const BUSY_MS = 1_000;

/** The command of each kind of item. */
const COMMANDS = {
    post: ({ room, id, text, replyTo, mentions }) => ({ type: 'post', room, id, text, replyTo, mentions }),
    edit: ({ room, id, target, text }) => ({ type: 'edit', room, id, seq: target, text }),
    delete: ({ room, id, target }) => ({ type: 'delete', room, id, seq: target }),
};

/**
 * What our user says for the log: each is an item in the outbox, shown at once, and sent under one id until the server
 * has answered. When the server is busy or out of storage, all that waits is tried again together, on one timer. Emits
 * `held` when `held` is another.
 */
export class OutboxDelivery extends Emitter {
    #outbox;
    #rooms;
    #signIn;
    #send;
    #changed;
    #env;
    #undoMs;
    #timer = null;
    #held = null;

    /**
     * `send(command)` hands over to the connection; `changed(room)` is called when there is something new to show; a
     * delete may be taken back for `undoMs`.
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

    /** Why the server takes nothing now: `busy` or `unavailable`; null when it took what it was given last. */
    get held() {
        return this.#held;
    }

    post(room, text, { replyTo, mentions, epoch }) {
        return this.#add({ type: 'post', room, text, replyTo, mentions, epoch }, replyTo);
    }

    edit(room, target, text, { epoch }) {
        return this.#add({ type: 'edit', room, target, text, epoch }, target);
    }

    /** Keeps the item back for a while, so that it can be taken back. */
    remove(room, target) {
        const item = this.#add({ type: 'delete', room, target }, target, 'undoable');
        this.#env.setTimeout(() => this.#outbox.settle(item) && this.deliver(room), this.#undoMs);
        return item;
    }

    /** Takes in what the outbox's store has already: a seq that names no log is of the present one. */
    restore(items) {
        for (const item of items) item.epoch ??= this.#epochOf(item.room, item.target ?? item.replyTo);
        this.#outbox.restore(items);
    }

    discard(item) {
        this.#outbox.remove(item);
        this.#changed(this.#rooms.get(item.room));
    }

    /** Sends what waits for the room of this name, if we know it, and has it shown. */
    deliver(name) {
        const room = this.#rooms.get(name);
        if (!room) return;
        this.send(room);
        this.#changed(room);
    }

    /**
     * Sends what waits for `room`, if that is read now; when the server asked for a pause, all keep their order and
     * wait. What names a seq waits, and all behind it, until we know that the log is still the one in which it was
     * said.
     */
    send(room) {
        if (this.#timer != null || !this.#signIn.maySend || !this.#rooms.isOpen(room.name)) return;
        for (const item of this.#outbox.waiting(room.name)) {
            if (item.epoch && !room.joined) return;
            if (item.epoch && item.epoch !== room.timeline.epoch) {
                this.#outbox.failed(item, 'no-such-message');
                continue;
            }
            this.#outbox.sent(item, this.#signIn.userId);
            this.#send(COMMANDS[item.type](item));
        }
    }

    /** The log has it; it leaves the outbox as soon as the `timeline` has it too. */
    acked({ id, seq }, timeline) {
        this.#hold(null);
        const item = this.#outbox.find(id);
        if (!item) return;
        if (timeline.knows(seq)) this.#outbox.remove(item);
        else this.#outbox.acked(item, seq);
    }

    /** Entries that will not come need not be waited for. */
    passedOver(room, timeline) {
        const gone = this.#outbox.of(room).filter(({ state, seq }) => state === 'acked' && timeline.knows(seq));
        for (const item of gone) this.#outbox.remove(item);
    }

    /** What became of an item was read back. */
    readBack({ id }) {
        const item = this.#outbox.find(id);
        if (item) this.#outbox.remove(item);
    }

    /** Takes an error that belongs to an item, and tells which; null when it belongs to none. */
    refused({ id, code, message, retryAfterMs }) {
        const item = this.#outbox.find(id);
        if (!item || item.state === 'acked') return null;
        if (code === 'busy' || code === 'unavailable') this.#later(item, code, retryAfterMs ?? BUSY_MS);
        else if (code !== 'not-signed-in') this.#fail(item, code, message);
        return item;
    }

    /** The connection is gone, and with it the answers to what was sent. */
    interrupted() {
        this.#env.clearTimeout(this.#timer);
        this.#timer = null;
        this.#held = null;
        this.#outbox.interrupted();
    }

    /**
     * A seq means something in one log only, so the item remembers in which: in ours, unless it was read in another.
     */
    #add(said, seq, state) {
        const epoch = seq == null ? null : (said.epoch ?? this.#epochOf(said.room, seq));
        const item = this.#outbox.add({ ...said, epoch }, state);
        this.deliver(said.room);
        return item;
    }

    #epochOf(name, seq) {
        return seq == null ? null : (this.#rooms.get(name)?.timeline.epoch ?? null);
    }

    #hold(code) {
        if (this.#held === code) return;
        this.#held = code;
        this.emit('held');
    }

    #fail(item, code, message) {
        this.#hold(null);
        this.#outbox.failed(item, code, message);
    }

    #later(item, code, ms) {
        this.#hold(code);
        this.#outbox.busy(item);
        this.#timer ??= this.#env.setTimeout(() => {
            this.#timer = null;
            for (const open of this.#rooms.open) this.send(open);
        }, ms);
    }
}
