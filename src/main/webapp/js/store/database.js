import { isNothing } from '../model/draft.js';

const VERSION = 1;
const PATIENCE_MS = 2_000;
/** Before the id of a writer; no room is called so. */
const TURN = 'turn:';
/**
 * What a transaction fails with when the browser has ended the connection, in a page that was long in the background,
 * say.
 */
const LOST = new Set(['InvalidStateError', 'UnknownError']);

/**
 * The drafts and the outbox, in IndexedDB, so that they outlive a reload or a crash, and are the same for all pages of
 * this browser. Each item of the outbox belongs to one page. Where there is no IndexedDB the page works without:
 * everything resolves, nothing is kept.
 */
export class Database {
    #name;
    #tab;
    /** Absent when the connection was lost. */
    #opening;

    /** `scope` keeps several Warungs on one host apart; `tab` is the id of this page. */
    constructor(scope, tab) {
        this.#name = `warung:${scope}`;
        this.#tab = tab;
        this.#opening = this.#open();
    }

    /**
     * Makes what pages left unsent that are `gone(id, item)` this page's own, each item for one page; resolves with it,
     * first written first.
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

    /**
     * What is being written in this room, as `{draft}`: `{text, people, reply, edit}`, or absent when that is nothing.
     * Null when it could not be read.
     */
    async draft(room) {
        let request;
        const read = await this.#run(['drafts'], (tx) => (request = tx.objectStore('drafts').get(room)), 'readonly');
        return read ? { draft: request.result } : null;
    }

    /**
     * Changes what is being written in this room: `decide(draft)` gets what is kept, absent when that is nothing, and
     * returns `{draft, item}`: what is kept from now on, and what goes into the outbox at the same moment; it may be
     * asked again. That the writer `id` has come as far as `turn` is kept with it. Resolves with whether that was done.
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

    /** How far this writer has come. */
    async turn(id) {
        let request;
        await this.#run(['drafts'], (tx) => (request = tx.objectStore('drafts').get(TURN + id)), 'readonly');
        return request?.result?.turn ?? 0;
    }

    /** Forgets how far the writers of pages had come that are `gone(id)`. */
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

    /** A connection that was there once may come back later. */
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

    /** Does `work` in a transaction; once more, when that fails because the connection was lost. */
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

/** Resolves with true when what `work` asks for is done. */
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

/** Some browsers now and then never answer when a database is opened. */
function patience() {
    return new Promise((_, reject) => setTimeout(() => reject(new Error('The database does not open.')), PATIENCE_MS));
}
