import { Emitter } from '../model/emitter.js';
import { backoffMs, FOREIGN_ORIGIN, mayReconnect } from '../model/reconnect.js';

const CONNECT_MS = 10_000;
const PROBE_MS = 5_000;
const GRACE_SECONDS = 10;
const STEADY_MS = 10_000;
const LOST = 1006;
const NO_WEBSOCKET =
    'There is no WebSocket here. Use Node 22 or later, or pass one: new ChatClient({ env: { WebSocket }, … }).';

/**
 * One socket and one timer. It reconnects by itself, answers pings, and treats a silent connection as lost. Emits
 * `status`, `welcome`, `event` and `frame` (after all the events of a frame). Phases: `idle`, `connecting`, `open`,
 * `waiting` (until `retryAt` on the monotonic clock), `stopped` (reconnects only on request).
 */
export class Connection extends Emitter {
    #url;
    #socket = null;
    #timer = null;
    #failures = 0;
    #openedAt = 0;
    #heardAt = 0;
    #silenceMs = CONNECT_MS;
    #bye = null;
    status = { phase: 'idle' };

    /**
     * `env` may replace `WebSocket`, `now`, `setTimeout`, `clearTimeout`, `random` and `isOnline`. A page gives its
     * `origin`: then the connection finds out, by `fetch`, whether failed handshakes are due to it.
     */
    constructor(url, env) {
        super();
        this.#url = url;
        this.env = { ...ENVIRONMENT, ...env };
    }

    /** Connects now, whatever was scheduled. */
    open() {
        if (this.status.phase === 'connecting' || this.status.phase === 'open') return;
        this.#connect();
    }

    /** Drops the socket and reconnects. */
    reopen() {
        this.#drop();
        this.#connect();
    }

    /** Stops the connection; `code` tells why if the user did not request it. */
    stop(code = null) {
        this.#drop();
        this.#setStatus({ phase: code == null ? 'idle' : 'stopped', code });
    }

    /** Sends a command; false when there is no open socket. */
    send(command) {
        if (this.status.phase !== 'open') return false;
        this.#socket.send(encode(command));
        return true;
    }

    /** Checks the connection, as the machine may have slept or moved: `command` is one the server answers. */
    probe(command) {
        if (this.status.phase === 'waiting') return this.#connect();
        if (this.status.phase !== 'open') return;
        const silent = this.env.now() - this.#heardAt;
        if (silent > this.#silenceMs) return this.#lost(LOST);
        if (command && this.send(command)) this.#after(PROBE_MS, () => this.#lost(LOST));
    }

    /** The network is gone: the connection does not wait for the socket to notice. */
    offline() {
        if (this.status.phase === 'open' || this.status.phase === 'connecting') this.#lost(LOST);
        else if (this.status.phase === 'waiting') this.#setStatus({ ...this.status, offline: true });
    }

    #connect() {
        if (!this.env.WebSocket) throw new Error(NO_WEBSOCKET);
        this.#drop();
        this.#setStatus({ phase: 'connecting', code: this.status.code ?? null });
        this.#silenceMs = CONNECT_MS;
        this.#heardAt = this.env.now();
        const socket = new this.env.WebSocket(this.#url, ['warung.v1.bin']);
        socket.binaryType = 'arraybuffer';
        socket.onmessage = ({ data }) => this.#heard(data);
        socket.onclose = ({ code }) => this.#lost(code);
        this.#socket = socket;
        this.#after(CONNECT_MS, () => this.#lost(LOST));
    }

    #heard(data) {
        this.#heardAt = this.env.now();
        this.#after(this.#silenceMs, () => this.#lost(LOST));
        let events;
        try {
            events = decode(data);
        } catch (fault) {
            console.error(fault);
            return this.#lost(LOST);
        }
        const socket = this.#socket;
        for (const event of events) {
            if (this.#socket === socket) this.#take(event);
        }
        this.emit('frame');
    }

    #take(event) {
        if (event.type === 'welcome') this.#welcomed(event);
        else if (event.type === 'ping') this.send({ type: 'pong', n: event.n });
        else if (event.type === 'bye') {
            this.#bye = event;
            this.#lost(event.code);
        } else this.emit('event', event);
    }

    #welcomed(event) {
        this.#silenceMs = (event.heartbeatSeconds + GRACE_SECONDS) * 1000;
        this.#openedAt = this.env.now();
        this.#after(this.#silenceMs, () => this.#lost(LOST));
        this.#setStatus({ phase: 'open' });
        this.emit('welcome', event);
    }

    #lost(code) {
        const failedHandshake = this.status.phase === 'connecting' && code === LOST;
        const steady = this.status.phase === 'open' && this.env.now() - this.#openedAt > STEADY_MS;
        this.#failures = steady ? 0 : Math.min(this.#failures + 1, 10);
        const bye = this.#bye;
        this.#drop();
        if (!mayReconnect(code)) return this.#setStatus({ phase: 'stopped', code });
        const delay = backoffMs(this.#failures, this.env.random, bye?.reconnectAfterMs);
        this.#after(delay, () => this.#connect());
        const told = code === LOST ? (this.status.code ?? code) : code;
        this.#setStatus({
            phase: 'waiting',
            code: told,
            retryAt: this.env.now() + delay,
            offline: !this.env.isOnline(),
        });
        if (failedHandshake && isPowerOfTwo(this.#failures)) this.#explain(this.status);
    }

    /** Browsers do not tell why a handshake failed, so this asks the same address whether it accepts our origin. */
    async #explain(waiting) {
        const { origin, fetch } = this.env;
        if (origin == null) return;
        const url = new URL(this.#url);
        url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
        url.search = new URLSearchParams({ origin });
        try {
            const { allowed } = await (await fetch(url, { cache: 'no-store' })).json();
            if (allowed === false && this.status === waiting) this.#setStatus({ ...waiting, code: FOREIGN_ORIGIN });
        } catch (fault) {
            console.warn('The server cannot be reached.', fault);
        }
    }

    /** Drops the socket without waiting for the closing handshake, which may never finish. */
    #drop() {
        this.env.clearTimeout(this.#timer);
        this.#bye = null;
        const socket = this.#socket;
        this.#socket = null;
        if (!socket) return;
        socket.onmessage = socket.onclose = null;
        socket.close();
    }

    #after(ms, run) {
        this.env.clearTimeout(this.#timer);
        this.#timer = this.env.setTimeout(run, ms);
    }

    #setStatus(status) {
        this.status = status;
        this.emit('status', status);
    }
}

const ENVIRONMENT = {
    WebSocket: globalThis.WebSocket,
    fetch: (url, options) => fetch(url, options),
    now: () => performance.now(),
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: (timer) => clearTimeout(timer),
    random: Math.random,
    isOnline: () => globalThis.navigator?.onLine ?? true,
};

function isPowerOfTwo(n) {
    return (n & (n - 1)) === 0;
}

const utf8 = new TextDecoder();

/** Returns the events in a server frame, text or binary; throws if it is not an array of them. */
export function decode(frame) {
    const events = JSON.parse(typeof frame === 'string' ? frame : utf8.decode(frame));
    if (!Array.isArray(events)) throw new TypeError('A server frame is an array.');
    return events.filter((event) => typeof event?.type === 'string');
}

/** Returns the frame for a command, without its absent fields. */
export function encode(command) {
    return JSON.stringify(Object.fromEntries(Object.entries(command).filter(([, value]) => value != null)));
}
