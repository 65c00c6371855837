/** The user's identity in localStorage; where that is blocked, kept while the page lives. */
export class StoredIdentity {
    #key;
    /** What could not be stored; null while all is. */
    #memory = null;

    /** `scope` separates several Warungs on one host. */
    constructor(scope) {
        this.#key = `warung:${scope}:identity`;
    }

    /** Returns `{name, token, id}`, read again each time: another tab may have renamed the user, or signed out. */
    load() {
        let stored = null;
        try {
            stored = JSON.parse(localStorage.getItem(this.#key));
        } catch {
            // Blocked, or not ours.
        }
        return { name: null, token: null, id: null, ...(this.#memory ?? stored) };
    }

    save(known) {
        const all = { ...this.load(), ...known };
        try {
            localStorage.setItem(this.#key, JSON.stringify(all));
            this.#memory = null;
        } catch (fault) {
            this.#memory = all;
            console.warn('Who you are is forgotten when this page closes.', fault);
        }
    }

    /** Takes a token whose user is not known yet; `more` is kept with it. */
    take(token, more) {
        this.save({ token, id: null, name: null, was: null, ...more });
    }

    /** Forgets everything. */
    forget() {
        this.#memory = null;
        try {
            localStorage.removeItem(this.#key);
        } catch {
            // Blocked: nothing is kept.
        }
    }

    /** Calls `listener` when another tab has signed in or out. */
    onChange(listener) {
        addEventListener('storage', ({ key }) => key === this.#key && listener());
    }
}
