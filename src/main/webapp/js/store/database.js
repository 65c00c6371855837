const VERSION = 1;
const PATIENCE_MS = 2_000;

/**
 * The drafts and the outbox, in IndexedDB, so that they outlive a reload or a crash. Where there is no IndexedDB the page
 * works without: everything resolves, nothing is kept.
 */
export class Database {
    #opening;

    /** `scope` keeps several Warungs on one host apart. */
    constructor(scope) {
        this.#opening = Promise.race([open(`warung:${scope}`), patience()]).catch((fault) => {
            console.warn('What you write is forgotten when this page closes.', fault);
            return null;
        });
    }

    /** What was not sent yet, first written first. */
    async outbox() {
        const items = (await this.#run(['outbox'], 'readonly', (tx) => tx.objectStore('outbox').getAll())) ?? [];
        return items.sort((a, b) => a.order - b.order);
    }

    /** What was begun in this room, `{text, people, reply, edit}`, or absent. */
    draft(room) {
        return this.#run(['drafts'], 'readonly', (tx) => tx.objectStore('drafts').get(room));
    }

    saveDraft(room, draft) {
        return this.#run(['drafts'], 'readwrite', (tx) => keepDraft(tx, room, draft));
    }

    /** A draft becomes a message: never both, never neither. */
    add(item) {
        return this.#run(['outbox', 'drafts'], 'readwrite', (tx) => {
            tx.objectStore('outbox').put(item);
            if (item.type === 'post') tx.objectStore('drafts').delete(item.room);
        });
    }

    update(item) {
        return this.#run(['outbox'], 'readwrite', (tx) => tx.objectStore('outbox').put(item));
    }

    remove(id) {
        return this.#run(['outbox'], 'readwrite', (tx) => tx.objectStore('outbox').delete(id));
    }

    async #run(stores, mode, work) {
        const database = await this.#opening;
        if (!database) return null;
        return new Promise((resolve, reject) => {
            const tx = database.transaction(stores, mode);
            const request = work(tx);
            tx.oncomplete = () => resolve(request?.result);
            tx.onabort = () => reject(tx.error);
            tx.commit?.();
        }).catch((fault) => console.warn('It could not be kept.', fault));
    }
}

function keepDraft(tx, room, draft) {
    const drafts = tx.objectStore('drafts');
    return draft.text || draft.reply || draft.edit ? drafts.put(draft, room) : drafts.delete(room);
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
