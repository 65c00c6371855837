import { isNothing } from '../model/draft.js';

const VERSION = 1;
const PATIENCE_MS = 2_000;
/** The prefix of a writer's id; no room has such a name. */
const TURN = 'turn:';
/**
 * The errors of a transaction when the browser has closed the connection, for example in a page that was in the
 * background for long.
 */
const LOST = new Set(['InvalidStateError', 'UnknownError']);

/**
 * The drafts and the outbox in IndexedDB, so that they survive a reload or a crash, and all pages of this browser share
 * them. Each item of the outbox belongs to one page. Without IndexedDB the page works on: everything resolves, and
 * nothing is kept.
 */
export class Database {
    #name;
    #tab;
    /** Absent when the connection was lost. */
    #opening;

    /** `scope` separates several Warungs on one host; `tab` is the id of this page. */
    constructor(scope, tab) {
        this.#name = `warung:${scope}`;
        this.#tab = tab;
        this.#opening = this.#open();
    }

    /** Resolves with false where the browser blocks storage. */
    async opens() {
        return Boolean(await this.#opening);
    }

    /**
     * Takes over the unsent items of other pages that match `gone(id, item)`, each item for one page; resolves with
     * them, oldest first.
     */
    async adopt(gone) {
        let items = [];
        const kept = await this.#run(['outbox'], (tx) => {
            const outbox = tx.objectStore('outbox');
            outbox.getAll().onsuccess = ({ target: { result } }) => {
                items = result.filter((item) => item.tab !== this.#tab && gone(item.tab, item));
                for (const item of items) outbox.put({ ...item, tab: this.#tab });
            };
        });
        return kept ? items.sort((a, b) => a.order - b.order) : [];
    }

    /** Returns how many items of all pages were not sent yet; null if that is not known. */
    async unsent() {
        let request;
        const counted = await this.#run(['outbox'], (tx) => (request = tx.objectStore('outbox').count()), 'readonly');
        return counted ? request.result : null;
    }

    /** Forgets all drafts and items; resolves when that is done. */
    clear() {
        return this.#run(['outbox', 'drafts'], (tx) => {
            for (const name of ['outbox', 'drafts']) tx.objectStore(name).clear();
        });
    }

    /**
     * Returns the draft of this room, as `{draft}`: `{text, people, reply, edit}`, or absent if it is empty. Null if it
     * could not be read.
     */
    async draft(room) {
        let request;
        const read = await this.#run(['drafts'], (tx) => (request = tx.objectStore('drafts').get(room)), 'readonly');
        return read ? { draft: request.result } : null;
    }

    /** Returns the names of the rooms in which something has been begun. */
    async begun() {
        let request;
        const read = await this.#run(['drafts'], (tx) => (request = tx.objectStore('drafts').getAllKeys()), 'readonly');
        return read ? request.result.filter((key) => !key.startsWith(TURN)) : [];
    }

    /**
     * Changes the draft of this room: `decide(draft)` gets the stored one, absent if it is empty, and returns `{draft,
     * item}`: the new one, and what goes into the outbox in the same transaction; it may be called again. The `turn`
     * that the writer `id` has reached is stored with it. Resolves with whether that succeeded.
     */
    exchange(room, { id, turn }, decide) {
        return this.#run(['outbox', 'drafts'], (tx) => {
            const drafts = tx.objectStore('drafts');
            drafts.get(room).onsuccess = ({ target: { result } }) => {
                const { draft, item } = decide(result);
                if (item) this.#put(tx, item);
                if (isNothing(draft)) drafts.delete(room);
                else drafts.put(draft, room);
                drafts.put({ turn, tab: this.#tab }, TURN + id);
                tx.commit?.();
            };
        });
    }

    /** Returns the turn that this writer has reached. */
    async turn(id) {
        let request;
        await this.#run(['drafts'], (tx) => (request = tx.objectStore('drafts').get(TURN + id)), 'readonly');
        return request?.result?.turn ?? 0;
    }

    /** Removes the turns of writers on pages that are `gone(id)`. */
    tidy(gone) {
        return this.#run(['drafts'], (tx) => {
            tx.objectStore('drafts').openCursor(IDBKeyRange.bound(TURN, `${TURN}\uffff`)).onsuccess = ({
                target: { result: cursor },
            }) => {
                if (!cursor) return;
                if (cursor.value.tab !== this.#tab && gone(cursor.value.tab)) cursor.delete();
                cursor.continue();
            };
        });
    }

    add(item) {
        return this.update(item);
    }

    update(item) {
        return this.#run(['outbox'], (tx) => {
            this.#put(tx, item);
            tx.commit?.();
        });
    }

    remove(id) {
        return this.#run(['outbox'], (tx) => {
            tx.objectStore('outbox').delete(id);
            tx.commit?.();
        });
    }

    #put(tx, item) {
        tx.objectStore('outbox').put({ ...item, tab: this.#tab });
    }

    /** Opens the database. A connection that worked before may come back later. */
    async #open(again = false) {
        try {
            const database = await Promise.race([open(this.#name), patience()]);
            database.onclose = () => (this.#opening = null);
            return database;
        } catch (fault) {
            console.warn('What you write is forgotten when this page closes.', fault);
            if (again) this.#opening = null;
            return null;
        }
    }

    /** Runs `work` in a transaction; once more, if that fails because the connection was lost. */
    async #run(stores, work, mode) {
        const opening = (this.#opening ??= this.#open(true));
        const database = await opening;
        if (!database) return false;
        try {
            return await transact(database, stores, work, mode);
        } catch (fault) {
            if (!LOST.has(fault?.name)) return failed(fault);
        }
        if (this.#opening === opening) this.#opening = this.#open(true);
        const again = await this.#opening;
        return Boolean(again) && transact(again, stores, work, mode).catch(failed);
    }
}

/** Runs `work` in one transaction; resolves with true when it is complete. */
function transact(database, stores, work, mode) {
    return new Promise((resolve, reject) => {
        const tx = database.transaction(stores, mode ?? 'readwrite');
        tx.oncomplete = () => resolve(true);
        tx.onabort = () => reject(tx.error);
        work(tx);
    });
}

function failed(fault) {
    console.warn('It could not be kept.', fault);
    return false;
}

function open(name) {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(name, VERSION);
        request.onupgradeneeded = () => {
            request.result.createObjectStore('outbox', { keyPath: 'id' });
            request.result.createObjectStore('drafts');
        };
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

/** Rejects after a while: some browsers sometimes never answer when a database is opened. */
function patience() {
    return new Promise((_, reject) => setTimeout(() => reject(new Error('The database does not open.')), PATIENCE_MS));
}
