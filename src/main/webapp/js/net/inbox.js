/**
 * The room that only this user can read. It is joined at the last position, and never from before: each entry is
 * reported once. The position is kept with the identity. What was in it before is read over HTTP; that, and how far the
 * user has read it, may throw a `ChatError`.
 */
export class Inbox {
    #identity;
    #http;
    #requests;
    #place = null;
    /** Its name, or null until the server has sent it. */
    name = null;

    constructor({ identity, http, requests }) {
        this.#identity = identity;
        this.#http = http;
        this.#requests = requests;
    }

    /** Returns the command that resumes the inbox `name`. */
    join(name) {
        const kept = this.#identity.load().inbox;
        if (name !== this.name) this.#place = kept?.room === name ? { epoch: kept.epoch, after: kept.after } : null;
        this.name = name;
        return { type: 'join', room: name, ...(this.#place ?? { last: 0 }) };
    }

    /** Applies an event of the inbox; true for a new entry. */
    apply(event) {
        if (event.type === 'reset' || (event.type === 'joined' && event.epoch !== this.#place?.epoch)) {
            this.#place = { epoch: event.epoch, after: event.head };
        }
        const after = event.type === 'gap' ? event.to : event.seq;
        if (!(after > this.#place?.after)) return false;
        this.#place.after = after;
        return event.type !== 'gap';
    }

    /** Keeps the position, unless another page of the user is ahead, or the user has left. */
    save() {
        const { id, inbox: kept } = this.#identity.load();
        if (id == null) return;
        const same = kept?.room === this.name && kept.epoch === this.#place?.epoch;
        if (!this.#place || (same && kept.after >= this.#place.after)) return;
        this.#identity.save({ inbox: { room: this.name, ...this.#place } });
    }

    /**
     * Returns the latest entries (before seq `before`), `{epoch, entries, begins}`: the newest first, and whether
     * nothing precedes them.
     */
    async page({ before, limit }) {
        const { epoch, entries } = await this.#http.get(`rooms/${this.name}/messages`, { before, limit });
        return { epoch, entries: entries.reverse(), begins: !(entries.at(-1)?.seq > 1) };
    }

    /** Returns the seq up to which the user has read it. */
    async mark() {
        try {
            const { read } = await this.#http.get(`rooms/${this.name}`);
            return read?.seq ?? 0;
        } catch (fault) {
            if (fault.code === 'no-such-room') return 0; // as long as nothing is in it
            throw fault;
        }
    }

    /** The user has read it up to `seq`. Resolves when the server has stored that. */
    async read(seq) {
        await this.#requests.ask({ type: 'read', room: this.name, seq });
    }
}
