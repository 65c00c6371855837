/** The user's identity in localStorage; where that is blocked, kept while the page lives. */
export class StoredIdentity {
    #key;
    #memory = {};

    /** `scope` separates several Warungs on one host. */
    constructor(scope) {
        this.#key = `warung:${scope}:identity`;
    }

    /** Returns `{name, token, id}`, read again each time: another tab may have renamed the user. */
    load() {
        let stored = null;
        try {
            stored = JSON.parse(localStorage.getItem(this.#key));
        } catch {
            // Blocked, or not ours: the one in memory serves.
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
