/** Time that passes when told to. */
export class ManualClock {
    #now = 0;
    #timers = new Map();
    #last = 0;

    /** What a connection needs of its surroundings. */
    get env() {
        return {
            now: () => this.#now,
            setTimeout: (run, ms) => {
                this.#timers.set(++this.#last, { run, at: this.#now + ms });
                return this.#last;
            },
            clearTimeout: (timer) => this.#timers.delete(timer),
        };
    }

    get timers() {
        return this.#timers.size;
    }

    get nextInMs() {
        return Math.min(...[...this.#timers.values()].map(({ at }) => at)) - this.#now;
    }

    pass(ms) {
        const end = this.#now + ms;
        for (;;) {
            const due = [...this.#timers].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at)[0];
            if (!due) break;
            this.#timers.delete(due[0]);
            this.#now = due[1].at;
            due[1].run();
        }
        this.#now = end;
    }
}

/**
 * A server of the wire protocol in memory, with a line on which everything stays until it is moved. The log begins anew
 * with `restart`, as the one of a server that keeps nothing does.
 */
export class FakeServer {
    sockets = [];
    log = [];
    acked = new Set();
    /** Every command that came, on whatever line. */
    received = [];
    #epoch = 1;
    #users = 0;
    #ids = new Map();
    /** Hooks of a test: refuse this post as busy? let the ack overtake all that waits? send no more than this many entries after a join? */
    busy = () => false;
    ackFirst = () => false;
    most = Infinity;
    knows = () => true;

    get epoch() {
        return `e-${this.#epoch}`;
    }

    /** To use as `fetch`: pages of history, answered when `answerFetch` is called. */
    fetches = [];
    fetch = (url) => new Promise((resolve, reject) => this.fetches.push({ url, resolve, reject }));

    /** Answers the oldest request for history with what the log holds now; `fails` breaks it. */
    answerFetch(fails = false) {
        const { url, resolve, reject } = this.fetches.shift();
        if (fails) return reject(new TypeError('Failed to fetch'));
        const { before, after, limit } = Object.fromEntries([...url.searchParams].map(([name, value]) => [name, Number(value)]));
        const entries = before !== undefined
            ? this.log.filter(({ seq }) => seq < before).slice(-limit)
            : this.log.filter(({ seq }) => seq > after).slice(0, limit);
        const page = { epoch: this.epoch, head: this.log.length, entries, amends: [] };
        resolve({ ok: true, json: async () => page });
    }

    /** The class to use as `WebSocket`. */
    get WebSocket() {
        const server = this;
        return class {
            constructor(url, protocols) {
                Object.assign(this, { url, protocols, toServer: [], toClient: [], user: null, reading: false });
                server.sockets.push(this);
            }

            send(frame) {
                this.toServer.push(frame);
            }

            close() {
                server.forget(this);
            }
        };
    }

    get line() {
        return this.sockets.at(-1);
    }

    forget(socket) {
        this.sockets = this.sockets.filter((other) => other !== socket);
    }

    accept(socket) {
        socket.toClient.push({ type: 'welcome', version: '0.1.0', heartbeatSeconds: 25, maxFrameBytes: 65536, maxTextChars: 4000 });
    }

    /** The line breaks: what is on it is lost. */
    cut(socket, code = 1006) {
        this.forget(socket);
        socket.onclose?.({ code });
    }

    restart() {
        for (const socket of [...this.sockets]) this.cut(socket);
        this.#epoch++;
        this.log = [];
        this.#ids.clear();
    }

    /** Takes the next frame of the client in. */
    take(socket) {
        const frame = socket.toServer.shift();
        if (frame === undefined) return;
        this.received.push(JSON.parse(frame));
        this.#handle(socket, this.received.at(-1));
    }

    /** Hands the next `count` events to the client in one frame. */
    give(socket, count = Infinity) {
        const events = socket.toClient.splice(0, count);
        if (events.length > 0) socket.onmessage?.({ data: new TextEncoder().encode(JSON.stringify(events)).buffer });
    }

    /** Moves everything until nothing is left to move. */
    settle() {
        for (let socket = this.line; socket && socket.toServer.length + socket.toClient.length > 0; socket = this.line) {
            this.take(socket);
            this.give(socket);
        }
    }

    /** Somebody else says something. */
    say(text, from = { id: 'u-other', name: 'Budi' }, id = undefined) {
        const entry = { type: 'message', room: 'lobby', seq: this.log.length + 1, at: '2026-11-23T19:31:32.123Z', from, ...(id && { id }), text };
        this.log.push(entry);
        for (const socket of this.sockets) if (socket.reading) socket.toClient.push(entry);
        return entry;
    }

    #handle(socket, command) {
        const answer = (...events) => socket.toClient.push(...events);
        if (command.type === 'hello') this.#hello(socket, command, answer);
        else if (!socket.user) answer({ type: 'error', code: 'not-signed-in', message: 'Say hello first.', id: command.id });
        else if (command.type === 'join') this.#join(socket, command, answer);
        else if (command.type === 'leave') socket.reading = false;
        else if (command.type === 'post') this.#post(socket, command, answer);
    }

    #hello(socket, { token, name }, answer) {
        if (token && !this.knows(token)) return answer({ type: 'error', code: 'bad-token', message: 'Not one of ours.' });
        const id = token ? token.slice(2) : `u-${++this.#users}`;
        socket.user = { id, name: name ?? 'Ana' };
        answer({ type: 'signed-in', user: socket.user, token: `t-${id}` });
    }

    #join(socket, { epoch, after, last = 50 }, answer) {
        const head = this.log.length;
        const lost = epoch !== undefined && (epoch !== this.epoch || after > head);
        if (lost) answer({ type: 'reset', room: 'lobby', epoch: this.epoch, head });
        answer({ type: 'joined', room: 'lobby', epoch: this.epoch, head });
        const from = epoch === undefined ? head - last : lost ? head - 50 : after;
        const sent = Math.max(0, from, head - this.most);
        if (from >= 0 && sent > from && epoch !== undefined && !lost) answer({ type: 'gap', room: 'lobby', from: from + 1, to: sent });
        answer(...this.log.slice(sent));
        socket.reading = true;
    }

    #post(socket, { id, text, room }, answer) {
        if (!socket.reading) return answer({ type: 'error', code: 'not-joined', message: 'Join first.', id });
        if (this.busy()) return answer({ type: 'error', code: 'busy', message: 'Later.', id, retryAfterMs: 500 });
        const key = `${socket.user.id} ${id}`;
        if (!this.#ids.has(key)) this.#ids.set(key, this.say(text, socket.user, id).seq);
        this.acked.add(`${this.epoch} ${id}`);
        const ack = { type: 'ack', room, id, seq: this.#ids.get(key) };
        if (this.ackFirst()) socket.toClient.unshift(ack);
        else answer(ack);
    }
}
