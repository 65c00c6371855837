import { isListed } from '../model/room-list.js';
import { shownOf } from '../model/shown.js';

const MOST_OWN = 2_000;

/** Queries rooms, people and search results over HTTP. All methods throw a `ChatError`. */
export class Directory {
    #http;
    #rooms;
    #changed;
    #counting = new Map();
    #next = null; // the start of the next page of rooms

    /** `rooms` receives the loaded summaries; `changed(room)` is called for each changed room. */
    constructor({ http, rooms, changed }) {
        this.#http = http;
        this.#rooms = rooms;
        this.#changed = changed;
    }

    /** Returns the rooms the user may read, latest first: all they are in, then the first of the public ones. */
    async rooms() {
        const rooms = await this.#page();
        while (this.#next && rooms.length < MOST_OWN && isListed(rooms.at(-1)))
            rooms.push(...(await this.#page(this.#next)));
        return rooms;
    }

    /** Returns the rooms that follow; none after the last page. */
    async moreRooms() {
        return this.#next ? this.#page(this.#next) : [];
    }

    async #page(after) {
        const { rooms, next } = await this.#http.get('rooms', { after });
        this.#next = next ?? null;
        return rooms.map((summary) => {
            const room = this.#told(summary);
            if (room.uncertain) this.recount(room);
            return room;
        });
    }

    /** Returns a room, its members, its moderators and the id of its creator, `{room, members, moderators, owner}`. */
    async room(name) {
        const summary = await this.#http.get(`rooms/${name}`);
        const { members, moderators, owner } = summary;
        return {
            room: this.#told(summary),
            members: members ?? [],
            moderators: moderators ?? [],
            owner: owner ?? null,
        };
    }

    /** Returns a page of rooms that match, `{rooms, next}`. */
    async find({ q, sort, after }) {
        const { rooms, next } = await this.#http.get('rooms', { q: q ?? '', sort: sort ?? 'latest', after });
        for (const summary of rooms) this.#told(summary);
        return { rooms, next: next ?? null };
    }

    /** Returns what there is to know of a user. */
    async person(id) {
        const { name, guest, online, rooms } = await this.#http.get(`people/${id}`);
        return { id, name, guest: Boolean(guest), online: Boolean(online), rooms };
    }

    /** Returns a page of those who are in a room now, `{people, next}`. */
    async here(name, { q, after, limit }) {
        const { people, next } = await this.#http.get(`rooms/${name}/people`, { q, after, limit });
        return { people, next: next ?? null };
    }

    /** Returns people with names that start with `q`. */
    async people(q) {
        const { people } = await this.#http.get('people', { q });
        return people;
    }

    /**
     * Returns the latest messages with all words of `q`, before seq `before` if given: `[{entry, around}]`, each as
     * displayed. The list's `more` says whether there may be more before them, absent if the server does not say; it is
     * `incomplete` if the server has not searched everything.
     */
    async search(name, q, before) {
        const { hits, amends, more, incomplete } = await this.#http.get(`rooms/${name}/messages`, { q, before });
        const last = new Map();
        for (const each of amends ?? []) if (!(last.get(each.target)?.seq > each.seq)) last.set(each.target, each);
        const shown = (entry) => shownOf(entry, last.get(entry.seq));
        const found = hits.map(({ entry, around }) => ({
            entry: shown(entry),
            around: (around ?? []).map(shown).filter(Boolean),
        }));
        return Object.assign(found, { more: more ?? null, incomplete: Boolean(incomplete) });
    }

    /**
     * Asks for the unread numbers of a room, and once more if that was requested meanwhile; after a failure, the next
     * request asks again.
     */
    async recount(room) {
        const asked = this.#counting.has(room);
        this.#counting.set(room, asked);
        if (asked) return;
        try {
            await this.room(room.name);
        } catch (fault) {
            console.warn('What is unread could not be counted.', fault);
        }
        const again = this.#counting.get(room);
        this.#counting.delete(room);
        if (again && room.uncertain) this.recount(room);
    }

    #told(summary) {
        const room = this.#rooms.know(summary);
        this.#changed(room);
        return room;
    }
}
