const GUESTS = { ways: ['guest'] };

/** The ways of signing in that the server offers. */
export class SignInWays {
    #fetch;
    #asked = null;

    /** `fetch()` gets the answer of `GET api/sign-in`. */
    constructor(fetch) {
        this.#fetch = fetch;
    }

    /**
     * Resolves with them, as `waysOf`; the server is asked once, unless it cannot be reached: then there may be guests,
     * and the next call asks again.
     */
    get() {
        return (this.#asked ??= this.#ask());
    }

    /** Asks again. */
    again() {
        this.#asked = null;
        return this.get();
    }

    async #ask() {
        try {
            const response = await this.#fetch();
            if (response.ok) return waysOf(await response.json());
            if (response.status === 404) return waysOf(null); // an older server
        } catch (fault) {
            console.warn('How one signs in could not be asked.', fault);
        }
        this.#asked = null;
        return waysOf(null);
    }
}

/**
 * Returns what the server's answer means; without one, it has guests only: `guest`, `oidc` (its settings, or null) and
 * whether it `works` now, `here` (the server itself knows the user), `token` (the application around it does),
 * whether this page `leads` to a sign-in, and whether there are `others` than guests.
 */
export function waysOf(answer) {
    const { ways, oidc } = answer ?? GUESTS;
    const has = (way) => ways.includes(way);
    const here = has('container') || has('header');
    return {
        guest: has('guest'),
        oidc: (has('oidc') && oidc) || null,
        works: Boolean(oidc?.authorizationEndpoint),
        here,
        token: has('token'),
        leads: here || has('oidc'),
        others: ways.some((way) => way !== 'guest'),
    };
}
