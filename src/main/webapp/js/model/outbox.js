import { newId } from './ids.js';

const FORGETFUL = { add() {}, update() {}, remove() {} };

/**
 * Creates an outbox item with an id of its own. `said` has its `type` (`post`, `edit`, `delete`) and `room`; also
 * `text`, `replyTo`, `mentions`, `call`, `calls`, `target`, and the `epoch` in which their seqs are meaningful.
 */
export function newItem(said, state) {
    const given = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, value ?? null]));
    return {
        ...given,
        id: newId(),
        at: new Date().toISOString(),
        order: nextOrder(),
        author: null,
        state: state ?? 'waiting',
        error: null,
    };
}

/** How long an item can be undone, unless the client sets it otherwise. */
export const UNDO_MS = 5_000;
const LATE_MS = 1_000;

/**
 * Returns for how many milliseconds from `now` the item's page may still offer to undo it, or be about to send it; 0 if
 * it may not.
 */
export function undoableFor({ state, at }, now) {
    return state === 'undoable' ? Math.max(0, UNDO_MS + LATE_MS - Math.max(0, now - Date.parse(at))) : 0;
}

/**
 * The user's posts, edits and deletes that are not in the log yet. An item keeps its id for life, so that sending it
 * again does nothing twice. States: `undoable`, `waiting` (to be sent), `sent`, `acked` (in the log, not read back
 * yet), `failed`.
 */
export class Outbox {
    #items = [];
    #outcomes = new Map();
    #store;

    /**
     * `store` (`add(item)`, `update(item)`, `remove(id)`) keeps the items beyond this page; by default there is none.
     */
    constructor(store) {
        this.#store = store ?? FORGETFUL;
    }

    /** The rooms with items that have not failed. */
    get rooms() {
        return [...new Set(this.#items.filter(({ state }) => state !== 'failed').map(({ room }) => room))];
    }

    /** Adds items from the store: of an earlier page, where nobody can undo them any more, or of a moment ago. */
    restore(items) {
        const here = new Set(this.#items.map((item) => item.id));
        const kept = items.filter((item) => !here.has(item.id));
        const restored = kept.map((item) => ({ ...item, state: item.state === 'failed' ? 'failed' : 'waiting' }));
        this.#items = [...restored, ...this.#items].sort((a, b) => a.order - b.order);
    }

    /** Adds a new item: `said` is as for `newItem`. */
    add(said, state) {
        const item = newItem(said, state);
        this.#items.push(item);
        this.#store.add({ ...item });
        return item;
    }

    of(room) {
        return this.#items.filter((item) => item.room === room);
    }

    find(id) {
        return this.#items.find((item) => item.id === id) ?? null;
    }

    /** True while an item of `room` is under way. */
    isSending(room) {
        return this.of(room).some(({ state }) => state === 'sent');
    }

    /** Returns the items to be sent to `room` now, oldest first. */
    waiting(room) {
        return this.of(room).filter((item) => item.state === 'waiting');
    }

    /** Ends the undo period; false when the item was undone. */
    settle(item) {
        if (item.state !== 'undoable' || !this.#items.includes(item)) return false;
        item.state = 'waiting';
        return true;
    }

    /** The item was handed to the connection, by the user `author`. */
    sent(item, author) {
        item.state = 'sent';
        if (item.author === author) return;
        item.author = author;
        this.#store.update({ ...item });
    }

    /**
     * Resolves with a copy of the item as soon as the log has it (`acked`), the server has refused it (`failed`), or it
     * was removed before either.
     */
    outcome(item) {
        return new Promise((resolve) => this.#outcomes.set(item, resolve));
    }

    #decided(item) {
        this.#outcomes.get(item)?.({ ...item });
        this.#outcomes.delete(item);
    }

    /** The log of `epoch` has the item at `seq`: it only has to be read back. */
    acked(item, seq, epoch) {
        if (item.state === 'acked') return;
        Object.assign(item, { state: 'acked', seq, position: { epoch, seq } });
        this.#store.remove(item.id);
        this.#decided(item);
    }

    /** The server has asked for a pause. */
    busy(item) {
        item.state = 'waiting';
    }

    /** The server has refused the item: `error` is the code, `words` its message. */
    failed(item, error, words) {
        item.state = 'failed';
        item.error = error;
        item.words = words ?? null;
        this.#store.update({ ...item });
        this.#decided(item);
    }

    /** Retries a failed item: as a new one if the old id can never work. */
    retry(item) {
        if (item.error !== 'id-conflict') {
            item.state = 'waiting';
            item.error = null;
            return item;
        }
        this.remove(item);
        const { type, room, text, replyTo, mentions, call, calls, target, epoch } = item;
        return this.add({ type, room, text, replyTo, mentions, call, calls, target, epoch });
    }

    remove(item) {
        this.#items = this.#items.filter((other) => other !== item);
        if (item.state !== 'acked') this.#store.remove(item.id);
        this.#decided(item);
    }

    /** The connection was lost: items that were only sent must be sent again. */
    interrupted() {
        for (const item of this.#items) if (item.state === 'sent') item.state = 'waiting';
    }

    /** The room's log was reset: items in the old log are not waited for. */
    reset(room) {
        this.#items = this.#items.filter((item) => item.room !== room || item.state !== 'acked');
    }

    /** Fails the items that are not in the log: nothing more is sent to `room`, because of `error`. */
    closed(room, error) {
        for (const item of this.of(room)) if (item.state !== 'acked') this.failed(item, error);
    }

    /** The user has changed: it is unknown whether the former user's sent items arrived, so the user decides. */
    signedIn(userId) {
        for (const item of this.#items) {
            if (item.author && item.author !== userId && item.state !== 'acked') this.failed(item, 'other-user');
        }
    }
}

let order = 0;

/** Returns a number that grows with each call, also across reloads. */
function nextOrder() {
    order = Math.max(order + 1, Date.now() * 1_000);
    return order;
}
