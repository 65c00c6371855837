/**
 * A failed request: `code` is one of the protocol's, or `offline` (not connected, or no longer), `unreachable` (HTTP
 * got no answer) or `http-…` (the answer is not of the protocol).
 */
export class ChatError extends Error {
    constructor(code, message) {
        super(message ?? code);
        this.name = 'ChatError';
        this.code = code;
    }
}

/** Sends requests to the server over HTTP, as the current user. */
export class Http {
    #base;
    #fetch;
    #token;

    /** `url` is that of the WebSocket; `token()` returns the user's token, or null. */
    constructor({ url, fetch, token }) {
        this.#base = new URL('api/', url);
        this.#base.protocol = this.#base.protocol === 'wss:' ? 'https:' : 'http:';
        this.#fetch = fetch;
        this.#token = token;
    }

    /**
     * Returns what is at `path`, with those of `query` that are not absent; throws a `ChatError`. In an answer from the
     * browser's cache, `head` may be old.
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
