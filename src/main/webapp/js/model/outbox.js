const FORGETFUL = { add() {}, update() {}, remove() {} };

/**
 * What was written and is not yet in the log. An item keeps its id for as long as it lives, so that sending it again
 * posts nothing twice. States: `waiting` (to be sent), `sent`, `acked` (in the log, not yet read back), `failed`.
 */
export class Outbox {
    #items = [];
    #store;

    /** `store` (`add(item)`, `update(item)`, `remove(id)`) keeps the items beyond this page; none by default. */
    constructor(store = FORGETFUL) {
        this.#store = store;
    }

    get rooms() {
        return [...new Set(this.#items.map((item) => item.room))];
    }

    /** Takes in what the store kept from an earlier life. */
    restore(items) {
        const here = new Set(this.#items.map((item) => item.id));
        const kept = items.filter((item) => !here.has(item.id));
        this.#items = [...kept.map((item) => ({ ...item, state: item.state === 'failed' ? 'failed' : 'waiting' })), ...this.#items];
    }

    add(room, text) {
        const at = new Date().toISOString();
        const item = { id: newId(), room, text, at, order: nextOrder(), author: null, state: 'waiting', error: null };
        this.#items.push(item);
        this.#store.add({ ...item });
        return item;
    }

    of(room) {
        return this.#items.filter((item) => item.room === room);
    }

    find(id) {
        return this.#items.find((item) => item.id === id);
    }

    /** What is to be sent now to `room`, first written first. */
    waiting(room) {
        return this.of(room).filter((item) => item.state === 'waiting');
    }

    /** It has been handed to the connection, by the user `author`. */
    sent(item, author) {
        item.state = 'sent';
        if (item.author === author) return;
        item.author = author;
        this.#store.update({ ...item });
    }

    /** The log has it at `seq`: it only has to be read back. */
    acked(item, seq) {
        item.state = 'acked';
        item.seq = seq;
        this.#store.remove(item.id);
    }

    /** The server asked for a pause. */
    busy(item) {
        item.state = 'waiting';
    }

    /** The server refuses it: `error` is the code, `words` what it said about it. */
    failed(item, error, words = null) {
        item.state = 'failed';
        item.error = error;
        item.words = words;
        this.#store.update({ ...item });
    }

    /** The user wants a failed one to be tried again: as a new message when the old id can never work. */
    retry(item) {
        if (item.error !== 'id-conflict') {
            item.state = 'waiting';
            item.error = null;
            return item;
        }
        this.remove(item);
        return this.add(item.room, item.text);
    }

    remove(item) {
        this.#items = this.#items.filter((other) => other !== item);
        this.#store.remove(item.id);
    }

    /** The connection is gone: what was only sent has to be sent again. */
    interrupted() {
        for (const item of this.#items) if (item.state === 'sent') item.state = 'waiting';
    }

    /** The room's log began anew: what was in the old one is not waited for any more. */
    reset(room) {
        this.#items = this.#items.filter((item) => item.room !== room || item.state !== 'acked');
    }

    /** We are somebody else now: whether what the former user sent arrived is not known, so the user decides. */
    signedIn(userId) {
        for (const item of this.#items) {
            if (item.author && item.author !== userId && item.state !== 'acked') this.failed(item, 'other-user');
        }
    }
}

let order = 0;

/** Grows with each call, also beyond a reload. */
function nextOrder() {
    order = Math.max(order + 1, Date.now() * 1_000);
    return order;
}

function newId() {
    const bytes = globalThis.crypto.getRandomValues(new Uint8Array(12));
    return `c-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
