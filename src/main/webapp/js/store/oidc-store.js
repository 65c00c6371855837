/** An attempt is forgotten when so many have begun after it, or after this time. */
const MOST_ATTEMPTS = 10;
const LONGEST_MS = 3_600_000;

/** What signing in at an OpenID Connect provider leaves in this browser. */
export class OidcStore {
    #key;

    /** `scope` separates several Warungs on one host. */
    constructor(scope) {
        this.#key = `warung:${scope}:oidc`;
    }

    /**
     * Remembers an attempt to sign in, `{state, nonce, verifier, hash}`, until its answer comes: perhaps in another
     * tab, since some providers lead every tab to the latest attempt of all. Throws where the browser blocks storage.
     */
    begin(attempt) {
        this.#attempts = [...this.#attempts, { ...attempt, at: Date.now() }].slice(-MOST_ATTEMPTS);
    }

    /** Returns the attempt with this state, and forgets it; null if there is none. */
    take(state) {
        const all = this.#attempts;
        const found = all.find((attempt) => attempt.state === state) ?? null;
        if (found) this.#attempts = all.filter((attempt) => attempt !== found);
        return found;
    }

    /**
     * Returns `{token, subject, idToken, refreshToken, refreshAt, expiresAt}`, times by this machine's clock, read
     * again each time: another tab may have refreshed them. Null when nobody is signed in so.
     */
    get tokens() {
        return read(() => localStorage, this.#key);
    }

    set tokens(tokens) {
        if (tokens) localStorage.setItem(this.#key, JSON.stringify(tokens));
        else localStorage.removeItem(this.#key);
    }

    /**
     * The last ID token that this tab has used, or null: when all tabs sign out at once, another one may have removed
     * the tokens before this one goes to the provider.
     */
    get lastIdToken() {
        return read(() => sessionStorage, this.#hint);
    }

    set lastIdToken(idToken) {
        if (idToken == null) sessionStorage.removeItem(this.#hint);
        else sessionStorage.setItem(this.#hint, JSON.stringify(idToken));
    }

    /** Calls `act` when another tab has changed the tokens. */
    onChange(act) {
        addEventListener('storage', ({ key }) => key === this.#key && act());
    }

    /** Resolves when another tab has changed the tokens, or after `ms`. */
    changed(ms) {
        return new Promise((resolve) => {
            this.onChange(resolve);
            setTimeout(resolve, ms);
        });
    }

    get #hint() {
        return `${this.#key}:id-token`;
    }

    get #attempts() {
        const all = read(() => localStorage, `${this.#key}:attempts`);
        return Array.isArray(all) ? all.filter(({ at }) => Date.now() - at < LONGEST_MS) : [];
    }

    set #attempts(all) {
        localStorage.setItem(`${this.#key}:attempts`, JSON.stringify(all));
    }
}

function read(storage, key) {
    try {
        return JSON.parse(storage().getItem(key));
    } catch {
        return null; // blocked, or not ours
    }
}
