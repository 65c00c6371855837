import { isNothing } from '../model/draft.js';

const VERSION = 1;
const PATIENCE_MS = 2_000;
/** Before the id of a writer; no room is called so. */
const TURN = 'turn:';

/**
 * The drafts and the outbox, in IndexedDB, so that they outlive a reload or a crash, and are the same for all pages of this
 * browser. Each item of the outbox belongs to one page. Where there is no IndexedDB the page works without: everything resolves,
 * nothing is kept.
 */
export class Database {
    #opening;
    #tab;

    /** `scope` keeps several Warungs on one host apart; `tab` is the id of this page. */
    constructor(scope, tab) {
        this.#tab = tab;
        this.#opening = Promise.race([open(`warung:${scope}`), patience()]).catch((fault) => {
            console.warn('What you write is forgotten when this page closes.', fault);
            return null;
        });
    }

    /** Makes what pages left unsent that are `gone(id)` this page's own, each item for one page; resolves with it, first written first. */
    async adopt(gone) {
        const items = [];
        const kept = await this.#run(['outbox'], (tx) => {
            const outbox = tx.objectStore('outbox');
            outbox.getAll().onsuccess = ({ target: { result } }) => {
                items.push(...result.filter(({ tab }) => tab !== this.#tab && gone(tab)));
                for (const item of items) outbox.put({ ...item, tab: this.#tab });
            };
        });
        return kept ? items.sort((a, b) => a.order - b.order) : [];
    }

    /** What is being written in this room, as `{draft}`: `{text, people, reply, edit}`, or absent when that is nothing. Null when it could not be read. */
    async draft(room) {
        let request;
        const read = await this.#run(['drafts'], (tx) => (request = tx.objectStore('drafts').get(room)), 'readonly');
        return read ? { draft: request.result } : null;
    }

    /**
     * Changes what is being written in this room: `decide(draft)` gets what is kept, or undefined, and returns `{draft, item}`: what
     * is kept from now on, and what goes into the outbox at the same moment. That the writer `id` has come as far as `turn` is kept
     * with it. Resolves with whether that was done.
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

    /** How far this writer has come; it will not be asked for again. */
    async turn(id) {
        let request;
        await this.#run(['drafts'], (tx) => {
            request = tx.objectStore('drafts').get(TURN + id);
            tx.objectStore('drafts').delete(TURN + id);
        });
        return request?.result?.turn ?? 0;
    }

    /** Forgets how far the writers of pages had come that are `gone(id)`. */
    tidy(gone) {
        return this.#run(['drafts'], (tx) => {
            tx.objectStore('drafts').openCursor(IDBKeyRange.bound(TURN, `${TURN}\uffff`)).onsuccess = ({ target: { result: cursor } }) => {
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

    async #run(stores, work, mode = 'readwrite') {
        const database = await this.#opening;
        if (!database) return false;
        return new Promise((resolve, reject) => {
            const tx = database.transaction(stores, mode);
            tx.oncomplete = () => resolve(true);
            tx.onabort = () => reject(tx.error);
            work(tx);
        }).catch((fault) => {
            console.warn('It could not be kept.', fault);
            return false;
        });
    }
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
