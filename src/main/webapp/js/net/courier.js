const BUSY_MS = 1_000;

/** The command of each kind of item. */
const COMMANDS = {
    post: ({ room, id, text, replyTo, mentions }) => ({ type: 'post', room, id, text, replyTo, mentions }),
    edit: ({ room, id, target, text }) => ({ type: 'edit', room, id, seq: target, text }),
    delete: ({ room, id, target }) => ({ type: 'delete', room, id, seq: target }),
};

/**
 * Carries what waits in the outbox to the server and takes its answers. Each item goes out under one id for as long as it
 * takes; when the server is busy or out of storage, all that waits is tried again together, on one timer.
 */
export class Courier {
    #outbox;
    #send;
    #again;
    #changed;
    #env;
    #timer = null;
    #held = null;

    /**
     * `send(command)` hands over to the connection, `again()` is called when it is time to try what was refused as busy,
     * `changed()` when `held` is another.
     */
    constructor({ outbox, send, again, changed, env }) {
        this.#outbox = outbox;
        this.#send = send;
        this.#again = again;
        this.#changed = changed;
        this.#env = env;
    }

    /** Why the server takes nothing now: `busy` or `unavailable`; null when it took what it was given last. */
    get held() {
        return this.#held;
    }

    /**
     * Sends what waits for `room`, as the user `author`; when the server asked for a pause, all keep their order and wait.
     * What names a seq waits, and all behind it, until we know that the log is still the one in which it was said.
     */
    deliver(room, author) {
        if (this.#timer != null) return;
        for (const item of this.#outbox.waiting(room.name)) {
            if (item.epoch && !room.joined) return;
            if (item.epoch && item.epoch !== room.timeline.epoch) {
                this.#outbox.failed(item, 'no-such-message');
                continue;
            }
            this.#outbox.sent(item, author);
            this.#send(COMMANDS[item.type](item));
        }
    }

    /** Keeps an item back for so long, so that it can be taken back; then calls `due`, unless it was. */
    holdBack(item, ms, due) {
        this.#env.setTimeout(() => this.#outbox.settle(item) && due(), ms);
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
        const item = id && this.#outbox.find(id);
        if (item) this.#outbox.remove(item);
    }

    /** Takes an error that belongs to an item, and tells which; null when it belongs to none. */
    refused({ id, code, message, retryAfterMs }) {
        const item = id && this.#outbox.find(id);
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

    #hold(code) {
        if (this.#held === code) return;
        this.#held = code;
        this.#changed();
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
            this.#again();
        }, ms);
    }
}
