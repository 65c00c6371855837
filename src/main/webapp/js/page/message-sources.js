const AT_ONCE = 4;
/** The errors that say that the user may not read a room, or that it is not there. */
const CLOSED = new Set(['no-such-room', 'not-a-member', 'banned', 'bad-token', 'forbidden']);

/**
 * The messages that rows of the activity are about. Those that are not loaded are asked for, a few at once: `state` is
 * `asking`, `there` (with the `message`), `gone`, `closed` (its room) or `failed`.
 */
export class MessageSources {
    #client;
    #changed;
    #states = new Map();
    #waiting = [];
    #asking = 0;

    /** `changed()` is called when another one is known. */
    constructor(client, changed) {
        this.#client = client;
        this.#changed = changed;
    }

    /** Returns the source of `row`, `{state, room, message}`: its room as far as that is known. */
    of({ room: name, message: seq }) {
        const room = this.#client.find(name);
        const loaded = seq == null ? null : room?.timeline.at(seq);
        const key = `${name}/${seq}`;
        if (loaded) return { state: loaded.deleted ? 'gone' : 'there', room, message: loaded };
        const known = this.#states.get(key);
        if (known == null || (known === 'there' && seq != null)) this.#ask(key, name, seq); // it may be dropped again
        return { state: this.#states.get(key), room: room ?? { name }, message: null };
    }

    /** Asks again for what is not loaded: it may be there now, or no longer. */
    retry() {
        this.#states.clear();
    }

    #ask(key, name, seq) {
        const known = seq == null && this.#client.find(name);
        this.#states.set(key, known ? 'there' : 'asking');
        if (known) return;
        this.#waiting.push({ key, name, seq });
        this.#next();
    }

    async #next() {
        if (this.#asking === AT_ONCE || this.#waiting.length === 0) return;
        const { key, name, seq } = this.#waiting.shift();
        this.#asking++;
        this.#states.set(key, await this.#load(name, seq));
        this.#asking--;
        this.#changed();
        this.#next();
    }

    async #load(name, seq) {
        try {
            if (!this.#client.find(name)) await this.#client.room(name);
            if (seq == null) return 'there';
            const entry = await this.#client.fetchEntry(name, seq);
            return entry && !entry.deleted ? 'there' : 'gone';
        } catch (fault) {
            console.warn('A message could not be read.', fault);
            return CLOSED.has(fault.code) ? 'closed' : 'failed';
        }
    }
}
