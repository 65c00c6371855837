/**
 * Keeps unfinished database writes of a closing page in localStorage, until another page completes them. The page need
 * not wait for localStorage; where it is blocked, the writes are lost.
 */
export class Farewell {
    #prefix;
    #tab;

    /** `scope` separates several Warungs on one host; `tab` is the id of this page. */
    constructor(scope, tab) {
        this.#prefix = `warung:${scope}:undone:`;
        this.#tab = tab;
    }

    /** Keeps each of these writes, which have an `id`. */
    leave(all) {
        try {
            for (const undone of all)
                localStorage.setItem(`${this.#prefix}${this.#tab}:${undone.id}`, JSON.stringify(undone));
        } catch (fault) {
            console.warn('What was being written could not be kept.', fault);
        }
    }

    /** Forgets what all pages have left, and leaves nothing from now on. */
    forget() {
        for (const name of this.#names('')) localStorage.removeItem(name);
        this.leave = () => {};
    }

    /** Removes this page's writes, as it continues after all. */
    stay() {
        for (const name of this.#names(this.#tab)) localStorage.removeItem(name);
    }

    /**
     * Has `redo(undone)` complete the writes of closed pages, one after the other. Resolves when that is done, with
     * true; with false and at once while another page does it.
     */
    async finish(redo) {
        const locks = globalThis.navigator?.locks;
        if (!locks) return this.#finish(redo);
        const act = (lock) => Boolean(lock) && this.#finish(redo);
        return locks.request(`${this.#prefix}lock`, { ifAvailable: true }, act).catch((fault) => {
            console.warn('What pages have left undone waits for the next one.', fault);
            return false;
        });
    }

    async #finish(redo) {
        for (const name of this.#names('')) {
            try {
                await redo(JSON.parse(localStorage.getItem(name)));
            } catch (fault) {
                console.warn('What a page had begun to write is none that can be done.', fault);
            }
            localStorage.removeItem(name);
        }
        return true;
    }

    #names(tab) {
        try {
            return Object.keys(localStorage).filter((name) => name.startsWith(this.#prefix + tab));
        } catch {
            return []; // Blocked: there is nothing.
        }
    }
}
