/** HTTP beside a fake server: an answer is made when the request comes, and delivered when the test says so. */
export class FakeHttp {
    /** The requests that wait: `{url, method, headers, cache, answer}`. */
    waiting = [];
    /** How many rooms are in a page of their list. */
    page = 200;
    #server;

    constructor(server) {
        this.#server = server;
    }

    /** To use as `fetch`. */
    fetch = (url, { method, headers, cache }) =>
        new Promise((resolve, reject) => {
            this.waiting.push({ url, method, headers, cache, answer: this.#answer(url, headers), resolve, reject });
        });

    /** Delivers what was answered to the request at `index`; `fails` breaks the line instead. */
    deliver({ index = 0, fails = false } = {}) {
        const [
            {
                answer: [status, body],
                resolve,
                reject,
            },
        ] = this.waiting.splice(index, 1);
        if (fails) return reject(new TypeError('Failed to fetch'));
        resolve({ ok: status === 200, status, json: async () => structuredClone(body) });
    }

    #answer(url, headers) {
        const [, , collection, name, messages] = url.pathname.split('/');
        const userId = headers.Authorization?.slice('Bearer t-'.length);
        const query = Object.fromEntries(
            [...url.searchParams].map(([key, value]) => [key, key === 'q' ? value : Number(value)]),
        );
        if (collection === 'people')
            return [200, { people: [...this.#server.users.values()].filter((user) => user.name.startsWith(query.q)) }];
        if (name === undefined) return [200, this.#list(userId, query.after ?? 0)];
        const room = this.#server.room(name);
        if (!room.admits(userId)) return [403, { error: 'not-a-member', message: 'This room is for its members.' }];
        const { epoch } = this.#server;
        if (messages === undefined)
            return [200, { ...this.#summary(room, userId), members: [...room.members.values()] }];
        return [200, { epoch, ...(query.q === undefined ? room.page(query) : hits(room, query)) }];
    }

    #list(userId, after) {
        const rooms = [...this.#server.rooms.values()]
            .filter((room) => room.admits(userId) && !room.name.startsWith('inbox.'))
            .map((room) => this.#summary(room, userId));
        const own = ({ member, read }) => Number(Boolean(member || read));
        const page = rooms.sort((a, b) => own(b) - own(a)).slice(after, after + this.page);
        return { rooms: page, ...(after + this.page < rooms.length && { next: `${after + this.page}` }) };
    }

    #summary(room, userId) {
        const { name, access, topic, title, starred, head, n } = room;
        const read = this.#server.marks.get(`${userId} ${name}`);
        const flags = { ...(room.members.has(userId) && { member: true }), ...(room.archived && { archived: true }) };
        const more = { ...(title && { title }), ...(starred && { starred }) };
        const { mentions } = room.unread(userId, { seq: 0 });
        const counts = read ? { read, ...room.unread(userId, read) } : mentions > 0 && { mentions };
        return { room: name, access, topic, head, n, ...more, ...flags, ...counts };
    }
}

function hits(room, { q, before = Infinity, limit = 20 }) {
    const found = room.entries.filter(({ type, seq, text }) => type === 'message' && seq < before && text.includes(q));
    const entries = found.slice(-limit).reverse();
    const amends = room.entries.filter(
        ({ type, target }) => type === 'edited' && entries.some(({ seq }) => seq === target),
    );
    const around = (seq) => room.entries.filter((entry) => Math.abs(entry.seq - seq) === 1);
    return { head: room.head, hits: entries.map((entry) => ({ entry, around: around(entry.seq) })), amends };
}
