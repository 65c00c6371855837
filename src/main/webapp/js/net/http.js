/**
 * What could not be done: `code` is one of the protocol's, or `offline` (not connected, or no longer), `unreachable`
 * (HTTP found nobody) or `http-…` (it found somebody who does not speak our protocol).
 */
export class ChatError extends Error {
    constructor(code, message) {
        super(message ?? code);
        this.name = 'ChatError';
        this.code = code;
    }
}

/** Asks the server over HTTP, as the user we are. */
export class Http {
    #base;
    #fetch;
    #token;

    /** `url` is that of the WebSocket; `token()` says who asks, or null. */
    constructor({ url, fetch, token }) {
        this.#base = new URL('api/', url);
        this.#base.protocol = this.#base.protocol === 'wss:' ? 'https:' : 'http:';
        this.#fetch = fetch;
        this.#token = token;
    }

    /**
     * What is at `path` now, with those of `query` that are not absent; throws a `ChatError`. In what the browser has
     * kept, `head` may be old.
     */
    async get(path, query) {
        const url = new URL(path, this.#base);
        for (const [name, value] of Object.entries(query ?? {})) if (value != null) url.searchParams.set(name, value);
        const token = this.#token();
        const headers = token ? { Authorization: `Bearer ${token}` } : {};
        let response;
        let body;
        try {
            response = await this.#fetch(url, { headers, cache: 'no-store' });
            body = await response.json();
        } catch (fault) {
            throw new ChatError(response ? `http-${response.status}` : 'unreachable', fault.message);
        }
        if (!response.ok) throw new ChatError(body?.error ?? `http-${response.status}`, body?.message);
        return body;
    }
}
