/** Who we are, kept in the browser's local storage; where that is shut off, kept while the page lives. */
export class StoredIdentity {
    #key;
    #memory = {};

    /** `scope` keeps several Warungs on one host apart. */
    constructor(scope) {
        this.#key = `warung:${scope}:identity`;
    }

    /** `{name, token, id}`, read anew each time: another tab may have renamed us. */
    load() {
        let stored = null;
        try {
            stored = JSON.parse(localStorage.getItem(this.#key));
        } catch {
            // Shut off, or not ours: what we have in memory serves.
        }
        return { name: null, token: null, id: null, ...this.#memory, ...stored };
    }

    save(known) {
        this.#memory = { ...this.load(), ...known };
        try {
            localStorage.setItem(this.#key, JSON.stringify(this.#memory));
        } catch (fault) {
            console.warn('Who you are is forgotten when this page closes.', fault);
        }
    }

    /** Calls `listener` when another tab has signed in. */
    onChange(listener) {
        addEventListener('storage', ({ key }) => key === this.#key && listener());
    }
}
