import { newId } from './ids.js';

const FORGETFUL = { add() {}, update() {}, remove() {} };

/**
 * What somebody says, as an item with an id of its own. `said` has its `type` (`post`, `edit`, `delete`) and `room`;
 * with that `text`, `replyTo`, `mentions`, `target`, and the `epoch` in which the seqs among them mean something.
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

/** How long something may be taken back, unless the client has it otherwise. */
export const UNDO_MS = 5_000;
const LATE_MS = 1_000;

/**
 * For how many milliseconds from `now` on the page in which this was said may still offer to take it back, or be about
 * to send it; 0 when it may not.
 */
export function undoableFor({ state, at }, now) {
    return state === 'undoable' ? Math.max(0, UNDO_MS + LATE_MS - Math.max(0, now - Date.parse(at))) : 0;
}

/**
 * What was said and is not yet in the log: posts, edits and deletes. An item keeps its id for as long as it lives, so
 * that sending it again does nothing twice. States: `undoable` (may still be taken back), `waiting` (to be sent),
 * `sent`, `acked` (in the log, not yet read back), `failed`.
 */
export class Outbox {
    #items = [];
    #store;

    /** `store` (`add(item)`, `update(item)`, `remove(id)`) keeps the items beyond this page; none by default. */
    constructor(store) {
        this.#store = store ?? FORGETFUL;
    }

    /** The rooms in which something is under way. */
    get rooms() {
        return [...new Set(this.#items.filter(({ state }) => state !== 'failed').map(({ room }) => room))];
    }

    /**
     * Takes in what the store has already: from an earlier life, when there is nobody any more who could take it back,
     * or of a moment ago.
     */
    restore(items) {
        const here = new Set(this.#items.map((item) => item.id));
        const kept = items.filter((item) => !here.has(item.id));
        const restored = kept.map((item) => ({ ...item, state: item.state === 'failed' ? 'failed' : 'waiting' }));
        this.#items = [...restored, ...this.#items].sort((a, b) => a.order - b.order);
    }

    /** A new item: `said` is as for `newItem`. */
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

    /** What is to be sent now to `room`, first written first. */
    waiting(room) {
        return this.of(room).filter((item) => item.state === 'waiting');
    }

    /** It is not taken back any more; false when it was. */
    settle(item) {
        if (item.state !== 'undoable' || !this.#items.includes(item)) return false;
        item.state = 'waiting';
        return true;
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
    failed(item, error, words) {
        item.state = 'failed';
        item.error = error;
        item.words = words ?? null;
        this.#store.update({ ...item });
    }

    /** The user wants a failed one to be tried again: as a new one when the old id can never work. */
    retry(item) {
        if (item.error !== 'id-conflict') {
            item.state = 'waiting';
            item.error = null;
            return item;
        }
        this.remove(item);
        const { type, room, text, replyTo, mentions, target, epoch } = item;
        return this.add({ type, room, text, replyTo, mentions, target, epoch });
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

    /** Nothing of this goes out to `room` any more, because of `error`. */
    closed(room, error) {
        for (const item of this.of(room)) if (item.state !== 'acked') this.failed(item, error);
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
