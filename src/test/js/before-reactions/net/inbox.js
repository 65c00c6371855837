/**
 * The room that only this user can read. It is joined at the last position, and never from before: each entry is
 * reported once. The position is kept with the identity.
 */
export class Inbox {
    #identity;
    #place = null;
    /** Its name, or null until the server has sent it. */
    name = null;

    constructor(identity) {
        this.#identity = identity;
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

    /** Keeps the position, unless another page of the user is ahead. */
    save() {
        const kept = this.#identity.load().inbox;
        const same = kept?.room === this.name && kept.epoch === this.#place?.epoch;
        if (!this.#place || (same && kept.after >= this.#place.after)) return;
        this.#identity.save({ inbox: { room: this.name, ...this.#place } });
    }
}
