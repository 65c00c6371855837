/** How long a request waits to be repeated, when the server asks for that, and how often. */
const PATIENCE_MS = 10_000;
const MOST_TRIES = 4;

/**
 * A failed request: `code` is one of the protocol's, or `offline` (not connected, or no longer), `unreachable` (HTTP
 * got no answer) or `http-…` (the answer is not of the protocol). `retryAfterMs` says when it may work, or is null.
 */
export class ChatError extends Error {
    constructor(code, message, retryAfterMs) {
        super(message ?? code);
        this.name = 'ChatError';
        this.code = code;
        this.retryAfterMs = retryAfterMs ?? null;
    }
}

/**
 * Sends requests to the server over HTTP, as the current user. A request that comes too soon for the server is repeated
 * by itself, if it asks for a few seconds. All methods throw a `ChatError`.
 */
export class Http {
    #base;
    #env;
    #token;

    /** `url` is the WebSocket's; `env` has `fetch` and `setTimeout`; `token()` returns the user's token, or null. */
    constructor({ url, env, token }) {
        this.#base = new URL('api/', url);
        this.#base.protocol = this.#base.protocol === 'wss:' ? 'https:' : 'http:';
        this.#env = env;
        this.#token = token;
    }

    /**
     * Returns what is at `path`, with those of `query` that are not absent. In an answer from the browser's cache,
     * `head` may be old.
     */
    get(path, query) {
        return this.#ask('GET', path, query);
    }

    /** Deletes what is at `path`. */
    async delete(path) {
        await this.#ask('DELETE', path, null);
    }

    async #ask(method, path, query) {
        for (let tries = 1; ; tries++) {
            try {
                return await this.#askOnce(method, path, query);
            } catch (fault) {
                const { code, retryAfterMs: ms } = fault;
                if (code !== 'rate-limited' || ms == null || ms > PATIENCE_MS || tries === MOST_TRIES) throw fault;
                await new Promise((resolve) => this.#env.setTimeout(resolve, ms));
            }
        }
    }

    async #askOnce(method, path, query) {
        const url = new URL(path, this.#base);
        for (const [name, value] of Object.entries(query ?? {})) if (value != null) url.searchParams.set(name, value);
        const token = this.#token();
        const headers = token ? { Authorization: `Bearer ${token}` } : {};
        let response;
        let body;
        try {
            response = await this.#env.fetch(url, { method, headers, cache: 'no-store' });
            body = response.status === 204 ? null : await response.json();
        } catch (fault) {
            throw new ChatError(response ? `http-${response.status}` : 'unreachable', fault.message);
        }
        if (response.ok) return body;
        const { error, message, retryAfterMs } = body ?? {};
        const seconds = Number(response.headers?.get('Retry-After') ?? NaN);
        throw new ChatError(error ?? `http-${response.status}`, message, retryAfterMs ?? (seconds * 1000 || null));
    }
}
